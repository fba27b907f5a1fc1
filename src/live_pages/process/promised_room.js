// @ts-check
/**
 * What a program may send without waiting for the kernel's answer.
 *
 * With the answer to a call the kernel promises to take so many bytes more on a connection, and it
 * takes the promise back before it tells of anything that has changed. So a program that sends
 * and then receives asks once instead of twice, and finds what it would have found.
 */

// Calls after which more can be sent just as before.
const KEEPING = new Set(["recv", "recv_into", "recvfrom", "poll"]);
// What the other end has done while a program computed, the program has yet to be told.
const FRESH_MILLISECONDS = 100;

/** @typedef {{ id: number, room: number }} RoomPromise Of which socket, and how many bytes. */

/** The promises that one process was given. */
export class PromisedRoom {
  /** @type {Map<number, number>} */
  #rooms = new Map();
  #newsAt = -Infinity;
  #now;

  /** @param {() => number} [now] Milliseconds. */
  constructor(now = () => performance.now()) {
    this.#now = now;
  }

  /** Notes that all that the page had told until now has come. */
  noteNews() {
    this.#newsAt = this.#now();
  }

  /** @param {RoomPromise} promise */
  take({ id, room }) {
    this.#rooms.set(id, room);
  }

  /** @param {number} id */
  retract(id) {
    this.#rooms.delete(id);
  }

  /**
   * Forgets what need not be true any more after a call.
   *
   * @param {string} operation
   * @param {readonly unknown[]} args
   */
  noteCall(operation, args) {
    // What another process has got too, that may send or end as well.
    if (operation === "pass_sockets") this.#rooms.clear();
    else if (!KEEPING.has(operation)) this.#rooms.delete(/** @type {number} */ (args[0]));
  }

  /**
   * @param {number} id
   * @param {number} size Bytes to be sent.
   * @returns {boolean} Whether they need no answer; they are then counted as sent.
   */
  spend(id, size) {
    const room = this.#rooms.get(id);
    if (room === undefined || size > room) return false;
    if (this.#now() - this.#newsAt > FRESH_MILLISECONDS) return false;
    this.#rooms.set(id, room - size);
    return true;
  }
}
