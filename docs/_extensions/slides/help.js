// @ts-check
/** The list of keys, over the slides. */

import { button, element } from "../../../src/live_pages/page/elements.js";
import { KEYS } from "./keys.js";

/** The list. */
export class Help {
  constructor() {
    const rows = KEYS.map(({ shown, does }) =>
      element(
        "tr",
        {},
        element("th", { scope: "row" }, element("kbd", { text: shown })),
        element("td", { text: does }),
      ),
    );
    const title = element("h2", { id: "slides-help-title", text: "Keys" });
    const close = button("Close", () => this.toggle(), { class: "slides-button" });
    const table = element("table", {}, element("tbody", {}, ...rows));
    const text =
      "A click on the slide, or a swipe to the left, does what → does. Run works as on the page." +
      " To print the slides, one on each sheet, print this page.";
    this.element = element(
      "dialog",
      { class: "slides-help", "aria-labelledby": "slides-help-title" },
      element("header", {}, title, close),
      table,
      element("p", { text }),
    );
  }

  get isOpen() {
    return this.element.open;
  }

  /** Opens the list, or closes it. */
  toggle() {
    if (this.element.open) this.element.close();
    else this.element.showModal();
  }
}
