// @ts-check
/** What the interpreter looks at, every few instructions, to learn of a signal. */

// After so long without a system call a program is taken to compute.
const BUSY_MILLISECONDS = 300;

/** Tells of Ctrl-C where memory is shared, and asks a program that computes where it is. */
export class SignalLine {
  #shared;
  #host;
  #signal;
  #asked = 0;

  /**
   * @param {Uint8Array | undefined} shared Its first byte is the page's signal.
   * @param {import("./host.js").Host} host Knows when the program last made a call.
   * @param {number} signal By which a program that computes is asked.
   */
  constructor(shared, host, signal) {
    this.#shared = shared;
    this.#host = host;
    this.#signal = signal;
  }

  get 0() {
    const sent = this.#shared?.[0];
    if (sent) return sent;
    const now = performance.now();
    if (now - Math.max(this.#host.lastCall, this.#asked) < BUSY_MILLISECONDS) return 0;
    this.#asked = now;
    return this.#signal;
  }

  set 0(value) {
    if (this.#shared) this.#shared[0] = value;
  }
}
