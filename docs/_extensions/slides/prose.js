// @ts-check
/** Excerpts of what a page says, as copies with their links and their code. */

import { element } from "../../../src/live_pages/page/elements.js";
import { keySentences, sentences } from "./sentences.js";

/** @typedef {import("./sentences.js").Span} Span */

const CODE = "code, kbd, .math";

/**
 * A copy that may stand beside what it was copied from.
 *
 * @template {Node} Kind
 * @param {Kind} node
 * @returns {Kind}
 */
export function copyOf(node) {
  const copy = /** @type {Kind & ParentNode} */ (node.cloneNode(true));
  if (copy instanceof Element) copy.removeAttribute("id");
  strip(copy);
  return copy;
}

/** @param {ParentNode} copy */
function strip(copy) {
  for (const link of copy.querySelectorAll("a.headerlink")) link.remove();
  for (const named of copy.querySelectorAll("[id]")) named.removeAttribute("id");
}

/** @param {HTMLElement} paragraph */
function* textNodes(paragraph) {
  const walker = document.createTreeWalker(paragraph, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    yield /** @type {Text} */ (node);
  }
}

/** @param {HTMLElement} paragraph */
function maskedText(paragraph) {
  return [...textNodes(paragraph)]
    .map(({ data, parentElement }) =>
      parentElement?.closest(CODE) ? data.replaceAll(/\S/gu, (one) => "X".repeat(one.length)) : data,
    )
    .join("");
}

/**
 * @param {HTMLElement} paragraph
 * @param {readonly Span[]} spans
 */
function excerpt(paragraph, spans) {
  const copy = element("p");
  for (const { start, end } of spans) {
    const range = document.createRange();
    let before = 0;
    let isBegun = false;
    for (const text of textNodes(paragraph)) {
      if (!isBegun && start < before + text.length) {
        range.setStart(text, start - before);
        isBegun = true;
      }
      if (end <= before + text.length) {
        range.setEnd(text, end - before);
        break;
      }
      before += text.length;
    }
    if (copy.hasChildNodes()) copy.append(" ");
    copy.append(range.cloneContents());
  }
  strip(copy);
  return copy;
}

/**
 * What a slide shows of a paragraph.
 *
 * @param {HTMLElement} paragraph
 * @param {{ isBeforeBlock: boolean, isBehindBlock: boolean, isWhole?: boolean }} place
 * @returns {{ role: "point" | "lead", node: HTMLElement }[]}
 */
export function excerptsOf(paragraph, place) {
  const { point, lead } = keySentences(maskedText(paragraph), place);
  /** @type {{ role: "point" | "lead", node: HTMLElement }[]} */
  const excerpts = [];
  if (point.length) excerpts.push({ role: "point", node: excerpt(paragraph, point) });
  if (lead.length) excerpts.push({ role: "lead", node: excerpt(paragraph, lead) });
  return excerpts;
}

/**
 * A copy of a list whose long items are cut to their first sentence.
 *
 * @param {HTMLElement} list
 */
export function shortList(list) {
  const copy = copyOf(list);
  for (const paragraph of copy.querySelectorAll("li > p:only-child")) {
    if (!(paragraph instanceof HTMLElement)) continue;
    const first = sentences(maskedText(paragraph))[0];
    if (first) paragraph.replaceChildren(...excerpt(paragraph, [first]).childNodes);
  }
  return copy;
}
