// @ts-check

import * as linux from "./constants.js";
import { addressOf, endpointOf, isWildcard, loopbackHost, reachOf, wildcard } from "./addresses.js";
import { SystemError } from "./errors.js";
import { Socket } from "./socket.js";

/**
 * @typedef {import("./addresses.js").Address} Address
 * @typedef {import("./addresses.js").Endpoint} Endpoint
 * @typedef {import("./kernel_process.js").KernelProcess} KernelProcess
 * @typedef {import("./network.js").Network} Network
 * @typedef {import("./ports.js").PortTable} PortTable
 */

/** A socket of the IP families, which has a port. */
export class IpSocket extends Socket {
  /** @type {Endpoint} */
  local;
  /** @type {Endpoint | null} */
  remote = null;
  /** Whether the program chose the port and keeps it, whatever becomes of the connection. */
  boundByProgram = false;
  /** Moment from which the socket holds its port no longer. */
  expires = Infinity;
  #holdsPort = false;

  /**
   * @param {Network} network
   * @param {KernelProcess | null} owner
   * @param {number} family
   * @param {number} type
   * @param {number} protocol
   * @param {PortTable} ports
   */
  constructor(network, owner, family, type, protocol, ports) {
    super(network, owner, family, type, protocol);
    this.ports = ports;
    this.local = wildcard(family);
  }

  get reuseAddress() {
    return this.options.reuseAddress;
  }

  get reusePort() {
    return this.options.reusePort;
  }

  get ipv6Only() {
    return this.options.ipv6Only;
  }

  /** @param {unknown} address */
  bind(address) {
    const endpoint = endpointOf(address, this.family);
    const mapped = this.family === linux.AF_INET6 && endpoint.family === linux.AF_INET;
    if (mapped && this.ipv6Only) throw new SystemError("EINVAL");
    if (reachOf(endpoint) === "elsewhere") throw new SystemError("EADDRNOTAVAIL");
    if (endpoint.port > 0 && endpoint.port < linux.FIRST_UNPRIVILEGED_PORT) {
      throw new SystemError("EACCES");
    }
    if (this.#holdsPort) throw new SystemError("EINVAL");
    this.#take(endpoint);
    this.boundByProgram = endpoint.port !== 0;
  }

  name() {
    return addressOf(this.local, this.family);
  }

  /** The other end as the program sees it, whatever state the connection is in. */
  remoteAddress() {
    return this.remote === null ? null : addressOf(this.remote, this.family);
  }

  /**
   * @param {number} level
   * @param {number} name
   * @param {unknown} value
   */
  setOption(level, name, value) {
    if (level === linux.IPPROTO_IPV6 && name === linux.IPV6_V6ONLY && this.#holdsPort) {
      throw new SystemError("EINVAL", "IPV6_V6ONLY must be set before bind");
    }
    super.setOption(level, name, value);
  }

  bindIfUnbound() {
    if (!this.#holdsPort) this.#take(wildcard(this.family));
  }

  /**
   * Gives the socket the address from which a destination is reached.
   *
   * @param {Endpoint} remote
   */
  chooseSource(remote) {
    const host = loopbackHost(remote.family);
    if (!this.#holdsPort) {
      this.#take({ family: remote.family, host, port: 0 });
    } else if (isWildcard(this.local)) {
      this.local = { family: remote.family, host, port: this.local.port };
    }
  }

  /** Puts the socket down at the port of its address, which it shares by right. */
  holdPort() {
    this.ports.add(this);
    this.#holdsPort = true;
  }

  releasePort() {
    this.ports.release(this);
    this.#holdsPort = false;
  }

  /** Gives the port back, the number of which is still told, as on Linux. */
  forgetAddress() {
    this.releasePort();
    this.local = wildcard(this.family, this.local.port);
  }

  /** @param {Endpoint} endpoint */
  #take(endpoint) {
    this.ports.take(this, endpoint);
    this.#holdsPort = true;
  }
}
