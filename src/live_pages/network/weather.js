// @ts-check

import { systemClock } from "./clock.js";

/**
 * What the network does to what it carries. Names and units are those of the program
 * `examples/unreliable_network`.
 *
 * @typedef {object} Weather
 * @property {number} delay Seconds that everything takes on its way.
 * @property {number} jitter Up to so many seconds more, another number each time.
 * @property {number} loss Probability that a datagram is dropped, or that a piece of a stream has to
 *   be sent again.
 * @property {number} duplication Probability that a datagram arrives twice.
 * @property {number} reordering Probability that a datagram is held back until the next one has
 *   overtaken it.
 * @property {boolean} oneByteAtATime Whether who reads a stream gets each byte by itself.
 * @property {number} seed Two runs with one seed do the same to the same datagrams.
 */

/** @type {Readonly<Weather>} */
export const CALM = Object.freeze({
  delay: 0,
  jitter: 0,
  loss: 0,
  duplication: 0,
  reordering: 0,
  oneByteAtATime: false,
  seed: 0,
});

/** What becomes of something sent. @typedef {"lost" | "duplicated" | "delayed"} Misfortune */

// Linux sends a lost piece again after this time at the earliest (TCP_RTO_MIN).
const RETRANSMISSION_SECONDS = 0.2;
const HELD_BACK_SECONDS_AT_MOST = 1;

/** One direction between two ends: carries in order what may not be reordered. */
export class Line {
  #random;
  #clock;
  #weather;
  #arrival = 0;
  /** @type {(() => void)[]} */
  #onTheWay = [];
  /** @type {(() => void) | null} */
  #releaseHeld = null;

  /**
   * @param {() => Weather} weather The weather that it is now.
   * @param {number} number Tells the line from others: each has random numbers of its own.
   * @param {import("./clock.js").Clock} [clock]
   */
  constructor(weather, number, clock = systemClock) {
    this.#weather = weather;
    this.#clock = clock;
    this.#random = randomNumbers(`${weather().seed} ${number}`);
  }

  /**
   * Carries a piece of a stream, or what opens and ends one: nothing is lost for good, and nothing
   * overtakes.
   *
   * @param {() => void} arrive
   * @param {(what: Misfortune) => void} [report] Given for data, which alone is lost on the way.
   */
  carryInOrder(arrive, report) {
    const weather = this.#weather();
    const lost = report !== undefined && this.#happens(weather.loss);
    if (lost) report("lost");
    const seconds = this.#seconds(weather) + (lost ? RETRANSMISSION_SECONDS : 0);
    if (seconds === 0 && this.#onTheWay.length === 0) {
      arrive();
      return;
    }
    const now = this.#clock.now();
    this.#arrival = Math.max(this.#arrival, now + seconds * 1000);
    this.#onTheWay.push(arrive);
    // Timers may end in another order than they should: each lets arrive what is the oldest.
    this.#clock.schedule(this.#arrival - now, () => this.#onTheWay.shift()?.());
  }

  /**
   * Carries a datagram, or does not.
   *
   * @param {() => void} arrive Called once, twice or not at all.
   * @param {(what: Misfortune) => void} report
   */
  carryDatagram(arrive, report) {
    const weather = this.#weather();
    // Always all numbers: more loss must not change what is reordered.
    const lost = this.#happens(weather.loss);
    const reordered = this.#happens(weather.reordering);
    const duplicated = this.#happens(weather.duplication);
    const seconds = this.#seconds(weather);
    if (lost) {
      report("lost");
      return;
    }
    if (reordered && this.#releaseHeld === null) {
      report("delayed");
      this.#hold(() => this.#after(seconds, arrive));
      return;
    }
    this.#after(seconds, arrive);
    if (duplicated) {
      report("duplicated");
      this.#after(seconds, arrive);
    }
    this.#releaseHeld?.();
  }

  /** @param {() => void} send */
  #hold(send) {
    const cancel = this.#clock.schedule(HELD_BACK_SECONDS_AT_MOST * 1000, () => release());
    const release = () => {
      cancel();
      this.#releaseHeld = null;
      send();
    };
    this.#releaseHeld = release;
  }

  /**
   * @param {number} seconds
   * @param {() => void} action
   */
  #after(seconds, action) {
    if (seconds === 0) action();
    else this.#clock.schedule(seconds * 1000, action);
  }

  /** @param {number} probability */
  #happens(probability) {
    return this.#random() < probability;
  }

  /** @param {Weather} weather */
  #seconds(weather) {
    return weather.delay + this.#random() * weather.jitter;
  }
}

/**
 * Random numbers from 0 up to 1, the same for the same text (xmur3 and mulberry32).
 *
 * @param {string} text
 * @returns {() => number}
 */
function randomNumbers(text) {
  let state = 1779033703 ^ text.length;
  for (const character of text) {
    state = Math.imul(state ^ character.charCodeAt(0), 3432918353);
    state = (state << 13) | (state >>> 19);
  }
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
