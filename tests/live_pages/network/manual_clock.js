// @ts-check

/** A clock that goes on only when a test says so. */
export class ManualClock {
  #now = 0;
  /** @type {{ at: number, action: () => void }[]} */
  #timers = [];

  now = () => this.#now;

  /**
   * @param {number} milliseconds
   * @param {() => void} action
   */
  schedule = (milliseconds, action) => {
    const timer = { at: this.#now + milliseconds, action };
    this.#timers.push(timer);
    return () => {
      this.#timers = this.#timers.filter((other) => other !== timer);
    };
  };

  /** How many actions are still to come. */
  get pending() {
    return this.#timers.length;
  }

  /** @param {number} milliseconds */
  advance(milliseconds) {
    const end = this.#now + milliseconds;
    for (;;) {
      const [next] = this.#timers.toSorted((one, other) => one.at - other.at);
      if (next === undefined || next.at > end) break;
      this.#timers = this.#timers.filter((timer) => timer !== next);
      this.#now = next.at;
      next.action();
    }
    this.#now = end;
  }
}
