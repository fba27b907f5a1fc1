// @ts-check
/** The slides on the screen: which one is shown, and all that takes one to another. */

import { button, element } from "../../../src/live_pages/page/elements.js";
import { Deck } from "./deck.js";
import { Help } from "./help.js";
import { actionOf } from "./keys.js";
import { outlineOf } from "./outline.js";
import { slideAt } from "./position.js";
import { Presenter } from "./presenter.js";
import { copyOf } from "./prose.js";

/**
 * @typedef {import("./deck.js").Slide} Slide
 * @typedef {import("./keys.js").Action} Action
 */

const SIZE = "slides-size";
const ROOT_PROPERTIES = ["--slides-size", "--stage-width-rem", "--stage-height-rem"];
const SIZES = [0.7, 0.8, 0.9, 1, 1.1, 1.2, 1.3];
const PRESSED = "a, button, summary, label, input, select, textarea, [contenteditable], [tabindex='0']";
const TYPED = "input:not([type=radio], [type=checkbox]), textarea, select, [contenteditable]";
const RUN = "[data-live-action=run], [data-live-action=play]";
const SWIPE_PIXELS = 50;
// How much of a slide that scrolls is still seen after a press.
const SCROLLED = 0.85;

/** The view. */
export class SlidesView {
  #stage = element("div", { class: "slides-stage" });
  #count = element("span", { class: "slides-count" });
  #progress = element("div", { class: "slides-progress", "aria-hidden": "true" });
  #notes = element("aside", { class: "slides-notes", "aria-label": "Text of the page", hidden: true });
  #spoken = element("div", { class: "slides-spoken", "aria-live": "polite" });
  #view;
  #deck;
  #help = new Help();
  #presenter;
  #onLeave;
  #current = 0;
  #abort = new AbortController();
  /** Where a finger came down. @type {{ x: number, y: number } | null} */
  #touched = null;
  #resized = 0;

  /**
   * @param {HTMLElement} article
   * @param {() => void} onLeave Called after the page is as it was.
   */
  constructor(article, onLeave) {
    this.#onLeave = onLeave;
    this.#presenter = new Presenter((action) => this.act(action));
    const title = article.querySelector("h1");
    const name = title ? copyOf(title).textContent : document.title;
    const bar = element(
      "nav",
      { class: "slides-bar", "aria-label": "Slides" },
      this.#button("Back to the page", "leave", "✕"),
      element("span", { class: "slides-title", text: name }),
      this.#button("Help", "help", "?"),
      this.#button("Window for the speaker", "presenter", "Speaker"),
      this.#button("Text of the page", "notes", "Text"),
      this.#button("All slides", "overview", "All"),
      this.#button("Back", "previous", "←"),
      this.#count,
      this.#button("Next", "next", "→"),
    );
    this.#view = element(
      "main",
      { class: "slides", "aria-label": `Slides: ${name}` },
      this.#stage,
      this.#notes,
      this.#progress,
      bar,
      this.#spoken,
      this.#help.element,
    );
    this.#deck = new Deck(outlineOf(article), this.#stage);
    document.body.append(this.#view);
    document.documentElement.classList.add("has-slides");
    this.#setSize(storedSize());
    this.#build(fragment());
    this.#listen();
  }

  /**
   * @param {string} label
   * @param {Action} action
   * @param {string} text
   */
  #button(label, action, text) {
    const made = button(text, () => this.act(action), { class: "slides-button", title: label });
    made.setAttribute("aria-label", label);
    return made;
  }

  get #slides() {
    return this.#deck.slides;
  }

  get #slide() {
    return /** @type {Slide} */ (this.#slides[this.#current]);
  }

  get #isOverview() {
    return this.#stage.classList.contains("is-overview");
  }

  /** @param {string} position */
  #build(position) {
    this.#deck.build(neighbours());
    this.#noteSize();
    this.#go(this.#find(position), 0);
  }

  /** For the style sheet, which needs the size of a slide where it is not that of the screen. */
  #noteSize() {
    const { clientWidth, clientHeight } = this.#stage;
    const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
    const { style } = this.#view;
    style.setProperty("--stage-width", `${clientWidth}px`);
    style.setProperty("--stage-height", `${clientHeight}px`);
    // On the root, whose type has another size on paper.
    const root = document.documentElement.style;
    root.setProperty("--stage-width-rem", String(clientWidth / rem));
    root.setProperty("--stage-height-rem", String(clientHeight / rem));
  }

  /**
   * @param {string} position
   * @returns {number} The index of the slide that shows it, or of the first one.
   */
  #find(position) {
    const positions = this.#slides.map((slide) => slide.position);
    const found = slideAt(positions, position);
    if (found !== -1) return found;
    // Another place of the page, such as a term: the slide that shows it, or its section's.
    const target = document.getElementById(position);
    const shown = this.#slides.findIndex((slide) => slide.element.contains(target));
    if (shown !== -1) return shown;
    const section = target?.closest("section[id]")?.id;
    return Math.max(0, section ? positions.indexOf(section) : 0);
  }

  /**
   * @param {number} index
   * @param {number} [step] What to show of the slide; as it was left if not given.
   */
  #go(index, step) {
    const last = this.#slides.length - 1;
    this.#slide?.element.classList.remove("is-current");
    this.#current = Math.min(Math.max(index, 0), last);
    const { element: shown, body, position, reveal } = this.#slide;
    if (step !== undefined) reveal.show(step);
    shown.classList.add("is-current");
    body.scrollTop = step === Infinity ? body.scrollHeight : 0;
    makeScrollable(body);
    this.#count.textContent = `${this.#current + 1} / ${last + 1}`;
    this.#progress.style.setProperty("--done", String((this.#current + 1) / (last + 1)));
    this.#showNotes();
    this.#address(position);
    if (this.#isOverview) shown.scrollIntoView({ block: "nearest" });
    if (!this.#help.isOpen) shown.focus({ preventScroll: true });
  }

  /** @param {string} position */
  #address(position) {
    const address = new URL(location.href);
    address.hash = position;
    history.replaceState(history.state, "", address);
  }

  #showNotes() {
    const { notes, title } = this.#slide;
    const copies = notes.map((note) => copyOf(note));
    this.#notes.replaceChildren(...(copies.length ? copies : [element("p", { text: title })]));
    this.#notes.scrollTop = 0;
    this.#presenter.show(this.#slides, this.#current);
  }

  /** @param {Action} action */
  act(action) {
    if (action === "help") this.#help.toggle();
    else if (action === "leave") this.#leaveOne();
    else if (action === "overview") this.#toggleOverview();
    else if (action === "next") this.#next();
    else if (action === "previous") this.#previous();
    else if (action === "nextSlide") this.#go(this.#current + this.#stride(), undefined);
    else if (action === "previousSlide") this.#go(this.#current - this.#stride(), undefined);
    else if (action === "first") this.#go(0, undefined);
    else if (action === "last") this.#go(Infinity, undefined);
    else if (action === "all") this.#show(Infinity);
    else if (action === "notes") this.#toggleNotes();
    else if (action === "presenter") this.#presenter.open(this.#slides, this.#current);
    else if (action === "fullScreen") void toggleFullScreen();
    else if (action === "black") this.#view.classList.toggle("is-black");
    else if (action === "dark") changeColours();
    else this.#changeSize(action);
  }

  #next() {
    const { reveal, body } = this.#slide;
    if (this.#isOverview) this.#go(this.#current + 1, undefined);
    else if (reveal.step < reveal.last) this.#show(reveal.step + 1);
    else if (body.scrollTop + body.clientHeight < body.scrollHeight - 2) this.#scroll(1);
    else if (this.#current < this.#slides.length - 1) this.#go(this.#current + 1, 0);
  }

  #previous() {
    const { reveal, body } = this.#slide;
    if (this.#isOverview) this.#go(this.#current - 1, undefined);
    else if (body.scrollTop > 2 && reveal.step === reveal.last) this.#scroll(-1);
    else if (reveal.step > 0) this.#show(reveal.step - 1);
    else if (this.#current > 0) this.#go(this.#current - 1, Infinity);
  }

  /** @param {1 | -1} direction */
  #scroll(direction) {
    const { body } = this.#slide;
    body.scrollBy({ top: direction * body.clientHeight * SCROLLED });
  }

  /** @param {number} step */
  #show(step) {
    const added = this.#slide.reveal.show(step);
    for (const node of added) node.scrollIntoView({ block: "nearest", inline: "nearest" });
    const words = added.map((node) => node.textContent?.trim() ?? "").join("\n");
    this.#spoken.replaceChildren(element("p", { text: words }));
    this.#presenter.show(this.#slides, this.#current);
  }

  /** How many slides the keys for up and down pass: in the overview, a row of them. */
  #stride() {
    if (!this.#isOverview) return 1;
    const tops = this.#slides.map(({ element: { offsetTop } }) => offsetTop);
    return Math.max(1, tops.filter((top) => top === tops[0]).length);
  }

  #toggleOverview() {
    this.#stage.classList.toggle("is-overview");
    this.#slide.element.scrollIntoView({ block: "nearest" });
    this.#slide.element.focus({ preventScroll: true });
  }

  #toggleNotes() {
    this.#notes.hidden = !this.#notes.hidden;
    this.#rebuild();
  }

  #rebuild() {
    const { position } = this.#slide;
    this.#build(position);
  }

  /** @param {Action} action */
  #changeSize(action) {
    const at = SIZES.indexOf(storedSize());
    const next = { larger: at + 1, smaller: at - 1, usual: SIZES.indexOf(1) }[
      /** @type {"larger" | "smaller" | "usual"} */ (action)
    ];
    const size = SIZES[next];
    if (size === undefined) return;
    try {
      localStorage.setItem(SIZE, String(size));
    } catch {
      return; // Without storage the type stays as it is.
    }
    this.#setSize(size);
    this.#rebuild();
  }

  /** @param {number} size */
  #setSize(size) {
    document.documentElement.style.setProperty("--slides-size", String(size));
  }

  /** What Escape leaves: the list of keys, the black screen, the overview, or the slides. */
  #leaveOne() {
    if (this.#help.isOpen) this.#help.toggle();
    else if (this.#view.classList.contains("is-black")) this.#view.classList.remove("is-black");
    else if (this.#isOverview) this.#toggleOverview();
    else this.leave();
  }

  /** Shows the page again, at what the slide was about. */
  leave() {
    const { source, anchor } = this.#slide;
    this.#abort.abort();
    this.#presenter.close();
    this.#deck.remove();
    this.#view.remove();
    document.documentElement.classList.remove("has-slides");
    for (const name of ROOT_PROPERTIES) document.documentElement.style.removeProperty(name);
    if (document.fullscreenElement) void document.exitFullscreen();
    this.#address(anchor);
    for (let one = source.parentElement; one; one = one.parentElement) {
      if (one instanceof HTMLDetailsElement) one.open = true;
    }
    if (source instanceof HTMLDetailsElement) source.open = true;
    this.#onLeave();
    source.scrollIntoView();
    if (!source.matches("[tabindex]")) source.tabIndex = -1;
    source.focus({ preventScroll: true });
  }

  #listen() {
    const { signal } = this.#abort;
    addEventListener("keydown", (event) => this.#onKey(event), { signal, capture: true });
    addEventListener("hashchange", () => this.#onHash(), { signal });
    addEventListener("resize", () => this.#onResize(), { signal });
    this.#stage.addEventListener("click", (event) => this.#onClick(event), { signal });
    this.#stage.addEventListener("touchstart", (event) => this.#onTouch(event), {
      signal,
      passive: true,
    });
    this.#stage.addEventListener("touchend", (event) => this.#onTouchEnd(event), { signal });
  }

  /** @param {KeyboardEvent} event */
  #onKey(event) {
    const target = event.target instanceof HTMLElement ? event.target : document.body;
    if (event.key === "Escape" && target.matches(TYPED)) {
      this.#slide.element.focus({ preventScroll: true });
      event.stopPropagation();
      return;
    }
    if (event.key === "Enter" && this.#isOverview && !target.matches(PRESSED)) {
      this.#toggleOverview();
      event.preventDefault();
      return;
    }
    const isButton = target.matches("a, button, summary, [type=radio], [type=checkbox]");
    const focused = target.matches(TYPED) ? "text" : isButton ? "button" : "nothing";
    const action = actionOf(event, focused);
    if (action === undefined) return;
    event.preventDefault();
    event.stopPropagation();
    this.act(action);
  }

  #onHash() {
    const position = fragment();
    if (position !== this.#slide.position) this.#go(this.#find(position), 0);
  }

  #onResize() {
    clearTimeout(this.#resized);
    // Once, after the last of many, and not while somebody types into a program on the slide.
    this.#resized = window.setTimeout(() => this.#rebuild(), 150);
  }

  /** @param {MouseEvent} event */
  #onClick(event) {
    const target = event.target instanceof Element ? event.target : this.#stage;
    if (this.#isOverview) {
      const index = this.#slides.findIndex((slide) => slide.element.contains(target));
      if (index === -1) return;
      event.preventDefault();
      this.#go(index, undefined);
      this.#toggleOverview();
      return;
    }
    if (target.closest(RUN) && event.detail > 0) {
      // Space goes on, and does not run it again, unless a program waits for what is typed.
      this.#slide.element.focus({ preventScroll: true });
    }
    const isSelecting = getSelection()?.isCollapsed === false;
    if (!target.closest(PRESSED) && !isSelecting) this.#next();
  }

  /** @param {TouchEvent} event */
  #onTouch({ touches }) {
    const touch = touches.length === 1 ? touches[0] : undefined;
    this.#touched = touch ? { x: touch.clientX, y: touch.clientY } : null;
  }

  /** @param {TouchEvent} event */
  #onTouchEnd(event) {
    const touch = event.changedTouches[0];
    if (this.#touched === null || touch === undefined || this.#isOverview) return;
    const x = touch.clientX - this.#touched.x;
    const y = touch.clientY - this.#touched.y;
    if (Math.abs(x) < SWIPE_PIXELS || Math.abs(x) < 2 * Math.abs(y)) return;
    event.preventDefault();
    if (x < 0) this.#next();
    else this.#previous();
  }
}

function fragment() {
  return decodeURIComponent(location.hash.slice(1));
}

/** Links to the pages before and behind, as slides. */
function neighbours() {
  const links = [...document.querySelectorAll(".light-neighbours a")].reverse();
  return links.map((link) => {
    const copy = /** @type {HTMLAnchorElement} */ (copyOf(link));
    copy.search = "?slides";
    const small = copy.querySelector("small");
    const title = copy.textContent.replace(small?.textContent ?? "", "").trim();
    copy.replaceChildren(title);
    const label = copy.rel === "next" ? "The next page: " : "The page before: ";
    return element("p", { class: "slide-block" }, label, copy);
  });
}

/** @param {HTMLElement} body What the keyboard must reach if it scrolls. */
function makeScrollable(body) {
  for (const one of [body, ...body.querySelectorAll("pre, .pst-scrollable-table-container")]) {
    const scrolls =
      one.scrollWidth > one.clientWidth + 1 ||
      (one === body && one.scrollHeight > one.clientHeight + 1);
    if (scrolls) one.setAttribute("tabindex", "0");
    else one.removeAttribute("tabindex");
  }
}

/** @returns {number} How large the type was made the last time. */
function storedSize() {
  try {
    const size = Number(localStorage.getItem(SIZE) ?? 1);
    return SIZES.includes(size) ? size : 1;
  } catch {
    return 1;
  }
}

async function toggleFullScreen() {
  if (document.fullscreenElement) await document.exitFullscreen();
  else await document.documentElement.requestFullscreen();
}

function changeColours() {
  const { dataset } = document.documentElement;
  const mode = dataset.theme === "dark" ? "light" : "dark";
  const change = /** @type {HTMLElement | null} */ (document.querySelector(".light-mode"));
  // The page's own button goes round three of them.
  for (let press = 0; press < 3 && dataset.mode !== mode; press += 1) change?.click();
}
