// @ts-check
/** A listing that runs in a terminal of its own, and can be changed in place. */

import { Kernel } from "../network/kernel.js";
import { Controls } from "./controls.js";
import { EditInPlace } from "./edit_in_place.js";
import { Terminal } from "./terminal.js";
import { TerminalPane } from "./terminal_pane.js";

/**
 * @typedef {import("./played_page.js").Block} Block
 * @typedef {import("./page_run.js").PageRun} PageRun
 */

/** One listing. The programs of a page's listings are on one network, and find each other. */
export class ListingView {
  #page;
  #file;
  #place;
  #controls;
  #edit;
  /** @type {Terminal | null} */
  #terminal = null;
  /** @type {TerminalPane | null} */
  #pane = null;

  /**
   * @param {PageRun} page
   * @param {Block} block
   * @param {HTMLElement} place
   */
  constructor(page, block, place) {
    this.#page = page;
    this.#file = block.file ?? "";
    this.#place = place;
    this.#controls = new Controls(place, {
      interrupt: () => this.#terminal?.press("^C"),
      kill: () => this.#terminal?.kill(),
      reset: () => this.#reset(),
    });
    this.#edit = new EditInPlace(place, () => void this.run());
  }

  /** Runs the file as it is now. */
  async run() {
    this.#terminal?.kill();
    this.#pane?.element.remove();
    this.#takeOver();
    this.#page.listingsKernel ??= new Kernel();
    const pane = new TerminalPane(this.#file, () => null);
    const terminal = new Terminal(this.#file, this.#page, this.#page.listingsKernel, {
      show: (kind, text) => pane.show(kind, text),
      waitForInput: (waits) => pane.waitForInput(waits),
      setRunning: (runs) => {
        pane.setRunning(runs);
        if (terminal !== this.#terminal) return;
        this.#controls.setRunning(runs);
        this.#controls.say(runs ? "Running." : `Ended with status ${terminal.status}.`, {
          aloud: !runs,
        });
      },
    });
    pane.terminal = terminal;
    this.#terminal = terminal;
    this.#pane = pane;
    this.#place.append(pane.element);
    this.#controls.setRunning(true);
    this.#controls.say("Loading Python …", { loading: true });
    await terminal.start(`python ${this.#file}`, ["python", this.#file]);
    if (terminal.isRunning) this.#controls.say("Running.");
  }

  /** Opens the file in an editor. */
  async edit() {
    await this.#edit.open(this.#page.file(this.#file));
    this.#controls.setResettable(true);
  }

  #takeOver() {
    const text = this.#edit.text;
    if (text !== null) this.#page.files[this.#file] = text;
  }

  #reset() {
    this.#terminal?.kill();
    this.#terminal = null;
    this.#pane?.element.remove();
    this.#edit.close();
    this.#page.resetFile(this.#file);
    this.#controls.setRunning(false);
    this.#controls.setResettable(false);
    this.#controls.say("");
  }
}
