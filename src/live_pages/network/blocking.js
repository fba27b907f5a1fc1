// @ts-check

import { SystemError } from "./errors.js";

/**
 * @typedef {import("./clock.js").Clock} Clock
 * @typedef {import("./waiting.js").WaitPoint} WaitPoint
 */

/**
 * A call that may have to wait.
 *
 * @template T
 * @typedef {object} Attempt
 * @property {WaitPoint[]} points Where it waits: each wakes it, and it tries again.
 * @property {number} timeout Milliseconds; -1 for ever, 0 not at all.
 * @property {() => T | undefined} attempt Answers undefined while the call has to wait.
 * @property {() => T} [timedOut] The answer when the time is over; without, ETIMEDOUT_PYTHON.
 * @property {() => T} [interrupted] The answer when a signal came; without, EINTR.
 */

/** The calls of a process that wait. */
export class BlockedCalls {
  /** @type {Set<() => void>} */
  #interrupts = new Set();
  #clock;

  /** @param {Clock} clock */
  constructor(clock) {
    this.#clock = clock;
  }

  /** How many calls wait. */
  get size() {
    return this.#interrupts.size;
  }

  /** Ends the wait of all of them as a signal does. */
  interrupt() {
    for (const interrupt of [...this.#interrupts]) interrupt();
  }

  /**
   * Makes a call: answers at once if it need not wait.
   *
   * @template T
   * @param {Attempt<T>} call
   * @returns {T | Promise<T>}
   * @throws {SystemError} EAGAIN if it would have to wait and may not.
   */
  run(call) {
    const value = call.attempt();
    if (value !== undefined) return value;
    if (call.timeout === 0) throw new SystemError("EAGAIN");
    return new Promise((resolve, reject) => this.#wait(call, resolve, reject));
  }

  /**
   * @template T
   * @param {Attempt<T>} call
   * @param {(value: T) => void} resolve
   * @param {(error: unknown) => void} reject
   */
  #wait({ points, timeout, attempt, timedOut, interrupted }, resolve, reject) {
    let cancelTimer = () => {};
    let attempting = false;
    let over = false;

    /** @param {() => T | undefined} answer */
    const endIf = (answer) => {
      try {
        const value = answer();
        if (value === undefined) return;
        end();
        resolve(value);
      } catch (error) {
        end();
        reject(error);
      }
    };
    const tryAgain = () => {
      // What an attempt does may wake the very socket that it waits for.
      if (attempting || over) return;
      attempting = true;
      endIf(attempt);
      attempting = false;
    };
    const interrupt = () => endIf(interrupted ?? failing("EINTR"));
    const end = () => {
      over = true;
      cancelTimer();
      this.#interrupts.delete(interrupt);
      for (const point of points) point.remove(tryAgain);
    };

    this.#interrupts.add(interrupt);
    for (const point of points) point.add(tryAgain);
    if (timeout > 0) {
      const giveUp = timedOut ?? failing("ETIMEDOUT_PYTHON");
      cancelTimer = this.#clock.schedule(timeout, () => endIf(giveUp));
    }
  }
}

/**
 * @param {import("./errors.js").Failure} code
 * @returns {() => never}
 */
function failing(code) {
  return () => {
    throw new SystemError(code);
  };
}
