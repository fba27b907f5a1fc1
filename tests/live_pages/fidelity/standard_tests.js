// @ts-check
/**
 * CPython's own tests, which come with a Python of this machine, run by the Python of a page.
 *
 * Pyodide brings no tests. Those of 3.13 are used: of another version it is not known which of them
 * the page's Python passes, and few machines have those of Pyodide's own, 3.14.
 */

import { execFileSync } from "node:child_process";
import { existsSync, globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";

import { makeNetwork, Program } from "../process/running.js";

const PYTHON = "python3.13";
const SAY_FOLDER = "import os, test; print(os.path.dirname(test.__file__))";
const RUNNER = new URL("run_standard_tests.py", import.meta.url);
const PATIENCE_MILLISECONDS = 900_000; // however busy this machine is

/**
 * @typedef {object} Results
 * @property {string[]} passed
 * @property {string[]} skipped
 * @property {Map<string, string>} failed The tracebacks by the names of tests.
 * @property {string | null} stuckAt The test that did not end in time.
 */

/** The folder of a Python's own tests; null if there is none on this machine. */
export function standardTests() {
  try {
    const said = execFileSync(PYTHON, ["-c", SAY_FOLDER], {
      encoding: "utf8",
      stdio: ["ignore", "pipe", "ignore"],
    });
    const folder = said.trim();
    return existsSync(path.join(folder, "test_socket.py")) ? folder : null;
  } catch {
    return null;
  }
}

export const MISSING = `there is no ${PYTHON} with its own tests on this machine`;

/**
 * Runs one module of tests.
 *
 * @param {string} folder
 * @param {string} module Such as test_socket.
 * @param {string[]} leftOut Names of tests and of their classes.
 * @returns {Promise<Results>}
 */
export async function runStandardTests(folder, module, leftOut) {
  const program = new Program(makeNetwork(), module);
  await program.process.boot();
  const ended = program.process.run({
    argv: ["run_standard_tests.py", `test.${module}`, ...leftOut],
    files: await filesOf(folder, module),
  });
  const late = new Promise((resolve) => setTimeout(resolve, PATIENCE_MILLISECONDS).unref());
  await Promise.race([ended, late]);
  program.process.kill();
  return resultsOf(program.printed);
}

/**
 * @param {string} folder
 * @param {string} module
 * @returns {Promise<Record<string, string>>}
 */
async function filesOf(folder, module) {
  const names = [`${module}.py`, "__init__.py", ...globSync("support/**/*.py", { cwd: folder })];
  const entries = names.map(
    async (name) =>
      /** @type {const} */ ([`test/${name}`, await readFile(path.join(folder, name), "utf8")]),
  );
  return {
    ...Object.fromEntries(await Promise.all(entries)),
    "run_standard_tests.py": await readFile(RUNNER, "utf8"),
  };
}

/**
 * @param {string} printed
 * @returns {Results}
 */
function resultsOf(printed) {
  /** @type {Results} */
  const results = { passed: [], skipped: [], failed: new Map(), stuckAt: "before the first" };
  for (const line of printed.split("\n")) {
    if (!line.startsWith('["')) continue; // of a test's own
    const [event, name, detail] = JSON.parse(line);
    results.stuckAt = event === "end" ? null : name;
    if (event === "passed") results.passed.push(name);
    if (event === "skipped") results.skipped.push(name);
    // A thread of the test may fail beside it.
    if (event === "failed") results.failed.set(name, `${results.failed.get(name) ?? ""}${detail}`);
  }
  return results;
}
