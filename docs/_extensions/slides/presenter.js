// @ts-check
/** A window for whoever speaks: the page's text, what comes next, and how long it has taken. */

import { button, element } from "../../../src/live_pages/page/elements.js";
import { actionOf } from "./keys.js";
import { copyOf } from "./prose.js";

/**
 * @typedef {import("./deck.js").Slide} Slide
 * @typedef {import("./keys.js").Action} Action
 */

const FEATURES = "popup,width=900,height=700";

/** The window. */
export class Presenter {
  #act;
  /** @type {Window | null} */
  #window = null;
  #place = element("p", { class: "presenter-place" });
  #steps = element("p", { class: "presenter-steps" });
  #notes = element("div", { class: "presenter-notes" });
  #next = element("div", { class: "presenter-next", inert: true });
  #time = element("p", { class: "presenter-time", role: "timer" });
  #began = 0;
  #clock = 0;

  /** @param {(action: Action) => void} act What is to be done with the slides. */
  constructor(act) {
    this.#act = act;
  }

  /**
   * @param {readonly Slide[]} slides
   * @param {number} current
   */
  open(slides, current) {
    if (this.#window && !this.#window.closed) {
      this.#window.focus();
      return;
    }
    this.#window = window.open("", "slides-presenter", FEATURES);
    if (this.#window === null) return;
    this.#began = Date.now();
    this.#fill(this.#window);
    clearInterval(this.#clock);
    this.#clock = window.setInterval(() => this.#tick(), 1000);
    this.#tick();
    this.show(slides, current);
  }

  /** @param {Window} opened */
  #fill(opened) {
    const { document: page } = opened;
    page.title = "For the speaker";
    page.documentElement.lang = document.documentElement.lang;
    page.documentElement.dataset.theme = document.documentElement.dataset.theme;
    page.head.replaceChildren();
    for (const sheet of document.querySelectorAll("link[rel=stylesheet]")) {
      const { href } = /** @type {HTMLLinkElement} */ (sheet);
      page.head.append(element("link", { rel: "stylesheet", href }));
    }
    page.body.className = "presenter";
    page.body.replaceChildren(
      element(
        "header",
        {},
        this.#place,
        this.#steps,
        this.#time,
        button("Time from 0", () => this.#restart(), { class: "slides-button" }),
        button("Back", () => this.#act("previous"), { class: "slides-button" }),
        button("Next", () => this.#act("next"), { class: "slides-button" }),
      ),
      element("main", {}, this.#notes),
      element("aside", { "aria-label": "The next slide" }, this.#next),
    );
    opened.addEventListener("keydown", (event) => {
      const target = /** @type {Element} */ (event.target);
      const action = actionOf(event, target.localName === "button" ? "button" : "nothing");
      if (action === undefined || action === "fullScreen" || action === "presenter") return;
      event.preventDefault();
      if (action === "leave") this.close();
      else this.#act(action);
    });
  }

  #restart() {
    this.#began = Date.now();
    this.#tick();
  }

  #tick() {
    if (this.#window?.closed) this.close();
    const seconds = Math.floor((Date.now() - this.#began) / 1000);
    const two = (/** @type {number} */ number) => String(number).padStart(2, "0");
    this.#time.textContent = `${Math.floor(seconds / 60)}:${two(seconds % 60)}`;
  }

  /**
   * @param {readonly Slide[]} slides
   * @param {number} current
   */
  show(slides, current) {
    const slide = slides[current];
    if (this.#window === null || slide === undefined) return;
    const { reveal, notes, title } = slide;
    this.#place.textContent = `${current + 1} / ${slides.length}: ${title}`;
    const left = reveal.last - reveal.step;
    this.#steps.textContent = left ? `${left} more to show here` : "";
    this.#notes.replaceChildren(...notes.map((note) => copyOf(note)));
    const next = slides[current + 1];
    this.#next.replaceChildren(
      element("h2", { text: next ? `Next: ${next.title}` : "This is the last slide." }),
      ...(next ? [copyOf(next.body)] : []),
    );
  }

  /** Closes the window. */
  close() {
    clearInterval(this.#clock);
    this.#window?.close();
    this.#window = null;
  }
}
