// @ts-check
/** The slides of a page: made from what it shows, measured, cut, and put back at the end. */

import { element } from "../../../src/live_pages/page/elements.js";
import { cut } from "./cut.js";
import { copyOf } from "./prose.js";
import { Reveal } from "./reveal.js";

/**
 * @typedef {import("./outline.js").Block} Block
 * @typedef {import("./outline.js").Section} Section
 * @typedef {import("./cut.js").Cut} Cut
 * @typedef {import("./cut.js").Room} Room
 *
 * @typedef {object} Slide
 * @property {HTMLElement} element
 * @property {HTMLElement} body What scrolls if there is no other way.
 * @property {Section} section
 * @property {string} anchor Id of the section or exercise that it shows.
 * @property {string} position Where in the page it begins: its fragment in the address.
 * @property {HTMLElement} source What of the page it begins with.
 * @property {string} title
 * @property {HTMLElement[]} notes What of the page is said while it is shown.
 * @property {Reveal} reveal
 */

/** Sizes of the type: the first five serve to keep things together, the last ones to fit at all. */
export const SCALES = [1.15, 1, 0.9, 0.82, 0.76, 0.7, 0.64];
const COMFORTABLE = 4;
// How many of them serve to put more on a slide than one thing.
const SHARED = 3;
// Behind a heading it may take a line of its own.
const LONGEST_COUNT = "10 / 10";
// Of a page that nobody has made larger.
const PIXELS_OF_REM = 16;

/** All slides of a page. */
export class Deck {
  /** @type {Slide[]} */
  slides = [];
  #stage;
  #sections;
  /** Where the page's own elements go back to. @type {Map<HTMLElement, Comment>} */
  #places = new Map();

  /**
   * @param {readonly Section[]} sections
   * @param {HTMLElement} stage Where slides are put.
   */
  constructor(sections, stage) {
    this.#sections = sections;
    this.#stage = stage;
  }

  /**
   * Makes the slides for the stage as large as it is now. What was shown of each slide is forgotten.
   *
   * @param {Node[]} last Stands on a slide behind all others.
   */
  build(last) {
    this.#clear();
    const frames = this.#sections.map((section) => frameOf(section, LONGEST_COUNT));
    this.#stage.replaceChildren(...frames.map((frame) => frame.element));
    const holders = this.#sections.map(({ blocks }) => blocks.map((block) => this.#hold(block)));
    const { items, rooms } = this.#measure(frames, holders);
    this.slides = this.#sections.flatMap((section, at) => {
      const cuts = cut(items[at] ?? [], /** @type {Room} */ (rooms[at]));
      // A heading right above another one still says where one is.
      if (cuts.length === 0) cuts.push({ pieces: [], scale: 0, scrolls: false });
      return cuts.map((one, index) =>
        slideOf(section, one, holders[at] ?? [], index ? `${index + 1} / ${cuts.length}` : ""),
      );
    });
    this.#stage.replaceChildren(...this.slides.map((slide) => slide.element));
    this.#addLast(last);
    this.#settle();
    this.slides.forEach(({ element: one, title }, index) => {
      one.setAttribute("aria-label", `${index + 1} of ${this.slides.length}: ${title}`);
    });
  }

  /**
   * A piece of a table has columns of its own, so it can be higher than it was in the whole: such a
   * slide gets smaller type, and scrolls if that does not help.
   */
  #settle() {
    this.#stage.classList.add("is-measured");
    for (const { element: slide, body } of this.slides) {
      const content = /** @type {HTMLElement | null} */ (body.firstElementChild);
      const zoom = Number(content?.style.getPropertyValue("--slide-zoom"));
      const smaller = SCALES.filter((scale) => scale < zoom);
      while (!slide.classList.contains("slide-scrolls") && isTooHigh(body)) {
        const scale = smaller.shift();
        if (scale === undefined) slide.classList.add("slide-scrolls");
        else content?.style.setProperty("--slide-zoom", String(scale));
      }
    }
    this.#stage.classList.remove("is-measured");
  }

  /** Puts everything back where it was. */
  remove() {
    this.#clear();
    this.#stage.replaceChildren();
  }

  #clear() {
    for (const { reveal } of this.slides) reveal.undo();
    this.slides = [];
    for (const [node, place] of this.#places) {
      const holder = node.parentElement;
      // What was put beside it meanwhile, such as the picture of a run, belongs to it.
      place.replaceWith(...(holder?.childNodes ?? [node]));
    }
    this.#places.clear();
  }

  /** @param {Block} block */
  #hold({ node, isOwn, isAnswer }) {
    const holder = element("div", { class: "slide-block" });
    holder.classList.toggle("slide-answer", isAnswer);
    if (isOwn) {
      const place = document.createComment("");
      node.replaceWith(place);
      this.#places.set(node, place);
    }
    holder.append(node);
    // Pictures have their width in pixels, and grow with the screen as all else does.
    for (const picture of holder.querySelectorAll(".references-picture svg")) {
      const { style, viewBox } = /** @type {SVGSVGElement} */ (picture);
      style.setProperty("--slide-width", `${viewBox.baseVal.width / PIXELS_OF_REM}rem`);
    }
    return holder;
  }

  /**
   * How large each block is at each scale, and what room there is for them.
   *
   * @param {Frame[]} frames
   * @param {HTMLElement[][]} holders
   */
  #measure(frames, holders) {
    const probes = holders.map((ofSection, at) =>
      ofSection.map((holder) => {
        const content = element("div", { class: "slide-content" }, holder);
        const probe = element("div", { class: "slide-probe" }, content);
        frames[at]?.body.append(probe);
        return probe;
      }),
    );
    const items = this.#sections.map(({ blocks }) =>
      blocks.map(({ role, parts, begins }) => {
        /** @type {import("./cut.js").Item} */
        const item = { role, begins, heights: [], isTooWide: [] };
        if (parts.length > 1) item.parts = [];
        return item;
      }),
    );
    this.#stage.classList.add("is-measured");
    const rooms = frames.map((frame) => roomOf(frame));
    for (const scale of SCALES) {
      this.#stage.style.setProperty("--slide-zoom", String(scale));
      items.forEach((ofSection, at) => {
        ofSection.forEach((item, index) => {
          const probe = /** @type {HTMLElement} */ (probes[at]?.[index]);
          const { height } = probe.getBoundingClientRect();
          item.heights.push(Math.ceil(height));
          item.isTooWide.push(isTooWide(probe));
          const parts = this.#sections[at]?.blocks[index]?.parts ?? [];
          // Browsers differ in whether what is within a zoomed element is told as it is seen.
          const inner = probe.firstElementChild?.getBoundingClientRect().height ?? height;
          const heights = parts.map((part) => part.getBoundingClientRect().height);
          item.parts?.push(heights.map((one) => (one * height) / inner));
        });
      });
    }
    this.#stage.style.removeProperty("--slide-zoom");
    this.#stage.classList.remove("is-measured");
    return { items, rooms };
  }

  /** @param {Node[]} nodes */
  #addLast(nodes) {
    const source = this.#sections[0]?.source;
    if (nodes.length === 0 || source === undefined) return;
    const heading = element("h2", { text: "Where to go from here" });
    /** @type {Section} */
    const section = { kind: "section", heading, crumb: "", source, anchor: "", blocks: [] };
    const frame = frameOf(section);
    frame.body.append(element("div", { class: "slide-content" }, ...nodes));
    this.#stage.append(frame.element);
    this.slides.push({
      ...frame,
      section,
      anchor: "",
      position: "end",
      source,
      title: heading.textContent,
      notes: [],
      reveal: new Reveal([]),
    });
  }
}

/** @typedef {{ element: HTMLElement, body: HTMLElement }} Frame A slide, still empty. */

/**
 * @param {Section} section
 * @param {string} [count] Which of the section's slides it is.
 * @returns {Frame}
 */
function frameOf({ heading, crumb, kind }, count = "") {
  const title = copyOf(heading);
  if (count) title.append(" ", element("small", { text: count }));
  const head = element("header", { class: "slide-head" });
  if (crumb) head.append(element("p", { class: "slide-crumb", text: crumb }));
  head.append(title);
  const body = element("div", { class: "slide-body" });
  const made = element("section", { class: `slide slide-${kind}`, tabindex: "-1" }, head, body);
  made.setAttribute("aria-roledescription", "slide");
  return { element: made, body };
}

/**
 * @param {Frame} frame
 * @returns {Room}
 */
function roomOf({ element: frame, body }) {
  const gap = parseFloat(getComputedStyle(frame).getPropertyValue("--slide-gap"));
  const rem = parseFloat(getComputedStyle(document.documentElement).fontSize);
  const height = body.clientHeight;
  return { height, gap: gap * rem, scales: SCALES, comfortable: COMFORTABLE, shared: SHARED };
}

/** @param {HTMLElement} body */
function isTooHigh(body) {
  return body.scrollHeight > body.clientHeight + 1;
}

/** @param {HTMLElement} probe */
function isTooWide(probe) {
  const blocks = [probe, ...probe.querySelectorAll("pre, table, .pst-scrollable-table-container")];
  return blocks.some((one) => one.scrollWidth > one.clientWidth + 1);
}

/**
 * @param {Section} section
 * @param {Cut} cutting
 * @param {HTMLElement[]} holders
 * @param {string} count
 * @returns {Slide}
 */
function slideOf(section, { pieces, scale, scrolls }, holders, count) {
  const frame = frameOf(section, count);
  const content = element("div", { class: "slide-content" });
  content.style.setProperty("--slide-zoom", String(SCALES[scale]));
  frame.body.append(content);
  const shown = pieces.map(({ item, from, to }) => {
    const holder = /** @type {HTMLElement} */ (holders[item]);
    return to === undefined ? holder : holderOfParts(holder, section.blocks[item], from ?? 0, to);
  });
  content.append(...shown);
  frame.element.classList.toggle("slide-scrolls", scrolls);
  const first = pieces[0];
  const block = section.blocks[first?.item ?? 0];
  const anchor = block?.anchor ?? section.anchor;
  const part = first?.from ? `.${first.from}` : "";
  const isFirst = block === undefined || (block.index === 0 && part === "");
  return {
    ...frame,
    section,
    anchor,
    position: isFirst ? anchor : `${anchor}/${block.index}${part}`,
    source: first?.from || count ? (block?.source ?? section.source) : section.source,
    title: `${section.heading.textContent} ${count}`.trim(),
    notes: pieces.flatMap(({ item, from }) => (from ? [] : (section.blocks[item]?.notes ?? []))),
    reveal: new Reveal(shown),
  };
}

/**
 * A copy of a list or a table with some of its parts.
 *
 * @param {HTMLElement} holder
 * @param {Block | undefined} block
 * @param {number} from
 * @param {number} to
 */
function holderOfParts(holder, block, from, to) {
  const parts = block?.parts ?? [];
  parts.forEach((part, index) => part.toggleAttribute("data-left-out", index < from || index >= to));
  const copy = copyOf(holder);
  for (const part of copy.querySelectorAll("[data-left-out]")) part.remove();
  const list = copy.querySelector("ol");
  if (list) list.start += from;
  for (const part of parts) part.removeAttribute("data-left-out");
  return copy;
}
