// @ts-check

import { Groups } from "./groups.js";
import { ERROR_NUMBERS } from "./errors.js";
import { PortTable } from "./ports.js";
import { UnixNames } from "./unix_names.js";
import { Line } from "./weather.js";

/**
 * @typedef {import("./addresses.js").Address} Address
 * @typedef {import("./clock.js").Clock} Clock
 * @typedef {import("./errors.js").ErrorName} ErrorName
 * @typedef {import("./errors.js").Failure} Failure
 * @typedef {import("./socket.js").Socket} Socket
 * @typedef {import("./weather.js").Weather} Weather
 */

/**
 * What happened. "wait" is a call that begins to wait, "end-of-stream" a FIN, "reset" a RST,
 * "unreachable" the news that nobody has the port of a datagram.
 *
 * @typedef {"socket" | "bind" | "listen" | "connect" | "established" | "refused" | "accept" | "send"
 *   | "sendall" | "sendto" | "recv" | "recv_into" | "recvfrom" | "wait" | "end-of-stream"
 *   | "shutdown" | "reset" | "close" | "lost" | "duplicated" | "delayed" | "unreachable"} Operation
 */

/**
 * @typedef {object} EventFields
 * @property {Address | null} [local]
 * @property {Address | null} [peer] The other end; of a datagram its receiver or its sender.
 * @property {number} [size] Bytes sent or received; the length of the queue for listen.
 * @property {number} [asked] Bytes that the program had room for.
 * @property {Uint8Array} [data] The first 64 bytes.
 * @property {Failure} [error]
 * @property {number} [truncated] Bytes of the datagram that found no room.
 * @property {boolean} [lost] Whether the datagram found the receiver's buffer full.
 * @property {"SHUT_RD" | "SHUT_WR" | "SHUT_RDWR" | "MSG_PEEK" | "process ended"} [detail]
 * @property {Operation} [call] What waits.
 * @property {number} [listener] For accept the listening socket.
 */

/**
 * @typedef {object} EventHead
 * @property {number} number Counts the events from 1.
 * @property {number} milliseconds Since the network was made.
 * @property {string | null} process Name of the process whose socket it is.
 * @property {Operation} operation
 * @property {number} socket
 * @property {"tcp" | "udp" | "unix"} type
 * @property {Address | null} local
 * @property {Address | null} peer
 * @property {boolean} [pair] Whether the socket was made by socketpair.
 */

/** @typedef {EventHead & EventFields} NetworkEvent */

const SHOWN_BYTES = 64;

/** What the sockets of all processes share. */
export class Network {
  tcpPorts;
  udpPorts;
  groups = new Groups();
  unixNames = new UnixNames();
  /** @type {Weather} */
  weather;
  #onEvent;
  #begin;
  #events = 0;
  #sockets = 0;
  #lines = 0;
  /** @type {Map<string, Line>} */
  #datagramLines = new Map();

  /**
   * @param {object} settings
   * @param {((event: NetworkEvent) => void) | undefined} settings.onEvent
   * @param {Weather} settings.weather
   * @param {number} settings.receiveBuffer
   * @param {number} settings.timeWaitMilliseconds
   * @param {Clock} settings.clock
   * @param {() => number} settings.random
   */
  constructor({ onEvent, weather, receiveBuffer, timeWaitMilliseconds, clock, random }) {
    this.#onEvent = onEvent;
    this.weather = weather;
    this.receiveBuffer = receiveBuffer;
    this.timeWaitMilliseconds = timeWaitMilliseconds;
    this.clock = clock;
    this.#begin = clock.now();
    this.tcpPorts = new PortTable(clock.now, random);
    this.udpPorts = new PortTable(clock.now, random);
  }

  nextSocketId() {
    this.#sockets += 1;
    return this.#sockets;
  }

  /** One direction of a new connection. */
  newLine() {
    this.#lines += 1;
    return new Line(() => this.weather, this.#lines, this.clock);
  }

  /**
   * The way of datagrams from one address to another.
   *
   * @param {string} from
   * @param {string} to
   */
  datagramLine(from, to) {
    const key = `${from} ${to}`;
    const line = this.#datagramLines.get(key) ?? this.newLine();
    this.#datagramLines.set(key, line);
    return line;
  }

  /** @param {ErrorName | null} error */
  errorNumber(error) {
    return error === null ? 0 : ERROR_NUMBERS[error];
  }

  /**
   * @param {Operation} operation
   * @param {Socket} socket
   * @param {EventFields} [fields]
   */
  report(operation, socket, fields = {}) {
    if (this.#onEvent === undefined) return;
    this.#events += 1;
    const { data } = fields;
    this.#onEvent({
      number: this.#events,
      milliseconds: this.clock.now() - this.#begin,
      process: socket.owner?.name ?? null,
      operation,
      socket: socket.id,
      type: socket.kind,
      local: socket.name(),
      peer: socket.remoteAddress(),
      ...(socket.pair ? { pair: true } : {}),
      ...fields,
      ...(data === undefined ? {} : { data: data.slice(0, SHOWN_BYTES) }),
    });
  }
}
