// @ts-check

import * as linux from "./constants.js";
import {
  addressOf,
  destination,
  endpointOf,
  ipv4Text,
  isWildcard,
  loopbackHost,
  reachOf,
  sameEndpoint,
} from "./addresses.js";
import { SystemError } from "./errors.js";
import { IpSocket } from "./ip_socket.js";
import { covers } from "./ports.js";

/**
 * @typedef {import("./addresses.js").Endpoint} Endpoint
 * @typedef {import("./kernel_process.js").KernelProcess} KernelProcess
 * @typedef {import("./network.js").Network} Network
 */

/**
 * @typedef {object} Datagram
 * @property {Uint8Array} bytes
 * @property {Endpoint} from
 */

// 65535 less the headers of IPv4 and UDP; IPv6's header is not counted.
const LARGEST_DATAGRAM = new Map([
  [linux.AF_INET, 65507],
  [linux.AF_INET6, 65527],
]);
const REQUEST_SIZE = 8;
// Sizes of sk_buff and skb_shared_info, of its smallest data, and of the headers before the data.
const BUFFER_DESCRIPTION = 256;
const BUFFER_END = 320;
const SMALL_DATA = 256;
const DATAGRAM_HEADERS = 60;
const ANY_INTERFACE = "0.0.0.0";

/** A UDP socket. */
export class DatagramSocket extends IpSocket {
  /** @type {Datagram[]} */
  #received = [];
  #occupied = 0;
  /** Whether the interface of multicasts was chosen, which is loopback then. */
  #multicastInterface = false;

  /**
   * @param {Network} network
   * @param {KernelProcess | null} owner
   * @param {number} family
   */
  constructor(network, owner, family) {
    super(network, owner, family, linux.SOCK_DGRAM, linux.IPPROTO_UDP, network.udpPorts);
  }

  /** @param {unknown} address */
  connect(address) {
    const remote = destination(endpointOf(address, this.family));
    this.#checkReach(remote);
    this.chooseSource(remote);
    this.remote = remote;
    this.report("connect");
    return null;
  }

  /**
   * @param {Uint8Array} bytes
   * @param {unknown} address
   * @param {"send" | "sendall" | "sendto"} operation What events call it.
   * @returns {number}
   */
  trySend(bytes, address, operation) {
    const remote = this.#destinationOf(address);
    if (bytes.length > /** @type {number} */ (LARGEST_DATAGRAM.get(remote.family))) {
      throw new SystemError("EMSGSIZE");
    }
    this.#checkReach(remote);
    this.bindIfUnbound();
    this.throwPendingError();
    if (this.writeShut) throw new SystemError("EPIPE");
    const single = reachOf(this.local) === "local";
    const host = single ? this.local.host : loopbackHost(remote.family);
    const from = { family: remote.family, host, port: this.local.port };
    const peer = addressOf(remote, this.family);
    this.report(operation, { size: bytes.length, data: bytes, peer });
    const line = this.network.datagramLine(from.host + from.port, remote.host + remote.port);
    line.carryDatagram(
      () => this.#arrive(bytes, from, remote),
      (what) => this.report(what, { size: bytes.length, data: bytes, peer }),
    );
    return bytes.length;
  }

  /**
   * @param {number} size
   * @param {number} flags
   */
  tryReceive(size, flags) {
    this.throwPendingError();
    const [first] = this.#received;
    if (first === undefined) {
      if (!this.readShut || flags & linux.MSG_DONTWAIT) return undefined;
      return { bytes: new Uint8Array(0), from: null, truncated: 0 };
    }
    if (!(flags & linux.MSG_PEEK)) {
      this.#received.shift();
      this.#occupied -= occupiedBy(first.bytes.length);
    }
    const truncated = Math.max(0, first.bytes.length - size);
    const bytes = truncated > 0 ? first.bytes.slice(0, size) : first.bytes;
    return { bytes, from: addressOf(first.from, this.family), truncated };
  }

  /** @param {number} how */
  shutdown(how) {
    if (how !== linux.SHUT_WR) this.readShut = true;
    if (how !== linux.SHUT_RD) this.writeShut = true;
    this.changed.wake();
    if (this.remote === null) throw new SystemError("ENOTCONN");
  }

  pollBits() {
    const readable = this.#received.length > 0 ? linux.POLLIN : 0;
    return this.shutdownBits() | readable | linux.POLLOUT;
  }

  peerName() {
    if (this.remote === null) throw new SystemError("ENOTCONN");
    return addressOf(this.remote, this.family);
  }

  /**
   * @param {number} level
   * @param {number} name
   * @param {unknown} value
   */
  setOption(level, name, value) {
    if (level === linux.IPPROTO_IP && value instanceof Uint8Array) {
      switch (name) {
        case linux.IP_MULTICAST_IF:
          this.#chooseInterface(value);
          return;
        case linux.IP_ADD_MEMBERSHIP:
          this.network.groups.join(groupIn(value), this);
          return;
        case linux.IP_DROP_MEMBERSHIP:
          this.network.groups.leave(groupIn(value), this);
          return;
      }
    }
    super.setOption(level, name, value);
  }

  release() {
    this.network.groups.leaveAll(this);
    this.releasePort();
    this.#received = [];
  }

  /** @param {unknown} address */
  #destinationOf(address) {
    if (address === null) {
      if (this.remote === null) throw new SystemError("EDESTADDRREQ");
      return this.remote;
    }
    const remote = destination(endpointOf(address, this.family));
    if (remote.port === 0) throw new SystemError("EINVAL");
    return remote;
  }

  /** @param {Endpoint} remote */
  #checkReach(remote) {
    const reach = reachOf(remote);
    if (reach === "broadcast" && !remote.host.startsWith("127.")) {
      throw new SystemError("ENETUNREACH");
    }
    if (reach === "broadcast" && !this.options.broadcast) throw new SystemError("EACCES");
    if (reach === "elsewhere" || (reach === "multicast" && !this.#multicastInterface)) {
      throw new SystemError("ENETUNREACH");
    }
    if (this.family === linux.AF_INET6 && this.ipv6Only && remote.family === linux.AF_INET) {
      throw new SystemError("ENETUNREACH");
    }
  }

  /**
   * @param {Uint8Array} bytes
   * @param {Endpoint} from
   * @param {Endpoint} to
   */
  #arrive(bytes, from, to) {
    const reach = reachOf(to);
    const receivers = receiversOf(this.network, to, from);
    if (reach === "multicast") {
      if (!this.network.groups.isHeard(to.host)) return;
    } else if (reach === "local" && receivers.length === 0) {
      this.#unreachable(to);
      return;
    }
    const chosen = reach === "local" ? choose(receivers, to, from) : receivers.reverse();
    for (const receiver of chosen) receiver.#take({ bytes, from });
  }

  /** @param {Datagram} datagram */
  #take(datagram) {
    const { length } = datagram.bytes;
    if (this.#occupied + occupiedBy(length) > this.options.receiveBuffer) {
      const peer = addressOf(datagram.from, this.family);
      this.report("lost", { lost: true, size: length, data: datagram.bytes, peer });
      return;
    }
    this.#received.push(datagram);
    this.#occupied += occupiedBy(length);
    this.changed.wake();
  }

  /** @param {Endpoint} to */
  #unreachable(to) {
    this.report("unreachable", { peer: addressOf(to, this.family), error: "ECONNREFUSED" });
    // Only who is connected is told: another socket could not say which datagram is meant.
    if (this.remote === null) return;
    this.error = "ECONNREFUSED";
    this.changed.wake();
  }

  /** @param {Uint8Array} bytes */
  #chooseInterface(bytes) {
    const host = ipv4Text(bytes);
    if (host !== ANY_INTERFACE && reachOf({ family: linux.AF_INET, host, port: 0 }) !== "local") {
      throw new SystemError("EADDRNOTAVAIL");
    }
    this.#multicastInterface = host !== ANY_INTERFACE;
  }
}

/**
 * @param {Uint8Array} request ip_mreq: the group and the interface.
 * @returns {string} The group.
 */
function groupIn(request) {
  if (request.length < REQUEST_SIZE) throw new SystemError("EINVAL");
  const host = ipv4Text(request);
  if (reachOf({ family: linux.AF_INET, host, port: 0 }) !== "multicast") {
    throw new SystemError("EINVAL", `${host} is no group`);
  }
  return host;
}

/**
 * What a datagram takes of the receiver's buffer: Linux counts its own book-keeping too.
 *
 * @param {number} size
 */
function occupiedBy(size) {
  const needed = size + DATAGRAM_HEADERS;
  if (needed <= SMALL_DATA) return BUFFER_DESCRIPTION + SMALL_DATA + BUFFER_END;
  return BUFFER_DESCRIPTION + 2 ** Math.ceil(Math.log2(needed + BUFFER_END));
}

/**
 * The sockets to which a datagram may go, in the order in which they were bound.
 *
 * @param {Network} network
 * @param {Endpoint} to
 * @param {Endpoint} from
 */
function receiversOf(network, to, from) {
  /** @type {DatagramSocket[]} */
  const receivers = [];
  for (const holder of network.udpPorts.at(to.port)) {
    if (!(holder instanceof DatagramSocket) || !covers(holder, to)) continue;
    if (holder.remote === null || sameEndpoint(holder.remote, from)) receivers.push(holder);
  }
  return receivers;
}

/**
 * The one that is bound most closely to the addresses; of several, the one that came last, unless
 * they share the port by SO_REUSEPORT: then the source decides.
 *
 * @param {DatagramSocket[]} receivers
 * @param {Endpoint} to
 * @param {Endpoint} from
 */
function choose(receivers, to, from) {
  const ranks = receivers.map((receiver) => rank(receiver));
  const best = receivers.filter((_, index) => ranks[index] === Math.max(...ranks));
  const shared = best.every((receiver) => receiver.reusePort);
  const index = shared ? (from.port + to.port) % best.length : best.length - 1;
  return best.slice(index, index + 1);
}

/** @param {DatagramSocket} receiver */
function rank({ local, remote }) {
  const exact = isWildcard(local) ? 0 : 4;
  return exact + (remote === null ? 0 : 2) + (local.family === linux.AF_INET ? 1 : 0);
}
