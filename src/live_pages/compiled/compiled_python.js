// @ts-check
/**
 * Pyodide with bytecode: `node compiled_python.js` prints the folder in which it is.
 *
 * Pyodide brings the standard library as text, and half of the time in which an interpreter begins
 * goes into compiling it. Here a Pyodide in Node.js compiles once what a program in the page begins
 * with; the bytecode lies beside the text, where Python looks for it.
 */

import { createHash, randomUUID } from "node:crypto";
import { copyFile, mkdir, readFile, readdir, rename, rm, stat, writeFile } from "node:fs/promises";
import { fileURLToPath, pathToFileURL } from "node:url";

const MODULES = new URL("../../../node_modules/", import.meta.url);
const PYODIDE = new URL("pyodide/", MODULES);
// Where tools keep what they can make again; `npm ci` removes it.
const CACHE = new URL(".cache/live_pages/", MODULES);
const PYTHON = new URL("../process/python/", import.meta.url);
const COMPILER = new URL("compile_modules.py", import.meta.url);
// What a Python in the browser is made of, beside the standard library.
const INTERPRETER = ["pyodide.mjs", "pyodide.asm.mjs", "pyodide.asm.wasm", "pyodide-lock.json"];
const LIBRARY = "python_stdlib.zip";
const KEPT_MILLISECONDS = 3_600_000;
/** The file of Python's side of a process: text by name, and bytecode in base64. */
export const PYTHON_FILES = "python.json";

/**
 * The folder of all that a Python in the page is made of, made anew if that has changed:
 * `pyodide/`, and beside it Python's side of a process.
 *
 * @returns {Promise<URL>}
 */
export async function compiledPython() {
  const python = await readPython();
  const folder = new URL(`${await digestOf(python)}/`, CACHE);
  /** @type {string[]} */
  const present = await readdir(CACHE).catch(() => []);
  if (!present.includes(nameOf(folder))) await make(folder, python);
  return folder;
}

/** @returns {Promise<Record<string, string>>} Python's side, by file name. */
async function readPython() {
  const names = (await readdir(PYTHON)).filter((name) => name.endsWith(".py")).sort();
  const texts = names.map((name) => readFile(new URL(name, PYTHON), "utf8"));
  return Object.fromEntries((await Promise.all(texts)).map((text, index) => [names[index], text]));
}

/** @param {Record<string, string>} python */
async function digestOf(python) {
  const digest = createHash("sha256").update(JSON.stringify(python));
  for (const file of [import.meta.url, COMPILER, new URL("package.json", PYODIDE)]) {
    digest.update(await readFile(new URL(file)));
  }
  return digest.digest("hex").slice(0, 16);
}

/**
 * @param {URL} folder
 * @param {Record<string, string>} python
 */
async function make(folder, python) {
  // In a place of its own first: another process may be at the same.
  const unfinished = new URL(`${randomUUID()}/`, CACHE);
  const target = new URL("pyodide/", unfinished);
  await mkdir(target, { recursive: true });
  for (const name of INTERPRETER) await copyFile(new URL(name, PYODIDE), new URL(name, target));
  const { library, compiled } = await compile(python);
  await writeFile(new URL(LIBRARY, target), library);
  await writeFile(new URL(PYTHON_FILES, unfinished), JSON.stringify({ ...python, ...compiled }));
  try {
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true });
    // Unless the other process was faster, it is a failure.
    if (!(await readdir(CACHE)).includes(nameOf(folder))) throw error;
  }
  await removeOld();
}

/** Removes what was made before of other files; tests that began before those changed may use it. */
async function removeOld() {
  for (const name of await readdir(CACHE)) {
    const made = await stat(new URL(name, CACHE)).catch(() => null);
    if (made === null || Date.now() - made.mtimeMs < KEPT_MILLISECONDS) continue;
    await rm(new URL(`${name}/`, CACHE), { recursive: true, force: true });
  }
}

/** @param {Record<string, string>} python */
async function compile(python) {
  const { loadPyodide } = await import(new URL("pyodide.mjs", PYODIDE).href);
  const pyodide = await loadPyodide({ indexURL: fileURLToPath(PYODIDE) });
  const { FS } = pyodide;
  FS.mkdirTree("/lib/live_process");
  for (const [name, text] of Object.entries(python)) FS.writeFile(`/lib/live_process/${name}`, text);
  FS.writeFile("/lib/compile_modules.py", await readFile(COMPILER));
  const compiled = pyodide
    .runPython('import sys; sys.path.insert(1, "/lib"); from compile_modules import compile_all; compile_all()')
    .toJs({ dict_converter: Object.fromEntries });
  return { library: FS.readFile(`/compiled/${LIBRARY}`), compiled };
}

/** @param {URL} folder */
function nameOf(folder) {
  return folder.pathname.split("/").at(-2) ?? "";
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? "").href) {
  console.log(fileURLToPath(await compiledPython()));
}
