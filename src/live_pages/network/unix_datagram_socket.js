// @ts-check

import * as linux from "./constants.js";
import { SystemError } from "./errors.js";
import { UnixSocket } from "./unix_socket.js";
import { unixAddress } from "./unix_names.js";

/**
 * @typedef {import("./kernel_process.js").KernelProcess} KernelProcess
 * @typedef {import("./network.js").Network} Network
 */

/**
 * @typedef {object} Datagram
 * @property {Uint8Array} bytes
 * @property {string} from Name of the sender; empty if it has none.
 */

// net.unix.max_dgram_qlen; the receiver takes one more than that.
const LONGEST_QUEUE = 10;
const BOOKKEEPING = 32;

/** A datagram socket of the family AF_UNIX: nothing is lost, who sends waits for room. */
export class UnixDatagramSocket extends UnixSocket {
  /** @type {Datagram[]} */
  #received = [];
  /** @type {UnixDatagramSocket | null} */
  #peer = null;
  #closed = false;
  /** Those who wait for room here. @type {Set<UnixDatagramSocket>} */
  #senders = new Set();

  /**
   * @param {Network} network
   * @param {KernelProcess | null} owner
   */
  constructor(network, owner) {
    super(network, owner, linux.SOCK_DGRAM);
  }

  /** @param {UnixDatagramSocket} other */
  pairWith(other) {
    this.#peer = other;
    other.#peer = this;
    this.pair = other.pair = true;
    for (const end of [this, other]) {
      if (end.owner !== null) end.peerCredentials = end.owner.credentials;
    }
  }

  /** @param {unknown} address */
  connect(address) {
    const peer = this.#findReceiver(address);
    if (peer.#peer !== null && peer.#peer !== this) throw new SystemError("EPERM");
    this.#peer = peer;
    this.report("connect");
    return null;
  }

  /**
   * @param {Uint8Array} bytes
   * @param {unknown} address
   * @param {"send" | "sendall" | "sendto"} operation What events call it.
   * @returns {number | undefined}
   */
  trySend(bytes, address, operation) {
    if (address === null && this.#peer === null) throw new SystemError("ENOTCONN");
    if (bytes.length > this.options.sendBuffer - BOOKKEEPING) throw new SystemError("EMSGSIZE");
    this.throwPendingError();
    if (this.writeShut) throw new SystemError("EPIPE");
    const receiver = address === null ? this.#livingPeer() : this.#findReceiver(address);
    if (receiver.#peer !== null && receiver.#peer !== this) throw new SystemError("EPERM");
    if (receiver.readShut) throw new SystemError("EPIPE");
    if (receiver.#isFull() && receiver !== this) {
      receiver.#senders.add(this);
      return undefined;
    }
    const peer = unixAddress(receiver.boundName);
    this.report(operation, { size: bytes.length, data: bytes, peer });
    receiver.#received.push({ bytes, from: this.boundName });
    receiver.changed.wake();
    return bytes.length;
  }

  /**
   * @param {number} size
   * @param {number} flags
   */
  tryReceive(size, flags) {
    const [first] = this.#received;
    if (first === undefined) {
      this.throwPendingError();
      if (!this.readShut) return undefined;
      return { bytes: new Uint8Array(0), from: null, truncated: 0 };
    }
    if (!(flags & linux.MSG_PEEK)) {
      this.#received.shift();
      this.#wakeSenders();
    }
    const truncated = Math.max(0, first.bytes.length - size);
    const bytes = truncated > 0 ? first.bytes.slice(0, size) : first.bytes;
    return { bytes, from: first.from === "" ? null : unixAddress(first.from), truncated };
  }

  /** @param {number} how */
  shutdown(how) {
    if (how !== linux.SHUT_WR) this.readShut = true;
    if (how !== linux.SHUT_RD) this.writeShut = true;
    this.changed.wake();
  }

  pollBits() {
    const readable = this.#received.length > 0 ? linux.POLLIN : 0;
    const peer = this.#peer;
    if (peer !== null && peer.#peer !== this && peer.#isFull()) {
      peer.#senders.add(this);
      return this.shutdownBits() | readable;
    }
    return this.shutdownBits() | readable | linux.POLLOUT;
  }

  peerName() {
    if (this.#peer === null) throw new SystemError("ENOTCONN");
    return unixAddress(this.#peer.boundName);
  }

  release() {
    this.#closed = true;
    const unread = this.#received.length > 0;
    this.#received = [];
    const peer = this.#peer;
    if (peer !== null && peer.#peer === this && unread) {
      peer.error = "ECONNRESET";
      peer.changed.wake();
    }
    this.releaseName();
    this.#wakeSenders();
  }

  #wakeSenders() {
    const senders = [...this.#senders];
    this.#senders.clear();
    for (const sender of senders) sender.changed.wake();
  }

  #isFull() {
    return this.#received.length > LONGEST_QUEUE;
  }

  /** @param {unknown} address */
  #findReceiver(address) {
    return /** @type {UnixDatagramSocket} */ (this.find(address));
  }

  #livingPeer() {
    const peer = /** @type {UnixDatagramSocket} */ (this.#peer);
    if (!peer.#closed) return peer;
    this.#peer = null;
    throw new SystemError("ECONNREFUSED");
  }
}
