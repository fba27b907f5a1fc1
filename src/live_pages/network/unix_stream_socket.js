// @ts-check

import * as linux from "./constants.js";
import { ByteQueue } from "./byte_queue.js";
import { SystemError } from "./errors.js";
import { UnixSocket } from "./unix_socket.js";
import { unixAddress } from "./unix_names.js";

/**
 * @typedef {import("./errors.js").ErrorName} ErrorName
 * @typedef {import("./kernel_process.js").KernelProcess} KernelProcess
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./socket.js").Socket} Socket
 */

const NO_BYTES = new Uint8Array(0);

/** A stream socket of the family AF_UNIX: no network lies between its ends, and no weather. */
export class UnixStreamSocket extends UnixSocket {
  /** @type {"closed" | "listen" | "established"} */
  #state = "closed";
  /** @type {UnixStreamSocket | null} */
  #peer = null;
  #received = new ByteQueue();
  /** How many bytes have been read of all that came. */
  #read = 0;
  /** Sockets that came with a byte, by that byte's position. @type {{ at: number, sockets: Socket[] }[]} */
  #passed = [];
  #backlog = 0;
  /** @type {UnixStreamSocket[]} */
  #acceptable = [];
  /** Where connect waits for room in the queue. @type {UnixStreamSocket | null} */
  #waitsFor = null;

  /**
   * @param {Network} network
   * @param {KernelProcess | null} owner
   */
  constructor(network, owner) {
    super(network, owner, linux.SOCK_STREAM);
  }

  get unread() {
    return this.#received.length;
  }

  get listening() {
    return this.#state === "listen";
  }

  /**
   * Connects two fresh sockets with each other, as socketpair does.
   *
   * @param {UnixStreamSocket} other
   */
  pairWith(other) {
    this.#join(other);
    other.#join(this);
    this.pair = other.pair = true;
  }

  /** @param {number} backlog */
  listen(backlog) {
    if (this.boundName === "" || this.#state === "established") throw new SystemError("EINVAL");
    this.#state = "listen";
    const most = linux.LONGEST_BACKLOG;
    this.#backlog = backlog < 0 ? most : Math.min(backlog, most);
    if (this.owner !== null) this.peerCredentials = this.owner.credentials;
    this.changed.wake();
  }

  tryAccept() {
    if (!this.listening) throw new SystemError("EINVAL");
    const child = this.#acceptable.shift();
    if (child !== undefined) this.changed.wake();
    return child;
  }

  /**
   * @param {unknown} address
   * @returns {ErrorName | null}
   */
  connect(address) {
    const listener = this.find(address);
    if (!(listener instanceof UnixStreamSocket) || !listener.listening || listener.readShut) {
      throw new SystemError("ECONNREFUSED");
    }
    this.#waitsFor = listener;
    if (listener.#isFull()) {
      // This queue is the same machine's: connect is told when there is room and need not knock.
      listener.changed.add(this.#lookAgain);
      return "EAGAIN";
    }
    this.#enter(listener);
    return null;
  }

  /** @returns {true | undefined} */
  tryFinishConnect() {
    const listener = this.#waitsFor;
    if (listener === null || !listener.listening) throw new SystemError("ECONNREFUSED");
    if (listener.#isFull()) return undefined;
    this.#enter(listener);
    return true;
  }

  stopConnecting() {
    this.#waitsFor?.changed.remove(this.#lookAgain);
    this.#waitsFor = null;
  }

  /** @returns {ErrorName | null} */
  sendFailure() {
    if (this.#state !== "established") return this.writeShut ? "EPIPE" : "ENOTCONN";
    return this.writeShut ? "EPIPE" : null;
  }

  /**
   * @param {Uint8Array} bytes
   * @param {unknown} address
   * @param {"send" | "sendall" | "sendto"} operation What events call it.
   * @returns {number | undefined}
   */
  trySend(bytes, address, operation) {
    if (address !== null) {
      throw new SystemError(this.#state === "established" ? "EISCONN" : "EOPNOTSUPP");
    }
    const failure = this.sendFailure();
    if (failure !== null) throw new SystemError(failure);
    if (bytes.length === 0) return 0;
    const peer = /** @type {UnixStreamSocket} */ (this.#peer);
    const room = this.options.sendBuffer - peer.#received.length;
    if (room <= 0) return undefined;
    const piece = bytes.length <= room ? bytes : bytes.slice(0, room);
    this.report(operation, { size: piece.length, data: piece });
    peer.#received.push(piece);
    peer.changed.wake();
    return piece.length;
  }

  /**
   * Lets sockets go along with the next byte that is sent.
   *
   * @param {Socket[]} sockets
   */
  pass(sockets) {
    const peer = this.#peer;
    if (peer === null) throw new SystemError("ENOTCONN");
    peer.#passed.push({ at: peer.#read + peer.#received.length, sockets });
  }

  /** The sockets that came with what was read, once. */
  takePassed() {
    const come = this.#passed.filter(({ at }) => at < this.#read);
    this.#passed = this.#passed.filter(({ at }) => at >= this.#read);
    return come.flatMap(({ sockets }) => sockets);
  }

  /** The sockets that came and that nobody will take. */
  dropPassed() {
    return this.#passed.splice(0).flatMap(({ sockets }) => sockets);
  }

  /**
   * @param {number} size
   * @param {number} flags
   */
  tryReceive(size, flags) {
    if (this.#state !== "established") throw new SystemError("EINVAL");
    if (this.#received.length === 0) {
      if (size === 0) return stream(NO_BYTES);
      this.throwPendingError();
      return this.readShut ? stream(NO_BYTES) : undefined;
    }
    if (flags & linux.MSG_PEEK) return stream(this.#received.peek(size));
    const wasWritable = this.#peer?.isWritable();
    const bytes = this.#received.read(size);
    this.#read += bytes.length;
    if (!wasWritable && this.#peer?.isWritable()) this.#peer.changed.wake();
    return stream(bytes);
  }

  /** @param {number} how */
  shutdown(how) {
    this.#shut(how !== linux.SHUT_WR, how !== linux.SHUT_RD);
    if (how !== linux.SHUT_RD && this.#peer !== null) this.report("end-of-stream");
    if (this.#peer !== null) this.#peer.#shut(how !== linux.SHUT_RD, how !== linux.SHUT_WR);
  }

  pollBits() {
    let bits = this.shutdownBits();
    if (this.listening) return bits | (this.#acceptable.length > 0 ? linux.POLLIN : 0);
    if (this.#state === "closed") bits |= linux.POLLHUP;
    if (this.#received.length > 0) bits |= linux.POLLIN;
    return this.isWritable() ? bits | linux.POLLOUT : bits;
  }

  /** Whether poll would say so: three quarters of the buffer are free. */
  isWritable() {
    return this.#peer === null || this.#peer.#received.length * 4 <= this.options.sendBuffer;
  }

  peerName() {
    if (this.#peer === null) throw new SystemError("ENOTCONN");
    return unixAddress(this.#peer.boundName);
  }

  release() {
    this.stopConnecting();
    for (const child of this.#acceptable.splice(0)) child.#leave(true);
    if (this.#peer !== null) this.#leave(this.#received.length > 0);
    this.#state = "closed";
    this.#received.clear();
    this.releaseName();
    this.changed.wake();
  }

  #lookAgain = () => this.changed.wake();

  #isFull() {
    return this.#acceptable.length > this.#backlog;
  }

  /** @param {UnixStreamSocket} listener */
  #enter(listener) {
    this.stopConnecting();
    if (this.#state === "established") throw new SystemError("EISCONN");
    if (this.#state === "listen") throw new SystemError("EINVAL");
    const child = new UnixStreamSocket(this.network, listener.owner);
    child.boundName = listener.boundName;
    this.#join(child);
    child.#join(this);
    this.peerCredentials = listener.peerCredentials;
    this.report("connect");
    this.report("established");
    listener.#acceptable.push(child);
    listener.changed.wake();
  }

  /** @param {UnixStreamSocket} peer */
  #join(peer) {
    this.#state = "established";
    this.#peer = peer;
    if (peer.owner !== null) this.peerCredentials = peer.owner.credentials;
  }

  /** @param {boolean} unread Whether bytes are thrown away that the other end sent. */
  #leave(unread) {
    const peer = /** @type {UnixStreamSocket} */ (this.#peer);
    if (unread) {
      peer.error = "ECONNRESET";
      this.report("reset");
    } else if (!this.writeShut) {
      this.report("end-of-stream");
    }
    peer.#shut(true, true);
  }

  /**
   * @param {boolean} read
   * @param {boolean} write
   */
  #shut(read, write) {
    if (read) this.readShut = true;
    if (write) this.writeShut = true;
    this.changed.wake();
  }
}

/** @param {Uint8Array} bytes @returns {import("./socket.js").Received} */
function stream(bytes) {
  return { bytes, from: null, truncated: 0 };
}
