// @ts-check

import * as linux from "./constants.js";
import {
  addressOf,
  destination,
  endpointOf,
  isWildcard,
  reachOf,
  sameEndpoint,
} from "./addresses.js";
import { ByteQueue } from "./byte_queue.js";
import { SystemError } from "./errors.js";
import { covers } from "./ports.js";
import { IpSocket } from "./ip_socket.js";

/**
 * @typedef {import("./addresses.js").Endpoint} Endpoint
 * @typedef {import("./errors.js").ErrorName} ErrorName
 * @typedef {import("./kernel_process.js").KernelProcess} KernelProcess
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./weather.js").Line} Line
 */

/**
 * The states of RFC 9293, without those that last no time here. "closed" is also what has not been
 * opened yet; TIME-WAIT is no socket any more but the memory of one.
 *
 * @typedef {"closed" | "listen" | "syn-sent" | "syn-received" | "established" | "fin-wait"
 *   | "close-wait" | "last-ack"} State
 */

// Linux repeats an unanswered SYN after these times, and gives up after the last one
// (tcp_syn_linear_timeouts 4, tcp_syn_retries 6).
const KNOCK_MILLISECONDS = [1, 1, 1, 1, 1, 2, 4, 8, 16, 32, 64].map((seconds) => seconds * 1000);
const NO_BYTES = new Uint8Array(0);

/** A TCP socket: fresh, listening, or one end of a connection. */
export class StreamSocket extends IpSocket {
  /** @type {State} */
  state = "closed";
  /** How far connect came, which Linux keeps apart from the state. */
  /** @type {"unconnected" | "connecting" | "connected"} */
  #progress = "unconnected";
  /** @type {StreamSocket | null} */
  #peer = null;
  /** The way to the peer. @type {Line | null} */
  #line = null;
  /** What was received and not yet read. */
  #received = new ByteQueue();
  /** Bytes on their way to this end. */
  #approaching = 0;
  #endReceived = false;
  #released = false;
  #backlog = 0;
  /** Connections that wait to be accepted. @type {StreamSocket[]} */
  #acceptable = [];
  #stopKnocking = () => {};
  /** Whether the program counts on what `promiseRoom` said. */
  #promised = false;

  /**
   * @param {Network} network
   * @param {KernelProcess | null} owner
   * @param {number} family
   */
  constructor(network, owner, family) {
    super(network, owner, family, linux.SOCK_STREAM, linux.IPPROTO_TCP, network.tcpPorts);
  }

  get unread() {
    return this.#received.length;
  }

  /** Bytes under way to the peer or waiting there; null without a connection. */
  get unreadByPeer() {
    return this.#peer && this.#peer.#occupied();
  }

  get listening() {
    return this.state === "listen";
  }

  /** @param {number} backlog */
  listen(backlog) {
    if (this.#progress !== "unconnected" || (this.state !== "closed" && !this.listening)) {
      throw new SystemError("EINVAL");
    }
    this.bindIfUnbound();
    if (!this.listening && !this.ports.mayListen(this)) throw new SystemError("EADDRINUSE");
    this.state = "listen";
    this.readShut = this.writeShut = false;
    const most = linux.LONGEST_BACKLOG;
    this.#backlog = backlog < 0 ? most : Math.min(backlog, most);
  }

  tryAccept() {
    if (!this.listening) throw new SystemError("EINVAL");
    return this.#acceptable.shift();
  }

  /**
   * @param {unknown} address
   * @returns {ErrorName | null}
   */
  connect(address) {
    if (this.#progress === "connected") throw new SystemError("EISCONN");
    if (this.#progress === "connecting") {
      if (this.state === "syn-sent") return "EALREADY";
      return this.tryFinishConnect() ? null : "EALREADY";
    }
    if (this.state !== "closed") throw new SystemError("EISCONN");
    const remote = this.#reachable(address);
    this.chooseSource(remote);
    if (this.#isTaken(remote)) throw new SystemError("EADDRNOTAVAIL");
    this.remote = remote;
    this.readShut = this.writeShut = false;
    this.state = "syn-sent";
    this.#progress = "connecting";
    this.#line = this.network.newLine();
    this.report("connect");
    this.#knock(0);
    return "EINPROGRESS";
  }

  /** @returns {true | undefined} */
  tryFinishConnect() {
    if (this.state === "syn-sent") return undefined;
    if (this.state !== "closed") {
      this.#progress = "connected";
      return true;
    }
    const error = this.takeError() ?? "ECONNABORTED";
    this.#disconnect();
    throw new SystemError(error);
  }

  /** @returns {ErrorName | null} */
  sendFailure() {
    if (this.state === "syn-sent") return null;
    const open = this.state === "established" || this.state === "close-wait";
    if (this.error !== null) return this.error;
    return !open || this.writeShut ? "EPIPE" : null;
  }

  /**
   * @param {Uint8Array} bytes
   * @param {unknown} _address TCP has no use for it.
   * @param {"send" | "sendall" | "sendto"} operation What events call it.
   * @returns {number | undefined}
   */
  trySend(bytes, _address, operation) {
    const failure = this.sendFailure();
    if (failure !== null) {
      this.error = null;
      throw new SystemError(failure);
    }
    const [peer, line] = [this.#peer, this.#line];
    if (this.state === "syn-sent" || peer === null || line === null) return undefined;
    if (bytes.length === 0) return 0;
    const room = this.#room();
    if (room <= 0) return undefined;
    const piece = bytes.length <= room ? bytes : bytes.slice(0, room);
    peer.#approaching += piece.length;
    this.report(operation, { size: piece.length, data: piece });
    line.carryInOrder(
      () => peer.#takeData(piece),
      (what) => this.report(what, { size: piece.length, data: piece }),
    );
    return piece.length;
  }

  /**
   * @param {number} size
   * @param {number} flags
   */
  tryReceive(size, flags) {
    if (this.listening) throw new SystemError("ENOTCONN");
    if (this.#received.length === 0) return this.#nothingToRead(size);
    const most = this.network.weather.oneByteAtATime ? Math.min(size, 1) : size;
    if (flags & linux.MSG_PEEK) return stream(this.#received.peek(most));
    const wasWritable = this.#peer?.isWritable();
    const bytes = this.#received.read(most);
    if (!wasWritable && this.#peer?.isWritable()) this.#peer.changed.wake();
    return stream(bytes);
  }

  promiseRoom() {
    const open = this.state === "established" && !this.writeShut && this.error === null;
    if (!open || this.#peer === null) return 0;
    this.#promised = true;
    return Math.max(0, this.#room());
  }

  /** Takes the promise back, before the program learns by anything else of what has changed. */
  #retractPromise() {
    if (this.#promised) this.owner?.onRetract(this.id);
    this.#promised = false;
  }

  /** @param {number} how */
  shutdown(how) {
    if (this.state === "closed") {
      this.#shut(how);
      throw new SystemError("ENOTCONN");
    }
    if (this.listening) {
      if (how !== linux.SHUT_WR) this.#stopListening();
    } else if (this.state === "syn-sent") {
      this.#stopKnocking();
      this.#disconnect();
      this.error = "ECONNRESET";
    } else {
      this.#shut(how);
      if (this.writeShut) this.#sendEnd();
    }
    this.changed.wake();
  }

  pollBits() {
    if (this.listening) return this.#acceptable.length > 0 ? linux.POLLIN : 0;
    let bits = this.shutdownBits();
    if (this.state === "closed") bits |= linux.POLLHUP;
    if (this.state === "syn-sent") return bits;
    if (this.#received.length > 0) bits |= linux.POLLIN;
    return this.writeShut || this.isWritable() ? bits | linux.POLLOUT : bits;
  }

  /** Whether poll would say so: a third of the buffers is free. */
  isWritable() {
    return this.#peer === null || this.#room() * 2 >= this.#peer.#occupied();
  }

  peerName() {
    if (this.remote === null || this.state === "closed" || this.state === "syn-sent") {
      throw new SystemError("ENOTCONN");
    }
    return addressOf(this.remote, this.family);
  }

  release() {
    this.#released = true;
    this.#stopKnocking();
    if (this.listening) this.#stopListening();
    const unread = this.#received.length > 0;
    if (this.#peer !== null && this.state !== "closed" && (unread || this.options.abortsAtClose)) {
      this.#abort();
    } else if (this.state !== "closed" && this.state !== "syn-sent") {
      this.#sendEnd();
    }
    if (this.state === "closed" || this.state === "syn-sent") {
      this.state = "closed";
      this.releasePort();
    } else {
      // Nobody waits for an end that may never come longer than for late segments.
      this.expires = this.network.clock.now() + this.network.timeWaitMilliseconds;
    }
    this.#received.clear();
  }

  /**
   * @param {unknown} address
   * @returns {Endpoint}
   */
  #reachable(address) {
    const remote = destination(endpointOf(address, this.family));
    if (reachOf(remote) !== "local") throw new SystemError("ENETUNREACH");
    if (this.family === linux.AF_INET6 && this.options.ipv6Only && remote.family === linux.AF_INET) {
      throw new SystemError("ENETUNREACH");
    }
    return remote;
  }

  /**
   * Whether this very pair of addresses is connected already.
   *
   * @param {Endpoint} remote
   */
  #isTaken(remote) {
    return this.ports.at(this.local.port).some((holder) => {
      const other = holder instanceof StreamSocket && holder !== this ? holder : null;
      return other !== null && other.state !== "closed" &&
        sameEndpoint(other.local, this.local) && sameEndpoint(other.remote, remote);
    });
  }

  /**
   * Asks the other end for a connection, and again later as long as nobody answers.
   *
   * @param {number} times How often it has asked before.
   */
  #knock(times) {
    const { clock } = this.network;
    const milliseconds = KNOCK_MILLISECONDS[times];
    if (milliseconds === undefined) {
      this.error = "ETIMEDOUT";
      this.#end();
      return;
    }
    this.#stopKnocking = clock.schedule(milliseconds, () => this.#knock(times + 1));
    this.#line?.carryInOrder(() => this.#arriveAtListener());
  }

  #arriveAtListener() {
    const remote = /** @type {Endpoint} */ (this.remote);
    if (this.state !== "syn-sent") return;
    const listener = findListener(this.network, remote, this.local);
    const answer = this.network.newLine();
    if (listener === null) {
      answer.carryInOrder(() => this.#refused());
      return;
    }
    // The SYN is dropped without a word, and comes again.
    if (listener.#acceptable.length > listener.#backlog) return;
    const child = listener.#newConnection(this, remote, answer);
    answer.carryInOrder(() => {
      this.#takeConnection(child);
      this.#line?.carryInOrder(() => child.#joinQueueOf(listener));
    });
  }

  /**
   * The other end of a connection that a listening socket was asked for.
   *
   * @param {StreamSocket} peer
   * @param {Endpoint} local
   * @param {Line} line
   */
  #newConnection(peer, local, line) {
    const child = new StreamSocket(this.network, this.owner, this.family);
    child.options = this.options.inherited();
    child.local = local;
    child.remote = peer.local;
    child.state = "syn-received";
    child.#progress = "connected";
    child.#peer = peer;
    child.#line = line;
    child.holdPort();
    return child;
  }

  /** @param {StreamSocket} child */
  #takeConnection(child) {
    if (this.state !== "syn-sent") return;
    this.#stopKnocking();
    this.#peer = child;
    this.state = "established";
    this.report("established");
    this.changed.wake();
  }

  /** @param {StreamSocket} listener */
  #joinQueueOf(listener) {
    if (this.state !== "syn-received") return;
    this.state = "established";
    if (!listener.listening) {
      this.#abort();
      return;
    }
    listener.#acceptable.push(this);
    listener.changed.wake();
  }

  #refused() {
    if (this.state !== "syn-sent") return;
    this.#stopKnocking();
    this.error = "ECONNREFUSED";
    this.report("refused", { error: "ECONNREFUSED" });
    this.#end();
  }

  /** @param {Uint8Array} bytes */
  #takeData(bytes) {
    this.#approaching -= bytes.length;
    if (this.state === "closed") {
      this.#sendReset();
    } else if (this.#released || (this.state === "fin-wait" && this.readShut)) {
      this.#abort();
    } else {
      this.#received.push(bytes);
      this.changed.wake();
    }
  }

  #takeEnd() {
    if (this.state === "closed") return;
    this.#retractPromise();
    this.#endReceived = true;
    this.readShut = true;
    if (this.state === "fin-wait") {
      this.#rememberPort();
      this.#end();
    } else {
      this.state = "close-wait";
    }
    const peer = this.#peer;
    // The peer has now been told that everything arrived, and waits no longer.
    if (peer?.state === "last-ack") peer.#end();
    this.changed.wake();
  }

  #takeReset() {
    if (this.state === "closed") return;
    this.#retractPromise();
    this.error = this.state === "close-wait" ? "EPIPE" : "ECONNRESET";
    this.#end();
  }

  #sendEnd() {
    if (this.state === "established" || this.state === "syn-received") this.state = "fin-wait";
    else if (this.state === "close-wait") this.state = "last-ack";
    else return;
    this.report("end-of-stream");
    this.#carry((peer) => peer.#takeEnd());
  }

  #abort() {
    this.#sendReset();
    this.#end();
  }

  #sendReset() {
    this.report("reset");
    this.#carry((peer) => peer.#takeReset());
  }

  /** @param {(peer: StreamSocket) => void} arrive */
  #carry(arrive) {
    const peer = this.#peer;
    if (peer !== null) this.#line?.carryInOrder(() => arrive(peer));
  }

  /** The connection is no more; the socket may be. */
  #end() {
    this.state = "closed";
    this.readShut = this.writeShut = true;
    if (!this.boundByProgram || this.#released) this.releasePort();
    this.changed.wake();
  }

  /** Back to a socket that has never been connected. */
  #disconnect() {
    this.state = "closed";
    this.#progress = "unconnected";
    this.readShut = this.writeShut = false;
    this.remote = null;
    if (!this.boundByProgram) this.forgetAddress();
  }

  #stopListening() {
    this.state = "closed";
    if (!this.boundByProgram) this.releasePort();
    const waiting = this.#acceptable.splice(0);
    for (const child of waiting) {
      child.#released = true;
      child.#abort();
    }
  }

  /** TIME-WAIT: the pair of addresses is not to be mixed up with a new connection's. */
  #rememberPort() {
    const { clock, timeWaitMilliseconds } = this.network;
    this.ports.add({
      local: this.local,
      reuseAddress: this.reuseAddress,
      reusePort: this.reusePort,
      ipv6Only: this.ipv6Only,
      listening: false,
      expires: clock.now() + timeWaitMilliseconds,
    });
  }

  /** @param {number} how */
  #shut(how) {
    if (how !== linux.SHUT_WR) this.readShut = true;
    if (how !== linux.SHUT_RD) this.writeShut = true;
  }

  /** @param {number} size */
  #nothingToRead(size) {
    if (size === 0 || this.#endReceived) return stream(NO_BYTES);
    this.throwPendingError();
    if (this.readShut) return stream(NO_BYTES);
    if (this.state === "closed") throw new SystemError("ENOTCONN");
    return undefined;
  }

  #occupied() {
    return this.#received.length + this.#approaching;
  }

  /** How many bytes the buffers between the ends still take. */
  #room() {
    const peer = /** @type {StreamSocket} */ (this.#peer);
    return this.options.sendBuffer + peer.options.receiveBuffer - peer.#occupied();
  }
}

/** @param {Uint8Array} bytes @returns {import("./socket.js").Received} */
function stream(bytes) {
  return { bytes, from: null, truncated: 0 };
}

/**
 * Who listens at an address: its own before the wildcard's, IPv4's before IPv6's. Of several that
 * share a port, the source decides which one.
 *
 * @param {Network} network
 * @param {Endpoint} wanted
 * @param {Endpoint} source
 * @returns {StreamSocket | null}
 */
function findListener(network, wanted, source) {
  /** @type {StreamSocket[]} */
  const listeners = [];
  for (const holder of network.tcpPorts.at(wanted.port)) {
    if (holder instanceof StreamSocket && holder.listening && covers(holder, wanted)) {
      listeners.push(holder);
    }
  }
  const ranks = listeners.map(rank);
  const best = listeners.filter((_, index) => ranks[index] === Math.max(...ranks));
  return best[source.port % best.length] ?? null;
}

/** @param {StreamSocket} listener */
function rank(listener) {
  return (isWildcard(listener.local) ? 0 : 2) + (listener.local.family === linux.AF_INET ? 1 : 0);
}
