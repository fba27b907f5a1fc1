// @ts-check
/** The entry of a Web Worker that is one Python process. */

import { WorkerProcess } from "./worker_process.js";

const scope = /** @type {any} */ (globalThis);
const served = new WorkerProcess((message, transfer) => scope.postMessage(message, transfer ?? []));
scope.onmessage = (/** @type {MessageEvent} */ event) => served.receive(event.data);
