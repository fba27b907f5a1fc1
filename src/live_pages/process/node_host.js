// @ts-check
/** What a Python process needs in Node instead of in a browser: its thread, and its files. */

import { readFile, readdir } from "node:fs/promises";
import { setFlagsFromString } from "node:v8";
import { Worker } from "node:worker_threads";

// Node 24 has promise integration and leaves it off; threads take the flags of their beginning.
setFlagsFromString("--experimental-wasm-jspi");

/** Interpreters of which Pythons begin here, by the address of Pyodide. @type {Map<string, Promise<WebAssembly.Module>>} */
const HELD = new Map();

/**
 * Holds the compiled interpreter, since V8 lets threads share one only while somebody holds it; a
 * Python then begins in half the time.
 *
 * @param {string} indexURL
 */
export async function holdInterpreter(indexURL) {
  const file = new URL("pyodide.asm.wasm", indexURL);
  const compiled = HELD.get(indexURL) ?? readFile(file).then((code) => WebAssembly.compile(code));
  HELD.set(indexURL, compiled);
  await compiled;
}

/**
 * A thread of Node's that looks like a Web Worker.
 *
 * @returns {import("./python_process.js").WorkerLike}
 */
export function makeNodeWorker() {
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

/** Python's side of a process, by file name, read from the disk. */
export async function readPythonFiles() {
  const folder = new URL("python/", import.meta.url);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".py"));
  const entries = names.map(
    async (name) => /** @type {const} */ ([name, await readFile(new URL(name, folder), "utf8")]),
  );
  return Object.fromEntries(await Promise.all(entries));
}
