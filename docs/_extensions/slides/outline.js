// @ts-check
/** What stands on a page, as a flat list of what can be put on slides. */

import { element } from "../../../src/live_pages/page/elements.js";
import { copyOf, excerptsOf, shortList } from "./prose.js";

/**
 * @typedef {object} Block
 * @property {import("./cut.js").Role} role
 * @property {HTMLElement} node What the slide shows: a copy, or the page's own element.
 * @property {boolean} isOwn Whether it is the page's own element, which has to go back.
 * @property {HTMLElement[]} parts What it can be cut into, in `node`; then copies are shown.
 * @property {boolean} isAnswer Whether it answers a question, and so waits for a press.
 * @property {boolean} begins Whether the author wants a new slide here.
 * @property {string} anchor Id of the section or exercise that it is in.
 * @property {number} index Its number in the anchor's.
 * @property {HTMLElement} source What of the page it shows.
 * @property {HTMLElement[]} notes What of the page is said while it is shown.
 *
 * @typedef {object} Section
 * @property {"title" | "section" | "exercise" | "solution" | "aside"} kind
 * @property {HTMLElement} heading A copy of its title, empty of links.
 * @property {string} crumb Title of the section around it; empty if there is none.
 * @property {HTMLElement} source What of the page it shows.
 * @property {string} anchor
 * @property {Block[]} blocks
 */

// What the page's author steers slides with; see the page on contributing.
const BREAK = "slide-break";
const WHOLE = "slide-whole";
const SKIP = "slide-skip";

const BLOCKS =
  "[data-live], figure, table, ul, ol, dl, div[class*=highlight-], .literal-block-wrapper, " +
  ".pst-scrollable-table-container, .references-row, .sd-tab-set, .terminals";
const PICTURES = "figure, .references-row";
const NOT_SHOWN =
  "h1, h2, h3, h4, h5, h6, summary, .admonition-title, .toctree-wrapper, .examples-run, span";
const QUESTION = "details.sd-dropdown, details.admonition:not(.solution)";
const TITLES = ":scope > :is(h1, h2, h3, h4, h5, h6, .admonition-title)";

class Outline {
  /** @type {Section[]} */
  sections = [];
  /** @type {Map<string, number>} */
  #counts = new Map();

  /**
   * @param {HTMLElement} source
   * @param {Section["kind"]} kind
   * @param {string} anchor
   * @param {string} crumb
   * @returns {Section}
   */
  #open(source, kind, anchor, crumb) {
    const title = source.querySelector(TITLES);
    const heading = element(kind === "title" ? "h1" : "h2");
    if (title) heading.append(...copyOf(title).childNodes);
    const section = { kind, heading, crumb, source, anchor, blocks: [] };
    this.sections.push(section);
    return section;
  }

  /**
   * @param {HTMLElement} source
   * @param {Section["kind"]} kind
   * @param {string} anchor
   * @param {string} crumb
   */
  addSection(source, kind, anchor, crumb) {
    const section = this.#open(source, kind, source.id || anchor, crumb);
    this.#addChildren(source, section);
  }

  /**
   * @param {HTMLElement} parent
   * @param {Section} section
   */
  #addChildren(parent, section) {
    const title = section.heading.textContent;
    let open = section;
    for (const child of parent.children) {
      if (!(child instanceof HTMLElement) || child.matches(NOT_SHOWN)) continue;
      const kind = kindOfSection(child);
      if (kind !== undefined && child.classList.contains(SKIP)) continue;
      if (child.matches(QUESTION)) {
        if (!this.sections.includes(open)) this.sections.push(open);
        this.#addQuestion(child, open);
        continue;
      }
      if (kind !== undefined) {
        this.addSection(child, kind, section.anchor, section.kind === "title" ? "" : title);
        // What comes behind a box is again about what the section is about.
        if (kind !== "section") open = { ...section, blocks: [] };
      } else if (child.matches("section, .exercise-content, .solution-content")) {
        this.#addChildren(child, open);
      } else {
        if (!this.sections.includes(open)) this.sections.push(open);
        this.#addBlock(child, open);
      }
    }
  }

  /**
   * A question with its answer, which the page folds: here the question leads to what answers it.
   *
   * @param {HTMLElement} folded
   * @param {Section} section
   */
  #addQuestion(folded, section) {
    const question = folded.querySelector("summary");
    if (question !== null) {
      const node = element("p", { class: "slide-question" });
      node.append(...copyOf(question).childNodes);
      for (const sign of node.querySelectorAll("svg")) sign.remove();
      const begins = folded.matches(`.${BREAK}`);
      this.#push(section, { role: "lead", node, begins, source: folded, notes: [] });
    }
    const before = section.blocks.length;
    const answers = folded.querySelector(":scope > .sd-summary-content");
    this.#addChildren(answers instanceof HTMLElement ? answers : folded, section);
    const answer = section.blocks[before];
    if (answer) answer.isAnswer = true;
  }

  /**
   * @param {HTMLElement} child
   * @param {Section} section
   */
  #addBlock(child, section) {
    const { blocks, kind } = section;
    const before = blocks.at(-1);
    if (child.matches(`.${SKIP}, :has(.${SKIP})`)) {
      before?.notes.push(child);
      return;
    }
    const isBehindBlock = before?.role === "block" || before?.role === "follow";
    const begins = child.matches(`.${BREAK}, :has(.${BREAK})`);
    if (child.matches("p")) {
      const isBeforeBlock = child.nextElementSibling?.matches(BLOCKS) ?? false;
      const isWhole = child.classList.contains(WHOLE) || kind === "exercise";
      const excerpts = excerptsOf(child, { isBeforeBlock, isBehindBlock, isWhole });
      for (const [index, { role, node }] of excerpts.entries()) {
        this.#push(section, { role, node, begins, source: child, notes: index ? [] : [child] });
      }
      return;
    }
    const isPicture = child.matches(PICTURES) || child.querySelector(":scope > figure") !== null;
    const role = isPicture && isBehindBlock && !child.matches("[data-live]") ? "follow" : "block";
    const notes = child.matches("ul, ol") ? [child] : [];
    this.#push(section, { role, ...shown(child), begins, source: child, notes });
  }

  /**
   * @param {Section} section
   * @param {Partial<Block> & Pick<Block, "role" | "node" | "begins" | "source" | "notes">} block
   */
  #push(section, block) {
    const index = this.#counts.get(section.anchor) ?? 0;
    this.#counts.set(section.anchor, index + 1);
    const made = { isOwn: false, isAnswer: false, parts: [], anchor: section.anchor, index };
    section.blocks.push({ ...made, ...block });
  }
}

/**
 * @param {HTMLElement} child
 * @returns {Section["kind"] | undefined}
 */
function kindOfSection(child) {
  if (child.matches("section[id]")) return "section";
  if (child.matches(".exercise")) return "exercise";
  if (child.matches(".solution")) return "solution";
  if (child.matches("div.admonition")) return "aside";
  return undefined;
}

/**
 * How a block is shown: lists and tables as copies; all else as it is, since it may be run.
 *
 * @param {HTMLElement} block
 * @returns {Pick<Block, "node" | "parts" | "isOwn">}
 */
function shown(block) {
  if (block.matches("ul, ol") && !block.querySelector("[data-live]")) {
    const node = shortList(block);
    return { node, parts: elements(node.children), isOwn: false };
  }
  if (block.matches("dl") && !block.querySelector("[data-live]")) {
    const node = copyOf(block);
    return { node, parts: definitions(node), isOwn: false };
  }
  const isTable = block.matches("table, .pst-scrollable-table-container");
  if (isTable && !block.querySelector("[rowspan], [data-live]")) {
    const node = copyOf(block);
    return { node, parts: elements(node.querySelectorAll("tbody > tr")), isOwn: false };
  }
  const rows = block.matches("figure.wire") ? block.querySelectorAll(":scope > .wire-calls > li") : [];
  return { node: block, parts: elements(rows), isOwn: true };
}

/** @param {Iterable<Element>} found */
function elements(found) {
  return /** @type {HTMLElement[]} */ ([...found]);
}

/** @param {HTMLElement} list Its terms are put together with what is said of them. */
function definitions(list) {
  /** @type {HTMLElement[]} */
  const parts = [];
  for (const child of [...list.children]) {
    if (child.matches("dt") && !parts.at(-1)?.lastElementChild?.matches("dt")) {
      parts.push(element("div"));
    }
    parts.at(-1)?.append(child);
  }
  list.replaceChildren(...parts);
  return parts;
}

/**
 * The sections of a page, in order, each with what it shows.
 *
 * @param {HTMLElement} article
 * @returns {Section[]}
 */
export function outlineOf(article) {
  const outline = new Outline();
  for (const child of article.children) {
    if (child instanceof HTMLElement && child.matches("section[id]")) {
      outline.addSection(child, "title", child.id, "");
    }
  }
  return outline.sections;
}
