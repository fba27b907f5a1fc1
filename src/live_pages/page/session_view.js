// @ts-check
/** A session, or a piece of code, that runs in the page's one namespace. */

import { Controls } from "./controls.js";
import { EditInPlace } from "./edit_in_place.js";
import { button, element } from "./elements.js";

/**
 * @typedef {import("./played_page.js").Block} Block
 * @typedef {import("./played_page.js").PlayedPage} PlayedPage
 * @typedef {import("./sessions.js").Outcome} Outcome
 */

/** One block. */
export class SessionView {
  #page;
  #sessions;
  #block;
  #place;
  #controls;
  #edit;
  #result = element("pre", { class: "live-session", tabindex: "0", role: "log" });
  #input = element("input", { class: "live-input", "aria-label": "Type for the program" });
  #typing;
  /** What the piece that runs has printed so far. */
  #unfinished = element("span", { class: "terminal-output" });
  #run = 0;

  /**
   * @param {PlayedPage} page
   * @param {Block} block
   * @param {HTMLElement} place
   */
  constructor(page, block, place) {
    this.#page = page;
    this.#sessions = page.sessions;
    this.#block = block;
    this.#place = place;
    this.#controls = new Controls(place, {
      interrupt: () => this.#sessions.interrupt(),
      kill: () => this.#stop("Stopped. The next run begins anew."),
      reset: () => this.#reset(),
    });
    this.#edit = new EditInPlace(place, () => void this.run());
    this.#result.setAttribute("aria-label", "What it prints here");
    this.#typing = element(
      "div",
      { class: "live-typing", hidden: true },
      this.#input,
      button("Ctrl-D", () => this.#type(null)),
    );
    this.#input.addEventListener("keydown", (event) => {
      if (event.key !== "Enter") return;
      event.stopPropagation();
      this.#type(this.#input.value);
    });
  }

  /** Runs the block, after those above it. */
  async run() {
    this.#run += 1;
    const run = this.#run;
    const text = this.#edit.text;
    if (text !== null) this.#sessions.edit(this.#block, text);
    const isEdited = text !== null;
    this.#result.replaceChildren();
    this.#place.append(this.#result, this.#typing);
    this.#controls.setRunning(true);
    /** @type {Outcome[]} */
    const outcomes = [];
    const progress = {
      onStatus: (/** @type {string} */ status) => this.#controls.say(status, { loading: true }),
      onOutcome: (/** @type {Outcome} */ outcome) => {
        outcomes.push(outcome);
        this.#unfinished.remove();
        this.#unfinished.textContent = "";
        this.#result.append(...shownOutcome(outcome, this.#block.kind));
      },
      onOutput: (/** @type {string} */ printed) => {
        this.#unfinished.append(printed);
        this.#result.append(this.#unfinished);
      },
      onPrompt: () => {
        this.#typing.hidden = false;
        this.#input.focus({ preventScroll: true });
      },
    };
    this.#unfinished.textContent = "";
    try {
      const isWhole = await this.#page.runSession(this.#block, progress);
      if (run !== this.#run) return;
      if (isWhole) this.#controls.say(summary(outcomes, isEdited), { aloud: true });
    } catch (error) {
      if (run !== this.#run) return;
      this.#stop(`Python could not go on: ${error instanceof Error ? error.message : error}`);
    } finally {
      if (run === this.#run) {
        this.#typing.hidden = true;
        this.#controls.setRunning(false);
        if (this.#result.childNodes.length === 0) this.#result.remove();
      }
    }
  }

  /** Opens the block's code in an editor. */
  async edit() {
    await this.#edit.open(this.#sessions.source(this.#block).replace(/\n$/, ""));
    this.#controls.setResettable(true);
  }

  /** @param {string | null} line */
  #type(line) {
    this.#typing.hidden = true;
    this.#input.value = "";
    this.#unfinished.append(`${line ?? ""}\n`);
    this.#sessions.type(line);
  }

  /** @param {string} text */
  #stop(text) {
    this.#run += 1;
    this.#sessions.kill();
    this.#typing.hidden = true;
    this.#controls.setRunning(false);
    this.#controls.say(text, { aloud: true });
  }

  #reset() {
    this.#stop("");
    this.#edit.close();
    this.#sessions.edit(this.#block, null);
    this.#result.remove();
    this.#controls.setResettable(false);
  }
}

/**
 * What the bar says of a run.
 *
 * @param {readonly { same: boolean }[]} outcomes
 * @param {boolean} isEdited
 */
export function summary(outcomes, isEdited) {
  if (isEdited) return "Your code ran.";
  const different = outcomes.filter(({ same }) => !same).length;
  if (different === 0) return "It printed the same as on the page.";
  const count = outcomes.length === 1 ? "It" : `${different} of ${outcomes.length}`;
  return `${count} printed something else than the page shows.`;
}

/**
 * @param {Outcome} outcome
 * @param {Block["kind"]} kind
 */
function* shownOutcome({ source, output, shown, same }, kind) {
  if (kind === "session" || shown === null) {
    const lines = source.replace(/\n$/, "").split("\n");
    for (const [index, line] of lines.entries()) {
      yield element("span", { class: "terminal-prompt", text: index ? "... " : ">>> " });
      yield element("kbd", { class: "terminal-typed", text: line });
      yield document.createTextNode("\n");
    }
  }
  if (output) yield element("span", { class: "terminal-output", text: output });
  if (!same) {
    const text = shown === "" ? "The page shows no output here.\n" : `The page shows:\n${shown}`;
    yield element("ins", { class: "live-differs", text });
  }
}
