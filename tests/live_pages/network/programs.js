// @ts-check
/** Small programs for tests of the kernel. */

import { AF_INET, SOCK_DGRAM, SOCK_STREAM } from "../../../src/live_pages/network/constants.js";

/** @typedef {import("../../../src/live_pages/network/kernel_process.js").KernelProcess} KernelProcess */

export const SERVER = /** @type {[string, number]} */ (["127.0.0.1", 11111]);

/** @param {string} content */
export const bytes = (content) => new TextEncoder().encode(content);

/** @param {unknown} content */
export const text = (content) => new TextDecoder().decode(/** @type {Uint8Array} */ (content));

/**
 * The value that a call answers.
 *
 * @param {KernelProcess} process
 * @param {string} operation
 * @param {...unknown} args
 * @returns {Promise<any>}
 */
export async function value(process, operation, ...args) {
  const answer = await process.call(operation, args);
  if ("error" in answer) throw new Error(`${operation}: ${answer.error}`);
  return answer.value;
}

/**
 * The error that a call answers.
 *
 * @param {KernelProcess} process
 * @param {string} operation
 * @param {...unknown} args
 */
export async function error(process, operation, ...args) {
  const answer = await process.call(operation, args);
  return "error" in answer ? answer.error : "none";
}

/**
 * @param {KernelProcess} process
 * @param {number} [backlog]
 * @returns {Promise<number>}
 */
export async function listener(process, backlog = 5) {
  const id = await value(process, "socket", AF_INET, SOCK_STREAM, 0);
  await value(process, "bind", id, SERVER);
  await value(process, "listen", id, backlog);
  return id;
}

/**
 * @param {KernelProcess} process
 * @returns {Promise<number>}
 */
export const streamSocket = (process) => value(process, "socket", AF_INET, SOCK_STREAM, 0);

/**
 * @param {KernelProcess} process
 * @returns {Promise<number>}
 */
export async function receiver(process) {
  const id = await value(process, "socket", AF_INET, SOCK_DGRAM, 0);
  await value(process, "bind", id, SERVER);
  return id;
}

/**
 * @param {KernelProcess} server
 * @param {KernelProcess} client
 * @returns {Promise<{ near: number, far: number, listening: number }>}
 */
export async function connection(server, client) {
  const listening = await listener(server);
  const near = await streamSocket(client);
  await value(client, "connect", near, SERVER, -1);
  const [far] = await value(server, "accept", listening, -1);
  return { near, far, listening };
}
