// @ts-check

import { SystemError } from "./errors.js";

/** @typedef {import("./socket.js").Socket} Socket */

/** Who has joined which multicast group. It is the host that hears a group, by its sockets' wish. */
export class Groups {
  /** @type {Map<string, Set<Socket>>} */
  #members = new Map();

  /**
   * @param {string} group
   * @param {Socket} socket
   * @throws {SystemError} EADDRINUSE if the socket is a member already.
   */
  join(group, socket) {
    const members = this.#members.get(group) ?? new Set();
    if (members.has(socket)) throw new SystemError("EADDRINUSE");
    members.add(socket);
    this.#members.set(group, members);
  }

  /**
   * @param {string} group
   * @param {Socket} socket
   * @throws {SystemError} EADDRNOTAVAIL if the socket is no member.
   */
  leave(group, socket) {
    const members = this.#members.get(group);
    if (!members?.delete(socket)) throw new SystemError("EADDRNOTAVAIL");
    if (members.size === 0) this.#members.delete(group);
  }

  /** @param {Socket} socket */
  leaveAll(socket) {
    for (const group of [...this.#members.keys()]) {
      if (this.#members.get(group)?.has(socket)) this.leave(group, socket);
    }
  }

  /** @param {string} group */
  isHeard(group) {
    return this.#members.has(group);
  }
}
