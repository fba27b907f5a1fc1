// @ts-check
/** An exercise whose answer is written and checked in the page. */

import { announce } from "./announcements.js";
import { Controls } from "./controls.js";
import { button, element } from "./elements.js";
import { KeptText } from "./kept_text.js";

/**
 * @typedef {import("../process/exercise_check.js").ExerciseCheck} ExerciseCheck
 * @typedef {import("../process/exercise_check.js").Verdict} Verdict
 * @typedef {import("./checks.js").Checks} Checks
 * @typedef {import("./played_page.js").PageData} PageData
 */

const FILE = "my_answer.py";

/** One exercise's editor, its buttons, and what the last check found. */
export class ExerciseView {
  #page;
  #checks;
  #name;
  #outline;
  #place;
  #controls;
  #kept;
  #editorPlace = element("div", { class: "live-editor" });
  #verdict = element("div", { class: "live-verdict", hidden: true });
  #checkButton;
  /** @type {Promise<import("./editor.js").Editor> | null} */
  #editor = null;
  /** @type {ExerciseCheck | null} */
  #check = null;
  /** How often a check was begun or given up, so that a late one is known. */
  #turn = 0;

  /**
   * @param {PageData} page
   * @param {Checks} checks
   * @param {string} name
   * @param {string} outline What the answer begins with.
   * @param {HTMLElement} place The exercise's element, which has its bar already.
   */
  constructor(page, checks, name, outline, place) {
    this.#page = page;
    this.#checks = checks;
    this.#name = name;
    this.#outline = outline;
    this.#place = place;
    this.#kept = new KeptText(`answer ${page.docname} ${name}`);
    const stop = () => this.#stop();
    this.#controls = new Controls(place, {
      interrupt: stop,
      kill: stop,
      reset: () => void this.#reset(),
    });
    this.#checkButton = button("Check", () => void this.check(), { "data-live-action": "check" });
  }

  /** Opens the editor, and gives it the focus. */
  async open() {
    this.#editor ??= this.#openEditor();
    (await this.#editor).focus();
  }

  async #openEditor() {
    const { openEditor } = await import("./editor.js");
    const text = this.#kept.text ?? this.#outline;
    const bar = this.#place.querySelector(":scope > .live-bar");
    bar?.before(this.#editorPlace);
    bar?.after(this.#verdict);
    bar?.querySelector('[data-live-action="answer"]')?.replaceWith(this.#checkButton);
    this.#controls.setResettable(true);
    this.#controls.say("Ctrl-Enter checks, too.");
    return openEditor(this.#editorPlace, text, {
      label: `Your answer to the exercise ${this.#name}`,
      onRun: () => void this.check(),
      onChange: (changed) => this.#kept.keep(changed),
    });
  }

  /** Checks what the editor holds; ends a check that still goes on. */
  async check() {
    const editor = await this.#editor;
    if (editor === null) return;
    this.#stop();
    const turn = this.#turn;
    this.#controls.setRunning(true);
    this.#controls.say("Loading Python …", { loading: true });
    try {
      const check = await this.#checks.prepare();
      if (turn !== this.#turn) return;
      this.#check = check;
      const question = {
        page: this.#page.docname,
        exercise: this.#name,
        file: FILE,
        source: editor.text,
        files: this.#page.files,
      };
      const verdict = await check.run(question, (step) => this.#showStep(turn, step));
      if (verdict && turn === this.#turn) this.#show(verdict);
    } catch (error) {
      if (turn === this.#turn) {
        this.#finish(`This could not be checked: ${error instanceof Error ? error.message : error}`);
      }
    }
  }

  #stop() {
    this.#turn += 1;
    this.#check?.stop();
    this.#check = null;
    this.#verdict.hidden = true;
    this.#finish("Stopped.");
  }

  async #reset() {
    const editor = await this.#editor;
    this.#stop();
    this.#controls.say("");
    this.#controls.setResettable(true);
    // What was written can be had again with the editor's Undo.
    editor?.replace(this.#outline);
    this.#kept.forget();
  }

  /**
   * @param {number} turn
   * @param {string} step What is about to be done.
   */
  #showStep(turn, step) {
    if (turn !== this.#turn) return;
    this.#controls.say("Checking …", { loading: true });
    this.#verdict.className = "live-verdict";
    // It changes many times a second, which nobody wants to hear.
    this.#verdict.replaceChildren(element("p", { "aria-hidden": "true", text: step }));
    this.#verdict.hidden = false;
  }

  /** @param {Verdict} verdict */
  #show({ outcome, message }) {
    const is = outcome === "solved" ? "solved" : "unsolved";
    this.#verdict.className = `live-verdict live-${is}`;
    this.#verdict.replaceChildren(
      element("p", {}, element("strong", { text: `${this.#name}: ${outcome}` })),
      ...(message ? [element("p", { text: message })] : []),
    );
    this.#verdict.hidden = false;
    this.#finish("");
    announce(`${this.#name}: ${outcome}${message && `. ${message}`}`);
  }

  /** @param {string} text What the bar says at the end of a check. */
  #finish(text) {
    this.#controls.setRunning(false);
    this.#controls.say(text);
  }
}
