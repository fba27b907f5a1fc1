// @ts-check
/**
 * A loopback network with Linux's behaviour, for programs that have no system beneath them:
 *
 *     const kernel = new Kernel({ onEvent: console.log });
 *     const server = kernel.process("server");
 *     const { value: listener } = await server.call("socket", [AF_INET, SOCK_STREAM, 0]);
 */

import { systemClock } from "./clock.js";
import { STREAM_RECEIVE_BUFFER } from "./constants.js";
import { KernelProcess, PYODIDE_CREDENTIALS } from "./kernel_process.js";
import { Network } from "./network.js";
import { CALM } from "./weather.js";

/**
 * @typedef {object} KernelOptions
 * @property {(event: import("./network.js").NetworkEvent) => void} [onEvent]
 *   Told of everything that happens, in order.
 * @property {Partial<import("./weather.js").Weather>} [weather]
 * @property {number} [receiveBuffer] Bytes that an end of a TCP connection takes unread.
 * @property {number} [timeWaitMilliseconds] How long a closed connection holds its port.
 * @property {import("./clock.js").Clock} [clock]
 * @property {() => number} [random] From 0 up to 1; chooses ephemeral ports.
 */

const TIME_WAIT_MILLISECONDS = 60_000;

/** The network, and the processes on it. */
export class Kernel {
  #network;

  /** @param {KernelOptions} [options] */
  constructor(options = {}) {
    this.#network = new Network({
      onEvent: options.onEvent,
      weather: { ...CALM, ...options.weather },
      receiveBuffer: options.receiveBuffer ?? STREAM_RECEIVE_BUFFER,
      timeWaitMilliseconds: options.timeWaitMilliseconds ?? TIME_WAIT_MILLISECONDS,
      clock: options.clock ?? systemClock,
      random: options.random ?? Math.random,
    });
  }

  /** The weather; what is already on its way is not affected by a change. */
  get weather() {
    return this.#network.weather;
  }

  /** @param {Partial<import("./weather.js").Weather>} weather What is not named is calm. */
  set weather(weather) {
    this.#network.weather = { ...CALM, ...weather };
  }

  /**
   * A new process.
   *
   * @param {string} name What events call it.
   * @param {import("./kernel_process.js").Credentials} [credentials]
   */
  process(name, credentials = PYODIDE_CREDENTIALS) {
    return new KernelProcess(this.#network, name, credentials);
  }
}
