// @ts-check
/** Divides what is on a slide into what is typed and what is printed, to be shown one by one. */

import { runs, steps } from "./steps.js";

/**
 * @typedef {import("./steps.js").Kind} Kind
 * @typedef {{ kind: Kind, block: number, turn: number, nodes: HTMLElement[] }} Chunk
 * @typedef {{ nodes: Node[], isInput: boolean, turn: number }} Line
 */

const LATER = "slide-later";
const INPUT = ".gp, kbd";
const ANSWER = ".slide-answer";

/** What of a slide has been shown so far. */
export class Reveal {
  /** @type {{ step: number, nodes: HTMLElement[] }[]} */
  #chunks;
  /** @type {{ pre: HTMLElement, nodes: ChildNode[] }[]} */
  #divided = [];
  /** What has been shown: 0 is what one sees first. */
  step = 0;

  /** @param {readonly HTMLElement[]} blocks The slide's blocks, in order. */
  constructor(blocks) {
    const chunks = blocks.flatMap((block, index) => this.#chunksOf(block, index));
    const order = steps(chunks);
    this.#chunks = chunks.map(({ nodes }, index) => ({ step: order[index] ?? 0, nodes }));
    /** At which step all is shown. */
    this.last = Math.max(0, ...order);
    this.show(0);
  }

  /**
   * Shows all up to a step, and nothing beyond.
   *
   * @param {number} step
   * @returns {HTMLElement[]} What that step adds.
   */
  show(step) {
    this.step = Math.min(Math.max(step, 0), this.last);
    for (const chunk of this.#chunks) {
      for (const node of chunk.nodes) node.classList.toggle(LATER, chunk.step > this.step);
    }
    return this.#chunks.filter((chunk) => chunk.step === this.step).flatMap(({ nodes }) => nodes);
  }

  /** Leaves everything as it was. */
  undo() {
    this.show(this.last);
    for (const { pre, nodes } of this.#divided) pre.replaceChildren(...nodes);
  }

  /**
   * @param {HTMLElement} block
   * @param {number} index
   * @returns {Chunk[]}
   */
  #chunksOf(block, index) {
    const panes = [...block.querySelectorAll(".terminals > figure.terminal")];
    if (panes.length) return this.#chunksOfTerminals(block, /** @type {HTMLElement[]} */ (panes), index);
    const isFolded = block.querySelector(".sd-tab-set, details");
    const sessions = isFolded ? [] : [...block.querySelectorAll("pre:has(.gp)")];
    /** @type {Chunk[]} */
    const chunks = sessions.flatMap((pre) => {
      const lines = linesOf(/** @type {HTMLElement} */ (pre), 0);
      return this.#divide(/** @type {HTMLElement} */ (pre), lines, index);
    });
    const first = chunks[0];
    if (first === undefined) {
      const kind = block.matches(ANSWER) ? "output" : "shown";
      return [{ kind, block: index, turn: 0, nodes: [block] }];
    }
    first.nodes.push(block);
    return chunks;
  }

  /**
   * Where programs talk to each other, what they print appears in the page's order.
   *
   * @param {HTMLElement} block
   * @param {HTMLElement[]} panes
   * @param {number} index
   * @returns {Chunk[]}
   */
  #chunksOfTerminals(block, panes, index) {
    const all = panes.flatMap((pane, place) => {
      const pre = /** @type {HTMLElement | null} */ (pane.querySelector("pre"));
      if (pre === null) return [];
      const lines = linesOf(pre, place);
      const chunks = this.#divide(pre, lines, index);
      chunks[0]?.nodes.push(pane);
      return chunks;
    });
    const chunks = all.sort((one, other) => one.turn - other.turn);
    chunks[0]?.nodes.push(block);
    return chunks;
  }

  /**
   * @param {HTMLElement} pre
   * @param {Line[]} lines
   * @param {number} block
   * @returns {Chunk[]} Its runs of lines, each in an element of its own now.
   */
  #divide(pre, lines, block) {
    this.#divided.push({ pre, nodes: [...pre.childNodes] });
    const parts = runs(lines, ({ turn, isInput }) => `${turn} ${isInput}`).map((run) => {
      const part = document.createElement("span");
      part.append(...run.flatMap(({ nodes }) => nodes));
      const { isInput, turn } = /** @type {Line} */ (run[0]);
      /** @type {Chunk} */
      const chunk = { kind: isInput ? "input" : "output", block, turn, nodes: [part] };
      return chunk;
    });
    pre.replaceChildren(...parts.flatMap(({ nodes }) => nodes));
    return parts;
  }
}

/**
 * Copies of what is in a session or a terminal, by lines.
 *
 * @param {HTMLElement} pre
 * @param {number} turn The first line's, in the order in which terminals take turns.
 * @returns {Line[]}
 */
function linesOf(pre, turn) {
  /** @type {Line[]} */
  const lines = [];
  /** @type {Node[]} */
  let open = [];
  const close = () => {
    if (open.length === 0) return;
    const isInput = open.some((node) => node instanceof Element && node.matches(INPUT));
    const isEmpty = open.every((node) => node.textContent?.trim() === "");
    const before = lines.at(-1);
    // An empty line goes with the line above it.
    if (isEmpty && before?.turn === turn) before.nodes.push(...open);
    else lines.push({ nodes: open, isInput, turn });
    open = [];
  };
  for (const node of pre.childNodes) {
    const text = node.textContent ?? "";
    const next = node instanceof HTMLElement ? node.dataset.turn : undefined;
    if (next !== undefined) {
      close();
      turn = Number(next);
    }
    const isFlat = !(node instanceof Element && node.childElementCount > 0);
    for (const piece of isFlat ? text.split(/(?<=\n)/u) : [text]) {
      const copy = node.cloneNode(!isFlat);
      if (isFlat) copy.textContent = piece;
      open.push(copy);
      if (piece.endsWith("\n")) close();
    }
  }
  close();
  return lines;
}
