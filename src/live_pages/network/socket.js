// @ts-check

import * as linux from "./constants.js";
import { SystemError } from "./errors.js";
import { SocketOptions } from "./socket_options.js";
import { WaitPoint } from "./waiting.js";

/**
 * @typedef {import("./addresses.js").Address} Address
 * @typedef {import("./errors.js").ErrorName} ErrorName
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./kernel_process.js").KernelProcess} KernelProcess
 */

/**
 * What a receiving call brings.
 *
 * @typedef {object} Received
 * @property {Uint8Array} bytes Empty at the end of a stream.
 * @property {Address | null} from Who sent a datagram; null if that has no address, and for streams.
 * @property {number} truncated Bytes of the datagram that found no room and are gone.
 */

/**
 * What all sockets have in common. A method whose name begins with "try" answers undefined where
 * the program would have to wait; `changed` wakes whoever does.
 *
 * @abstract
 */
export class Socket {
  /** Woken whenever something may go on that could not before. */
  changed = new WaitPoint();
  options;
  /** An error that came from the network, which the next call that can fail by it reports. */
  /** @type {ErrorName | null} */
  error = null;
  /** Whether this end reads no more: it said so, or the other end sends no more. */
  readShut = false;
  writeShut = false;
  /** Whether both ends were made by socketpair. */
  pair = false;
  /** Descriptors that mean this socket, and calls that still work on it. */
  references = 1;
  /** How many processes have it, among them one to which it is just being passed. */
  holders = 1;

  /**
   * @param {Network} network
   * @param {KernelProcess | null} owner
   * @param {number} family
   * @param {number} type
   * @param {number} protocol
   */
  constructor(network, owner, family, type, protocol) {
    this.network = network;
    this.owner = owner;
    this.family = family;
    this.type = type;
    this.protocol = protocol;
    this.options = new SocketOptions(family, type, network.receiveBuffer);
    this.id = network.nextSocketId();
  }

  /** Whether it is a listening socket. */
  get listening() {
    return false;
  }

  /** What events call it. @returns {"tcp" | "udp" | "unix"} */
  get kind() {
    if (this.family === linux.AF_UNIX) return "unix";
    return this.type === linux.SOCK_STREAM ? "tcp" : "udp";
  }

  /**
   * @abstract
   * @param {unknown} address
   * @returns {void}
   */
  bind(address) {
    throw new SystemError("EOPNOTSUPP", `bind ${String(address)}`);
  }

  /**
   * @param {number} backlog How many connections may wait to be accepted; negative for the most.
   * @returns {void}
   */
  listen(backlog) {
    throw new SystemError("EOPNOTSUPP", `listen ${backlog}`);
  }

  /** @returns {Socket | undefined} */
  tryAccept() {
    throw new SystemError("EOPNOTSUPP");
  }

  /**
   * Begins to connect.
   *
   * @abstract
   * @param {unknown} address
   * @returns {ErrorName | null} null if it is connected already; else what is answered to a program
   *   that does not wait.
   */
  connect(address) {
    throw new SystemError("EOPNOTSUPP", `connect ${String(address)}`);
  }

  /** @returns {true | undefined} */
  tryFinishConnect() {
    return true;
  }

  /** Gives up a connect that waits, where the system does not go on with it by itself. */
  stopConnecting() {}

  /**
   * @abstract
   * @param {Uint8Array} bytes
   * @param {unknown} address Where to, for datagrams; null for the other end of the connection.
   * @param {"send" | "sendall" | "sendto"} operation What events call it.
   * @returns {number | undefined} How many bytes were taken.
   */
  trySend(bytes, address, operation) {
    throw new SystemError("EOPNOTSUPP", `${operation} ${bytes.length} bytes to ${String(address)}`);
  }

  /**
   * Of how many bytes the program may take for granted that they will be sent, without an answer,
   * until it is told otherwise or asks for something else than to send or to receive.
   */
  promiseRoom() {
    return 0;
  }

  /** Why a stream takes no bytes now, if that is an error. @returns {ErrorName | null} */
  sendFailure() {
    return null;
  }

  /**
   * @abstract
   * @param {number} size
   * @param {number} flags
   * @returns {Received | undefined}
   */
  tryReceive(size, flags) {
    throw new SystemError("EOPNOTSUPP", `receive ${size} bytes with flags ${flags}`);
  }

  /**
   * @abstract
   * @param {number} how SHUT_RD, SHUT_WR or SHUT_RDWR
   */
  shutdown(how) {
    throw new SystemError("EOPNOTSUPP", `shutdown ${how}`);
  }

  /**
   * The poll bits that are set now, whether asked for or not.
   *
   * @abstract
   * @returns {number}
   */
  pollBits() {
    throw new SystemError("EOPNOTSUPP");
  }

  /**
   * @abstract
   * @returns {Address}
   */
  name() {
    throw new SystemError("EOPNOTSUPP");
  }

  /**
   * @abstract
   * @returns {Address}
   */
  peerName() {
    throw new SystemError("ENOTCONN");
  }

  /**
   * The other end's address for events, whatever state the connection is in.
   *
   * @returns {Address | null}
   */
  remoteAddress() {
    try {
      return this.peerName();
    } catch {
      return null;
    }
  }

  /** Bytes of a stream that wait to be read. */
  get unread() {
    return 0;
  }

  /**
   * Sets an option.
   *
   * @param {number} level
   * @param {number} name
   * @param {unknown} value A number, or bytes for options that are structures.
   */
  setOption(level, name, value) {
    this.options.set(level, name, value);
  }

  /**
   * @param {number} level
   * @param {number} name
   * @returns {number | Uint8Array}
   */
  option(level, name) {
    if (level === linux.SOL_SOCKET) {
      switch (name) {
        case linux.SO_TYPE:
          return this.type;
        case linux.SO_DOMAIN:
          return this.family;
        case linux.SO_PROTOCOL:
          return this.protocol;
        case linux.SO_ACCEPTCONN:
          return Number(this.listening);
        case linux.SO_ERROR:
          return this.network.errorNumber(this.takeError());
      }
    }
    return this.options.get(level, name);
  }

  /** Does what is to be done when the last reference is gone. @abstract */
  release() {
    throw new SystemError("EOPNOTSUPP");
  }

  /** The pending error, which is not pending any longer. */
  takeError() {
    const error = this.error;
    this.error = null;
    return error;
  }

  /** @throws {SystemError} The pending error. */
  throwPendingError() {
    const error = this.takeError();
    if (error !== null) throw new SystemError(error);
  }

  /** Poll bits that all kinds of sockets have in common. */
  shutdownBits() {
    let bits = 0;
    if (this.error !== null) bits |= linux.POLLERR;
    if (this.readShut && this.writeShut) bits |= linux.POLLHUP;
    if (this.readShut) bits |= linux.POLLIN | linux.POLLRDHUP;
    return bits;
  }

  /**
   * Tells those who draw the network what happened.
   *
   * @param {import("./network.js").Operation} operation
   * @param {import("./network.js").EventFields} [fields]
   */
  report(operation, fields) {
    this.network.report(operation, this, fields);
  }
}
