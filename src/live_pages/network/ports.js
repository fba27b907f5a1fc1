// @ts-check

import { AF_INET } from "./constants.js";
import { FIRST_EPHEMERAL_PORT, LAST_EPHEMERAL_PORT } from "./constants.js";
import { isWildcard } from "./addresses.js";
import { SystemError } from "./errors.js";

/** @typedef {import("./addresses.js").Endpoint} Endpoint */

/**
 * Who has a port: a socket, or the memory of one.
 *
 * @typedef {object} PortHolder
 * @property {Endpoint} local
 * @property {boolean} reuseAddress SO_REUSEADDR
 * @property {boolean} reusePort SO_REUSEPORT
 * @property {boolean} ipv6Only IPV6_V6ONLY
 * @property {boolean} listening
 * @property {number} expires Moment from which it holds the port no longer.
 */

/** The ports of one protocol and who has them. */
export class PortTable {
  /** @type {Map<number, PortHolder[]>} */
  #holders = new Map();
  #now;
  #random;

  /**
   * @param {() => number} now The clock by which holders expire.
   * @param {() => number} random From 0 up to 1; chooses ephemeral ports.
   */
  constructor(now, random) {
    this.#now = now;
    this.#random = random;
  }

  /**
   * Who has the port, in the order in which they took it.
   *
   * @param {number} port
   * @returns {readonly PortHolder[]}
   */
  at(port) {
    const holders = this.#holders.get(port);
    if (holders === undefined) return [];
    const living = holders.filter((holder) => holder.expires > this.#now());
    if (living.length === 0) this.#holders.delete(port);
    else if (living.length < holders.length) this.#holders.set(port, living);
    return living;
  }

  /**
   * Gives the port of an endpoint to a holder, or an ephemeral one if the port is 0.
   *
   * @param {PortHolder} holder Gets the endpoint as its `local`.
   * @param {Endpoint} endpoint
   * @throws {SystemError} EADDRINUSE
   */
  take(holder, endpoint) {
    const port = endpoint.port || this.#ephemeral();
    const wanted = { ...endpoint, port };
    if (this.at(port).some((other) => conflict(holder, wanted, other))) {
      throw new SystemError("EADDRINUSE");
    }
    holder.local = wanted;
    this.add(holder);
  }

  /**
   * Puts down a holder that shares its port by right, such as an accepted connection.
   *
   * @param {PortHolder} holder
   */
  add(holder) {
    const { port } = holder.local;
    this.#holders.set(port, [...this.at(port), holder]);
  }

  /** @param {PortHolder} holder */
  release(holder) {
    const { port } = holder.local;
    const left = this.at(port).filter((other) => other !== holder);
    if (left.length === 0) this.#holders.delete(port);
    else this.#holders.set(port, left);
  }

  /**
   * Whether a holder that has its port may listen there beside the others.
   *
   * @param {PortHolder} holder
   */
  mayListen(holder) {
    const others = this.at(holder.local.port).filter((other) => other !== holder);
    return !others.some((other) => conflict(holder, holder.local, other));
  }

  #ephemeral() {
    const count = LAST_EPHEMERAL_PORT - FIRST_EPHEMERAL_PORT + 1;
    const start = Math.floor(this.#random() * count);
    for (let step = 0; step < count; step += 1) {
      const port = FIRST_EPHEMERAL_PORT + ((start + step) % count);
      if (this.at(port).length === 0) return port;
    }
    throw new SystemError("EADDRINUSE", "no ephemeral port is left");
  }
}

/**
 * Whether what is sent to the endpoint may be meant for who is bound there.
 *
 * @param {Endpoint} endpoint
 * @param {PortHolder} holder
 */
export function covers(holder, endpoint) {
  const { local } = holder;
  if (!isWildcard(local)) return local.host === endpoint.host;
  if (local.family === AF_INET) return endpoint.family === AF_INET;
  return endpoint.family !== AF_INET || !holder.ipv6Only;
}

/**
 * @param {PortHolder} holder
 * @param {Endpoint} wanted
 * @param {PortHolder} other
 */
function conflict(holder, wanted, other) {
  const overlap =
    covers(other, wanted) || covers({ ...pick(holder), local: wanted }, other.local);
  if (!overlap) return false;
  const reuseAddress = holder.reuseAddress && other.reuseAddress && !other.listening;
  return !reuseAddress && !(holder.reusePort && other.reusePort);
}

/** @param {PortHolder} holder */
function pick({ local, reuseAddress, reusePort, ipv6Only, listening, expires }) {
  return { local, reuseAddress, reusePort, ipv6Only, listening, expires };
}
