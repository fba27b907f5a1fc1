// @ts-check
/** The bar below a block: its buttons, and what it says. */

import { announce } from "./announcements.js";
import { button, element } from "./elements.js";

const SECOND_PRESS_MILLISECONDS = 3000;

/** A block's bar. */
export class Controls {
  #bar;
  #status;
  #stop;
  #reset;
  #progress = element("progress", { hidden: true, "aria-label": "Loading" });
  #pressed = -Infinity;

  /**
   * @param {HTMLElement} place The block's element, which has its bar already.
   * @param {{ interrupt(): void, kill(): void, reset(): void }} actions
   */
  constructor(place, actions) {
    const bar = place.querySelector(":scope > .live-bar");
    const status = bar?.querySelector(".live-status");
    if (!(bar instanceof HTMLElement) || !(status instanceof HTMLElement)) {
      throw new Error("the block has no bar; load the page anew");
    }
    this.#bar = bar;
    this.#status = status;
    this.#stop = button("Stop", () => this.#onStop(actions), { "data-live-action": "stop" });
    this.#reset = button("Reset", () => actions.reset(), { "data-live-action": "reset" });
    this.#stop.hidden = this.#reset.hidden = true;
    status.before(this.#stop, this.#reset, this.#progress);
  }

  /**
   * The first press asks as Ctrl-C does; the next one soon after it takes no answer.
   *
   * @param {{ interrupt(): void, kill(): void }} actions
   */
  #onStop(actions) {
    const now = performance.now();
    if (now - this.#pressed < SECOND_PRESS_MILLISECONDS) {
      actions.kill();
    } else {
      this.#pressed = now;
      // First, since what the program says of it is news.
      this.say("Ctrl-C was pressed. If the program goes on, press Stop once more.");
      actions.interrupt();
    }
  }

  /**
   * @param {string} text What the bar says.
   * @param {{ loading?: boolean, aloud?: boolean }} [how] `aloud`: to screen readers again, where
   *   the bar may be out of sight.
   */
  say(text, { loading = false, aloud = false } = {}) {
    this.#status.textContent = text;
    this.#progress.hidden = !loading;
    if (aloud) announce(text);
  }

  /** @param {boolean} runs */
  setRunning(runs) {
    this.#stop.hidden = !runs;
    if (runs) this.#reset.hidden = false;
    else this.#pressed = -Infinity;
    if (!runs) this.#progress.hidden = true;
  }

  /** @param {boolean} can */
  setResettable(can) {
    this.#reset.hidden = !can;
  }

  /** @param {...Node} nodes More that belongs into the bar. */
  append(...nodes) {
    this.#bar.append(...nodes);
  }
}
