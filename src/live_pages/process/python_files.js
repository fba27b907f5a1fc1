// @ts-check
/** Python's side of a process: the files below python/, in one file of the site. */

/** Their text by name, and in base64 their bytecode. @typedef {Record<string, string>} PythonFiles */

/** @type {Promise<PythonFiles> | undefined} */
let fetched;

/**
 * The files, fetched once for the whole page.
 *
 * @param {URL | string} [address] Where they are; beside the bundled scripts if not named.
 * @returns {Promise<PythonFiles>}
 */
export function fetchPythonFiles(address = new URL("python.json", import.meta.url)) {
  fetched ??= read(address);
  // After a failure, such as a lost connection, the next run tries again.
  fetched.catch(() => (fetched = undefined));
  return fetched;
}

/**
 * @param {URL | string} address
 * @returns {Promise<PythonFiles>}
 */
async function read(address) {
  const response = await fetch(address);
  if (!response.ok) throw new Error(`${response.url}: ${response.status}`);
  return await response.json();
}
