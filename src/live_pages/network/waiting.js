// @ts-check

/** Where those wait who need something of a socket to change. */
export class WaitPoint {
  /** @type {Set<() => void>} */
  #waiters = new Set();

  /** @param {() => void} waiter */
  add(waiter) {
    this.#waiters.add(waiter);
  }

  /** @param {() => void} waiter */
  remove(waiter) {
    this.#waiters.delete(waiter);
  }

  /** Lets everyone look again, who came first first. */
  wake() {
    for (const waiter of [...this.#waiters]) waiter();
  }
}
