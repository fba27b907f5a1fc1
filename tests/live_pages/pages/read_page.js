// @ts-check
/** A reader who goes down a page and presses every button, with the very modules of the page. */

import { Kernel } from "../../../src/live_pages/network/kernel.js";
import { PlayedPage } from "../../../src/live_pages/page/played_page.js";
import { Terminal } from "../../../src/live_pages/page/terminal.js";
import { Snapshots } from "../../../src/live_pages/process/snapshots.js";
import { MACHINE } from "../process/running.js";

/**
 * @typedef {import("../../../src/live_pages/page/played_page.js").Block} Block
 * @typedef {import("../../../src/live_pages/page/played_page.js").PageData} PageData
 * @typedef {import("../../../src/live_pages/page/terminal.js").Screen} Screen
 */

const PATIENT_MACHINE = {
  ...MACHINE,
  snapshots: new Snapshots("pages"),
  patience: 240_000, // however busy this machine is
};
// Whatever a program does before it rests, it has done by then.
const REST_MILLISECONDS = 1500;
const PATIENCE_MILLISECONDS = 240_000;
/** @type {Screen} */
const NO_SCREEN = { show: () => {}, waitForInput: () => {}, setRunning: () => {} };

/** One page. */
export class ReadPage {
  #page;
  counts = { ran: 0, same: 0, cannot: 0 };

  /** @param {PageData} data */
  constructor(data) {
    this.#page = new PlayedPage(data, PATIENT_MACHINE);
  }

  /**
   * Runs all that can run.
   *
   * @returns {Promise<string[]>} What differs from the page.
   */
  async readAll() {
    const differences = [];
    for (const block of this.#page.data.blocks) {
      if (block.reason) {
        this.counts.cannot += 1;
        continue;
      }
      this.counts.ran += 1;
      const difference = await this.#read(block);
      if (difference === null) this.counts.same += 1;
      else differences.push(`line ${block.line}, ${block.kind}: ${difference}`);
    }
    return differences;
  }

  /** Ends what runs. */
  close() {
    this.#page.end();
  }

  /**
   * @param {Block} block
   * @returns {Promise<string | null>} What differs from the page.
   */
  async #read(block) {
    if (block.kind === "terminals") return this.#readTerminals(block);
    if (block.kind === "listing") return this.#readListing(block);
    return this.#readSession(block);
  }

  /** @param {Block} block */
  async #readSession(block) {
    /** @type {string[]} */
    const differences = [];
    const isWhole = await this.#page.runSession(block, {
      onStatus: () => {},
      onOutput: () => {},
      onOutcome: ({ source, output, shown, same }) => {
        if (!same) differences.push(`${source}printed\n${output}and the page shows\n${shown}`);
      },
      onPrompt: () => this.#page.sessions.type(null),
    });
    if (!isWhole) differences.push("it was stopped");
    return differences.length ? differences.join("\n") : null;
  }

  /** @param {Block} block */
  async #readTerminals(block) {
    const difference = await this.#page.play(block, this.#page.stageOf(block));
    if (difference === null) return null;
    const { terminal, shown, printed } = difference;
    return `${terminal} has on the page ${JSON.stringify(shown)} where it printed ${JSON.stringify(printed)}`;
  }

  /**
   * Runs a listing alone. What it prints is compared where the page starts it, in a terminal; what
   * serves or waits for input is ended by Ctrl-C.
   *
   * @param {Block} block
   */
  async #readListing({ file = "" }) {
    const played = this.#page.data.blocks
      .filter(({ kind, reason }) => kind === "terminals" && !reason)
      .flatMap(({ fences }) => fences ?? [])
      .flatMap(({ steps }) => steps)
      .some(({ argv }) => argv?.includes(file) || argv?.includes(moduleOf(file)));
    let serves = false;
    const onEvent = (/** @type {{ operation: string }} */ { operation }) => {
      serves ||= operation === "listen" || operation === "bind";
    };
    const terminal = new Terminal(file, this.#page, new Kernel({ onEvent }), NO_SCREEN);
    await terminal.start(`python ${file}`, ["python", file]);
    const isInUse = () => !terminal.isRunning || terminal.waitsForInput || serves;
    // One that computes without end does what the page shows of it in a terminal.
    await terminal.until(isInUse, played ? REST_MILLISECONDS : PATIENCE_MILLISECONDS);
    if (!terminal.isRunning) {
      if (terminal.status === 0 || played) return null;
      return `run alone, it ended with status ${terminal.status}:\n${terminal.unread}`;
    }
    const wasInUse = isInUse();
    terminal.press("^C");
    terminal.press("^C");
    const ended = await terminal.until(() => !terminal.isRunning, PATIENCE_MILLISECONDS);
    terminal.kill();
    if (!ended) return "run alone, it does not end at Ctrl-C";
    return played || wasInUse ? null : "run alone, it neither ends, serves nor waits for input";
  }
}

/** @param {string} file */
function moduleOf(file) {
  return file.replace(/(\/__main__)?\.py$/, "").replaceAll("/", ".");
}
