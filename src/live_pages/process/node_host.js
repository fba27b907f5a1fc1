// @ts-check
/** What a Python process needs in Node instead of in a browser: its thread, and its files. */

import { readFile } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";

import { PYTHON_FILES, compiledPython } from "../compiled/compiled_python.js";

// Node 24 has promise integration and leaves it off; threads take the flags of their beginning.
setFlagsFromString("--experimental-wasm-jspi");

/**
 * Interpreters of which Pythons begin here: V8 lets threads share a compiled one only while somebody
 * holds it, and a Python then begins in half the time.
 *
 * @type {Set<WebAssembly.Module>}
 */
const HELD = new Set();

/**
 * A thread of Node's that looks like a Web Worker.
 *
 * @returns {import("./python_process.js").WorkerLike}
 */
function makeNodeWorker() {
  const worker = new Worker(new URL("node_worker.js", import.meta.url));
  /** @type {import("./python_process.js").WorkerLike} */
  const like = {
    onmessage: null,
    onerror: null,
    postMessage: (message, transfer) => worker.postMessage(message, /** @type {any} */ (transfer)),
    terminate: () => void worker.terminate(),
  };
  worker.on("message", (data) => like.onmessage?.({ data }));
  worker.on("error", (error) => like.onerror?.({ message: error.message }));
  return like;
}

/**
 * What makes Pythons in Node: where Pyodide is, with bytecode, their threads, and their files.
 *
 * @returns {Promise<Required<Pick<import("./python_process.js").ProcessOptions,
 *   "indexURL" | "makeWorker" | "pythonFiles">>>}
 */
export async function nodeMachine() {
  const folder = await compiledPython();
  const indexURL = new URL("pyodide/", folder).href;
  HELD.add(await WebAssembly.compile(await readFile(new URL("pyodide.asm.wasm", indexURL))));
  const python = JSON.parse(await readFile(new URL(PYTHON_FILES, folder), "utf8"));
  return { indexURL, makeWorker: makeNodeWorker, pythonFiles: () => Promise.resolve(python) };
}
