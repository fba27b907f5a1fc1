// @ts-check
/** A terminal and the program in it; knows nothing of how it is shown. */

import { FOLDER } from "../process/python_process.js";

/**
 * @typedef {import("./played_page.js").PlayedPage} PlayedPage
 * @typedef {import("../network/kernel.js").Kernel} Kernel
 *
 * @typedef {object} Screen Where a terminal's text goes.
 * @property {(kind: "prompt" | "command" | "output" | "typed" | "key", text: string) => void} show
 * @property {(waits: boolean) => void} waitForInput Whether the program waits for a line.
 * @property {(runs: boolean) => void} setRunning
 */

/** @typedef {Awaited<ReturnType<PlayedPage["startPython"]>>} Process */

/** What a program is told to have ended with when it was killed. */
const KILLED = 137;

/** One terminal. */
export class Terminal {
  #page;
  #kernel;
  /** @type {Process | null} */
  #process = null;
  /** @type {Set<() => void>} */
  #waiting = new Set();
  /** @type {(() => void) | null} */
  #onKill = null;
  #newlineMayFollow = false;
  /** What the program has printed and nobody has compared yet. */
  unread = "";
  status = 0;
  isRunning = false;
  isReady = false;
  waitsForInput = false;
  lastChange = 0;

  /**
   * @param {string} name
   * @param {PlayedPage} page
   * @param {Kernel} kernel
   * @param {Screen} screen
   */
  constructor(name, page, kernel, screen) {
    this.name = name;
    this.#page = page;
    this.#kernel = kernel;
    this.screen = screen;
  }

  /**
   * Shows what comes on another screen.
   *
   * @param {Screen} screen
   */
  moveTo(screen) {
    if (screen === this.screen) return;
    this.screen.waitForInput(false);
    this.screen.setRunning(false);
    this.screen = screen;
    if (!this.isRunning) return;
    screen.setRunning(true);
    if (this.waitsForInput) screen.waitForInput(true);
  }

  /**
   * Starts a program; comes back when it runs.
   *
   * @param {string} command As typed.
   * @param {string[]} argv
   */
  async start(command, argv) {
    this.screen.show("prompt", "$ ");
    this.screen.show("command", command);
    this.screen.show("output", "\n");
    this.unread = "";
    this.#newlineMayFollow = false;
    if (argv[0] === "echo") {
      this.#receive(`${this.status}\n`);
      return;
    }
    this.isRunning = true;
    this.isReady = this.waitsForInput = false;
    let isKilled = false;
    /** @type {Promise<number>} */
    const killed = new Promise((resolve) => {
      this.#onKill = () => {
        isKilled = true;
        resolve(KILLED);
      };
    });
    const process = await this.#page.startPython(this.name, this.#kernel, {
      onOutput: (text) => {
        if (!isKilled) this.#receive(text);
      },
      onPrompt: () => {
        if (!isKilled) this.#setWaiting(true);
      },
    });
    if (isKilled) {
      process.kill();
      return;
    }
    this.#process = process;
    this.screen.setRunning(true);
    const ended = process.run({ argv: argv.slice(1), files: this.#page.disk });
    void Promise.race([ended, killed]).then(
      (status) => this.#end(process, status),
      (error) => {
        if (!isKilled) this.#receive(`${error}\n`);
        this.#end(process, KILLED);
      },
    );
    this.#changed();
  }

  /**
   * @param {Process} process
   * @param {number} status
   */
  #end(process, status) {
    if (this.#process !== process) return;
    this.#process = null;
    process.kill();
    this.status = status;
    this.isRunning = false;
    if (this.unread !== "" && !this.unread.endsWith("\n")) this.#receive("\n");
    this.#setWaiting(false);
    this.screen.setRunning(false);
    this.#changed();
  }

  /** @param {string} text */
  #receive(text) {
    // After ^C or ^D a program may begin a new line or not; a page always does.
    const lines = this.#newlineMayFollow ? text.replace(/^\n/, "") : text;
    // A page shows paths from the folder on, in which its programs run.
    const printed = lines.replaceAll(`${FOLDER}/`, "");
    this.#newlineMayFollow = false;
    this.unread += printed;
    this.screen.show("output", printed);
    this.#changed();
  }

  /** @param {boolean} waits */
  #setWaiting(waits) {
    this.waitsForInput = waits;
    this.screen.waitForInput(waits);
    this.#changed();
  }

  /** The end of the last line, where a prompt would stand. */
  get lastLine() {
    return this.unread.slice(this.unread.lastIndexOf("\n") + 1);
  }

  /**
   * Types a line and presses Enter.
   *
   * @param {string} line
   */
  type(line) {
    if (!this.isRunning) return;
    this.#newlineMayFollow = false;
    if (line !== "") this.screen.show("typed", line);
    this.screen.show("output", "\n");
    this.unread = "";
    this.#setWaiting(false);
    this.#process?.type(line);
  }

  /**
   * Presses a key.
   *
   * @param {string} key "^C" or "^D".
   */
  press(key) {
    if (!this.isRunning) return;
    if (this.#process === null) {
      this.kill(); // Python is still being loaded
      return;
    }
    this.screen.show("key", key);
    this.screen.show("output", "\n");
    this.unread = "";
    this.#newlineMayFollow = true;
    if (key === "^C") this.#process?.interrupt();
    else this.#process?.type(null);
    this.#setWaiting(false);
  }

  /** The program listens, or has a port where datagrams find it. */
  becomeReady() {
    this.isReady = true;
    this.#changed();
  }

  /** Ends the program at once. */
  kill() {
    this.#onKill?.();
    this.#onKill = null;
    const process = this.#process;
    if (process) this.#end(process, KILLED);
    else if (this.isRunning) {
      this.isRunning = false;
      this.screen.setRunning(false);
      this.#changed();
    }
  }

  #changed() {
    this.lastChange = performance.now();
    for (const look of [...this.#waiting]) look();
  }

  /**
   * Waits until something is so.
   *
   * @param {() => boolean} condition Looked at whenever something changes here.
   * @param {number} milliseconds
   * @returns {Promise<boolean>} Whether it came to be so in time.
   */
  until(condition, milliseconds) {
    return new Promise((resolve) => {
      /** @param {boolean} result */
      const finish = (result) => {
        clearTimeout(timer);
        this.#waiting.delete(look);
        resolve(result);
      };
      const look = () => {
        if (condition()) finish(true);
      };
      const timer = setTimeout(() => finish(condition()), milliseconds);
      this.#waiting.add(look);
      look();
    });
  }
}
