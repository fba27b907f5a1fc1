// @ts-check

import * as linux from "./constants.js";
import { SystemError } from "./errors.js";
import { Socket } from "./socket.js";
import { placeOf, unixAddress, unixName } from "./unix_names.js";

/**
 * @typedef {import("./kernel_process.js").KernelProcess} KernelProcess
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./socket.js").Address} Address
 */

const CREDENTIALS_SIZE = 12;

/** A socket of the family AF_UNIX, which may have a name. */
export class UnixSocket extends Socket {
  /** Path or abstract name; empty if it has none. */
  boundName = "";
  /** The same as an absolute path, if it is a path and this socket is the one that it leads to. */
  #boundPlace = "";
  /** Who was at the other end when the connection was made: process, user, group. */
  peerCredentials = { process: 0, user: -1, group: -1 };

  /**
   * @param {Network} network
   * @param {KernelProcess | null} owner
   * @param {number} type
   */
  constructor(network, owner, type) {
    super(network, owner, linux.AF_UNIX, type, 0);
  }

  /** @param {unknown} address */
  bind(address) {
    const name = unixName(address);
    if (this.boundName !== "") {
      // Binding a bound socket anew without a name does nothing at all.
      if (name === "") return;
      const isTaken = this.network.unixNames.isTaken(this.#placeOf(name));
      throw new SystemError(isTaken ? "EADDRINUSE" : "EINVAL");
    }
    const chosen = name === "" ? this.network.unixNames.unusedName() : name;
    const place = this.#placeOf(chosen);
    this.network.unixNames.bind(place, this);
    this.boundName = chosen;
    this.#boundPlace = place;
  }

  name() {
    return unixAddress(this.boundName);
  }

  /**
   * @param {number} level
   * @param {number} name
   * @returns {number | Uint8Array}
   */
  option(level, name) {
    if (level !== linux.SOL_SOCKET || name !== linux.SO_PEERCRED) return super.option(level, name);
    const { process, user, group } = this.peerCredentials;
    const bytes = new Uint8Array(CREDENTIALS_SIZE);
    new Int32Array(bytes.buffer).set([process, user, group]);
    return bytes;
  }

  releaseName() {
    const { unixNames } = this.network;
    if (unixNames.belongsTo(this.#boundPlace, this)) unixNames.socketClosed(this.#boundPlace);
  }

  /**
   * The socket that has a name, of this socket's type.
   *
   * @param {unknown} address
   * @returns {UnixSocket}
   */
  find(address) {
    const found = this.network.unixNames.find(this.#placeOf(unixName(address)));
    if (found.type !== this.type) throw new SystemError("EPROTOTYPE");
    return /** @type {UnixSocket} */ (found);
  }

  /** @param {string} name */
  #placeOf(name) {
    return placeOf(this.owner?.folder ?? "", name);
  }
}
