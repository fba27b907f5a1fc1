// @ts-check
/** Python's side of a process: the files below python/. */

export const PYTHON_FILES = Object.freeze([
  "__init__.py",
  "addresses.py",
  "clock.py",
  "collector.py",
  "descriptor_flags.py",
  "descriptors.py",
  "errors.py",
  "exercise_check.py",
  "green_threads.py",
  "places.py",
  "program.py",
  "refusals.py",
  "select_module.py",
  "session.py",
  "shadowing.py",
  "socket_module.py",
  "standard_input.py",
  "start.py",
  "tracebacks.py",
  "unix_paths.py",
  "waiting.py",
]);

/** @type {Promise<Record<string, string>> | undefined} */
let fetched;

/**
 * The files' text by name, fetched once for the whole page.
 *
 * @param {URL | string} [folder] Where they are; beside this module if it is not bundled.
 * @returns {Promise<Record<string, string>>}
 */
export function fetchPythonFiles(folder = new URL("python/", import.meta.url)) {
  fetched ??= Promise.all(
    PYTHON_FILES.map(async (name) => {
      const response = await fetch(new URL(name, folder));
      if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
      return [name, await response.text()];
    }),
  ).then(Object.fromEntries);
  // After a failure, such as a lost connection, the next run tries again.
  fetched.catch(() => (fetched = undefined));
  return fetched;
}
