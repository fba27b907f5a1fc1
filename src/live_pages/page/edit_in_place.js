// @ts-check
/** Puts an editor where a block's code stands. */

import { element } from "./elements.js";

/** One block's editor; the editor itself is loaded when it is first opened. */
export class EditInPlace {
  #shown;
  #onRun;
  #place = element("div", { class: "live-editor" });
  /** @type {import("./editor.js").Editor | null} */
  #editor = null;

  /**
   * @param {HTMLElement} block
   * @param {() => void} onRun Called for Ctrl-Enter.
   */
  constructor(block, onRun) {
    const code = ":scope > .literal-block-wrapper > [class*=highlight-], :scope > [class*=highlight-]";
    this.#shown = /** @type {HTMLElement | null} */ (block.querySelector(code));
    this.#onRun = onRun;
  }

  /**
   * Shows the editor; once it is open, gives it the focus.
   *
   * @param {string} text
   */
  async open(text) {
    if (this.#editor === null) {
      const { openEditor } = await import("./editor.js");
      this.#editor = openEditor(this.#place, text, { onRun: this.#onRun });
      this.#shown?.after(this.#place);
      if (this.#shown) this.#shown.hidden = true;
    }
    this.#editor.focus();
  }

  /** What the editor holds; null if none is open. */
  get text() {
    return this.#editor?.text ?? null;
  }

  /** Shows the page's code again. */
  close() {
    this.#editor?.close();
    this.#editor = null;
    this.#place.remove();
    if (this.#shown) this.#shown.hidden = false;
  }
}
