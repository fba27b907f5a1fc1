// @ts-check
/** The entry of a thread of Node's that is one Python process. */

import { parentPort } from "node:worker_threads";

import { WorkerProcess } from "./worker_process.js";

if (parentPort === null) throw new Error("node_worker.js is the entry of a worker thread");
const port = parentPort;
const served = new WorkerProcess((message, transfer) =>
  port.postMessage(message, /** @type {any} */ (transfer ?? [])),
);
port.on("message", (message) => served.receive(message));
