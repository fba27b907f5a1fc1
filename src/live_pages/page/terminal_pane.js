// @ts-check
/** A terminal as the page shows it, with a line to type in while its program waits for one. */

import { button, element } from "./elements.js";

/** @typedef {import("./terminal.js").Terminal} Terminal */

/** @typedef {"prompt" | "output" | "command" | "typed" | "key"} Kind */
/** @type {Record<Kind, ["span" | "kbd", string]>} */
const ELEMENTS = {
  prompt: ["span", "terminal-prompt"],
  output: ["span", "terminal-output"],
  command: ["kbd", "terminal-typed"],
  typed: ["kbd", "terminal-typed"],
  key: ["kbd", "terminal-key"],
};
// What a program prints without end must not fill the reader's memory.
const MOST_CHARACTERS = 200_000;

/** One pane; the screen of a terminal. */
export class TerminalPane {
  #screen = element("pre", { tabindex: "0", role: "log" });
  #input = element("input", {
    class: "live-input",
    autocomplete: "off",
    autocapitalize: "off",
    spellcheck: "false",
  });
  #row;
  #answer;
  #keys;
  #characters = 0;
  /** @type {Terminal | undefined} */
  terminal = undefined;

  /**
   * @param {string} name
   * @param {() => string | null} shownAnswer What the page has at the prompt that is shown.
   */
  constructor(name, shownAnswer) {
    this.name = name;
    this.shownAnswer = shownAnswer;
    this.#screen.setAttribute("aria-label", `Terminal ${name}`);
    this.#input.setAttribute("aria-label", `Type for ${name}`);
    this.#answer = button("As on the page", () => this.#typeShownAnswer(), { hidden: true });
    this.#keys = element(
      "span",
      { class: "live-keys", hidden: true },
      button("Ctrl-C", () => this.#press("^C"), { "data-live-key": "^C" }),
      button("Ctrl-D", () => this.#press("^D"), { "data-live-key": "^D" }),
    );
    this.#row = element("div", { class: "live-typing" }, this.#input, this.#answer, this.#keys);
    this.#input.hidden = true;
    this.#input.addEventListener("keydown", (event) => this.#onKey(event));
    this.#screen.addEventListener("keydown", (event) => this.#onKey(event));
    this.element = element(
      "figure",
      { class: "terminal live-terminal", "data-live-terminal": name },
      element("figcaption", { class: "terminal-name", text: name }),
      element("div", { class: "highlight" }, this.#screen),
      this.#row,
    );
  }

  /** What the pane shows. */
  get text() {
    return this.#screen.textContent ?? "";
  }

  /**
   * @param {Kind} kind
   * @param {string} text
   */
  show(kind, text) {
    const last = this.#screen.lastElementChild;
    if (kind === "output" && last?.className === "terminal-output") {
      last.append(text);
    } else {
      const [tag, className] = ELEMENTS[kind];
      this.#screen.append(element(tag, { class: className, text }));
    }
    this.#characters += text.length;
    while (this.#characters > MOST_CHARACTERS && this.#screen.firstElementChild) {
      const first = this.#screen.firstElementChild;
      const piece = first.childNodes.length > 1 ? first.firstChild : first;
      this.#characters -= piece?.textContent?.length ?? 0;
      piece?.remove();
    }
    this.#screen.scrollTop = this.#screen.scrollHeight;
  }

  /** @param {boolean} waits */
  waitForInput(waits) {
    this.#input.hidden = !waits;
    const answer = waits ? this.shownAnswer() : null;
    this.#answer.hidden = answer === null;
    if (!waits) return;
    // Only from within the pane: what somebody reads elsewhere is not taken from them.
    const isElsewhere = document.activeElement?.matches("input, textarea, [contenteditable]");
    if (!isElsewhere) this.#input.focus({ preventScroll: true });
  }

  /** @param {boolean} runs */
  setRunning(runs) {
    this.#keys.hidden = !runs;
    if (!runs) this.waitForInput(false);
  }

  #typeShownAnswer() {
    const answer = this.shownAnswer();
    if (answer === null) return;
    if (answer === "^C" || answer === "^D") this.#press(answer);
    else this.#type(answer === "⏎" ? "" : answer);
  }

  /** @param {string} line */
  #type(line) {
    this.#input.value = "";
    this.terminal?.type(line);
  }

  /** @param {string} key */
  #press(key) {
    this.terminal?.press(key);
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const control = event.ctrlKey && !event.altKey && !event.metaKey;
    const isSelecting = String(getSelection()) !== "" || selectionOf(this.#input) > 0;
    if (event.key === "Enter" && !event.ctrlKey && event.target === this.#input) {
      this.#type(this.#input.value);
    } else if (control && event.key === "c" && !isSelecting) {
      this.#press("^C");
    } else if (control && event.key === "d" && this.#input.value === "") {
      this.#press("^D");
    } else {
      return;
    }
    event.preventDefault();
    event.stopPropagation();
  }
}

/** @param {HTMLInputElement} input */
function selectionOf(input) {
  return (input.selectionEnd ?? 0) - (input.selectionStart ?? 0);
}
