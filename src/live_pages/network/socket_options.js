// @ts-check

import * as linux from "./constants.js";
import { SystemError } from "./errors.js";

// The smallest buffers that Linux allows (SOCK_MIN_RCVBUF, SOCK_MIN_SNDBUF), already doubled.
const SMALLEST_RECEIVE_BUFFER = 2304;
const SMALLEST_SEND_BUFFER = 4608;
const LINGER_SIZE = 8;

// Options that are kept and told, and change nothing here: level, name, value at first.
const REMEMBERED = [
  [linux.SOL_SOCKET, 5, 0], // SO_DONTROUTE
  [linux.SOL_SOCKET, linux.SO_KEEPALIVE, 0],
  [linux.SOL_SOCKET, 10, 0], // SO_OOBINLINE
  [linux.SOL_SOCKET, 12, 0], // SO_PRIORITY
  [linux.SOL_SOCKET, 18, 1], // SO_RCVLOWAT
  [linux.SOL_SOCKET, 29, 0], // SO_TIMESTAMP
  [linux.IPPROTO_IP, 1, 0], // IP_TOS
  [linux.IPPROTO_IP, 2, 64], // IP_TTL
  [linux.IPPROTO_IP, linux.IP_MULTICAST_TTL, 1],
  [linux.IPPROTO_IP, linux.IP_MULTICAST_LOOP, 1],
];
const REMEMBERED_TCP = [
  [linux.IPPROTO_TCP, 1, 0], // TCP_NODELAY
  [linux.IPPROTO_TCP, 3, 0], // TCP_CORK
  [linux.IPPROTO_TCP, 4, 7200], // TCP_KEEPIDLE
  [linux.IPPROTO_TCP, 5, 75], // TCP_KEEPINTVL
  [linux.IPPROTO_TCP, 6, 9], // TCP_KEEPCNT
  [linux.IPPROTO_TCP, 12, 1], // TCP_QUICKACK
  [linux.IPPROTO_TCP, 18, 0], // TCP_USER_TIMEOUT
];

/** The options of one socket. */
export class SocketOptions {
  reuseAddress = false;
  reusePort = false;
  broadcast = false;
  ipv6Only = false;
  /** Bytes of the structure linger: two numbers, whether and for how many seconds. */
  linger = new Uint8Array(LINGER_SIZE);
  sendBuffer;
  receiveBuffer;
  #family;
  #type;
  /** @type {Map<string, number>} */
  #remembered = new Map();

  /**
   * @param {number} family
   * @param {number} type
   * @param {number} streamReceiveBuffer Bytes that a TCP connection's end takes unread.
   */
  constructor(family, type, streamReceiveBuffer) {
    this.#family = family;
    this.#type = type;
    const tcp = family !== linux.AF_UNIX && type === linux.SOCK_STREAM;
    this.sendBuffer = tcp ? linux.STREAM_SEND_BUFFER : linux.DATAGRAM_BUFFER;
    this.receiveBuffer = tcp ? streamReceiveBuffer : linux.DATAGRAM_BUFFER;
    for (const [level = 0, name = 0, value = 0] of [...REMEMBERED, ...(tcp ? REMEMBERED_TCP : [])]) {
      if (family !== linux.AF_UNIX || level === linux.SOL_SOCKET) {
        this.#remembered.set(`${level} ${name}`, value);
      }
    }
  }

  /** Whether close is to reset the connection (SO_LINGER with a time of 0). */
  get abortsAtClose() {
    const [on = 0, seconds = 0] = new Int32Array(this.linger.buffer);
    return on !== 0 && seconds === 0;
  }

  /** What an accepted connection has from its listening socket. */
  inherited() {
    const copy = new SocketOptions(this.#family, linux.SOCK_STREAM, this.receiveBuffer);
    const { reuseAddress, reusePort, ipv6Only, linger, sendBuffer, receiveBuffer } = this;
    Object.assign(copy, { reuseAddress, reusePort, ipv6Only, sendBuffer, receiveBuffer });
    copy.linger = linger.slice();
    copy.#remembered = new Map(this.#remembered);
    return copy;
  }

  /**
   * @param {number} level
   * @param {number} name
   * @param {unknown} value
   * @throws {SystemError} ENOPROTOOPT for an option that the socket does not have, EINVAL for a
   *   value that the option cannot have.
   */
  set(level, name, value) {
    if (level === linux.SOL_SOCKET && name === linux.SO_LINGER) {
      if (!(value instanceof Uint8Array) || value.length < LINGER_SIZE) {
        throw new SystemError("EINVAL", "SO_LINGER takes eight bytes");
      }
      this.linger = value.slice(0, LINGER_SIZE);
      return;
    }
    const number = integer(value);
    if (level === linux.SOL_SOCKET) {
      switch (name) {
        case linux.SO_REUSEADDR:
          this.reuseAddress = number !== 0;
          return;
        case linux.SO_REUSEPORT:
          if (this.#family === linux.AF_UNIX) throw new SystemError("EOPNOTSUPP");
          this.reusePort = number !== 0;
          return;
        case linux.SO_BROADCAST:
          this.broadcast = number !== 0;
          return;
        case linux.SO_SNDBUF:
          this.sendBuffer = doubled(number, linux.DATAGRAM_BUFFER, SMALLEST_SEND_BUFFER);
          return;
        case linux.SO_RCVBUF:
          this.receiveBuffer = doubled(number, linux.DATAGRAM_BUFFER, SMALLEST_RECEIVE_BUFFER);
          return;
        case linux.SO_TYPE:
        case linux.SO_ERROR:
        case linux.SO_ACCEPTCONN:
        case linux.SO_DOMAIN:
        case linux.SO_PROTOCOL:
          throw new SystemError("ENOPROTOOPT", "the option can only be read");
      }
    }
    if (level === linux.IPPROTO_IPV6 && name === linux.IPV6_V6ONLY) {
      if (this.#family !== linux.AF_INET6) {
        throw new SystemError(this.#family === linux.AF_INET ? "ENOPROTOOPT" : "EOPNOTSUPP");
      }
      this.ipv6Only = number !== 0;
      return;
    }
    const key = this.#keyOf(level, name);
    const flag = level === linux.SOL_SOCKET || (level === linux.IPPROTO_TCP && name === 1);
    this.#remembered.set(key, flag && name !== 12 && name !== 18 ? Number(number !== 0) : number);
  }

  /**
   * @param {number} level
   * @param {number} name
   * @returns {number | Uint8Array}
   * @throws {SystemError} ENOPROTOOPT
   */
  get(level, name) {
    if (level === linux.SOL_SOCKET) {
      switch (name) {
        case linux.SO_REUSEADDR:
          return Number(this.reuseAddress);
        case linux.SO_REUSEPORT:
          return Number(this.reusePort);
        case linux.SO_BROADCAST:
          return Number(this.broadcast);
        case linux.SO_SNDBUF:
          return this.sendBuffer;
        case linux.SO_RCVBUF:
          return this.receiveBuffer;
        case linux.SO_LINGER:
          return this.linger.slice();
      }
    }
    if (level === linux.IPPROTO_IPV6 && name === linux.IPV6_V6ONLY) {
      if (this.#family !== linux.AF_INET6) throw new SystemError("EOPNOTSUPP");
      return Number(this.ipv6Only);
    }
    // A UDP socket does not know the level at all, but only when it is asked.
    if (level === linux.IPPROTO_TCP && this.#type !== linux.SOCK_STREAM) {
      throw new SystemError("EOPNOTSUPP");
    }
    return /** @type {number} */ (this.#remembered.get(this.#keyOf(level, name)));
  }

  /**
   * @param {number} level
   * @param {number} name
   */
  #keyOf(level, name) {
    const key = `${level} ${name}`;
    if (this.#remembered.has(key)) return key;
    const foreign = this.#family === linux.AF_UNIX && level !== linux.SOL_SOCKET;
    throw new SystemError(foreign ? "EOPNOTSUPP" : "ENOPROTOOPT", `level ${level}, option ${name}`);
  }
}

/**
 * What Linux makes of a size that is asked for: twice as much, within limits.
 *
 * @param {number} asked
 * @param {number} most
 * @param {number} least
 */
function doubled(asked, most, least) {
  const within = asked < 0 ? most : Math.min(asked, most);
  return Math.max(within * 2, least);
}

/** @param {unknown} value */
function integer(value) {
  if (typeof value === "number" || typeof value === "boolean") return Math.trunc(Number(value));
  if (value instanceof Uint8Array && value.length >= 4) {
    return new DataView(value.buffer, value.byteOffset).getInt32(0, true);
  }
  throw new SystemError("EINVAL", "the option takes a number");
}
