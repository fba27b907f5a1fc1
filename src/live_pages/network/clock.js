// @ts-check
/** Time, as the network sees it; tests put a clock of their own in its place. */

/**
 * @typedef {object} Clock
 * @property {() => number} now Milliseconds since some moment.
 * @property {(milliseconds: number, action: () => void) => () => void} schedule
 *   Does the action once so many milliseconds have passed; returns what cancels it.
 */

// Beyond this setTimeout does not wait at all.
const LONGEST_TIMER = 2 ** 31 - 1;

/** @type {Clock} */
export const systemClock = Object.freeze({
  now: () => performance.now(),
  /** @param {number} milliseconds @param {() => void} action */
  schedule(milliseconds, action) {
    const timer = setTimeout(action, Math.min(milliseconds, LONGEST_TIMER));
    return () => clearTimeout(timer);
  },
});
