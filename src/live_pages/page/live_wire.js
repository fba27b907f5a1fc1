// @ts-check
/** Draws what crosses the wire, in the markup of `tested_pages.wire_picture`. */

import { element } from "./elements.js";
import { folded } from "./wire_folding.js";
import { WireRows } from "./wire_rows.js";

/**
 * @typedef {import("./wire_rows.js").Row} Row
 * @typedef {import("./wire_folding.js").Shown} Shown
 * @typedef {import("../network/network.js").NetworkEvent} NetworkEvent
 * @typedef {{ text: string, isCode?: boolean }} Piece
 */

const MOST_LANES = 4;
const MOST_ROWS = 300;
// More often nobody can read it, and what the programs do goes before.
const MILLISECONDS_BETWEEN_DRAWINGS = 100;

/** A picture that grows. */
export class LiveWire {
  #lanes = element("p", { class: "wire-lanes" });
  #calls = element("ol", { class: "wire-calls" });
  #rows = new WireRows();
  #isDue = false;
  /** What was drawn for each row, and from what. @type {{ key: string, item: HTMLElement }[]} */
  #drawn = [];
  /** Names of the programs, in this order; others follow. @type {string[]} */
  lanes = [];
  /** If not empty: the only programs that are drawn, in this order. @type {string[]} */
  chosen = [];

  constructor() {
    this.element = element("figure", { class: "wire", hidden: true }, this.#lanes, this.#calls);
    this.element.setAttribute("aria-label", "What crosses the wire now");
  }

  /** Begins anew. */
  clear() {
    this.#rows = new WireRows();
    this.#drawn = [];
    this.#calls.replaceChildren();
    this.element.hidden = true;
  }

  /** All programs have ended. */
  finish() {
    this.#rows.finish();
    this.#drawSoon();
  }

  /** @param {NetworkEvent} event */
  add(event) {
    this.#rows.add(event);
    this.#drawSoon();
  }

  #drawSoon() {
    if (this.#isDue) return;
    this.#isDue = true;
    setTimeout(() => {
      this.#isDue = false;
      this.#draw();
    }, MILLISECONDS_BETWEEN_DRAWINGS);
  }

  #draw() {
    const rows = only(this.chosen, folded(this.#rows.rows));
    const shown = rows.slice(0, MOST_ROWS);
    const lanes = [...(this.chosen.length ? this.chosen : this.lanes)];
    for (const { lane, to } of shown.map(({ row }) => row)) {
      for (const name of to === null ? [lane] : [lane, to]) {
        if (!lanes.includes(name)) lanes.push(name);
      }
    }
    const used = lanes.filter((name) => {
      return shown.some(({ row }) => row.lane === name || row.to === name);
    });
    this.element.hidden = shown.length === 0;
    this.element.className = used.length <= MOST_LANES ? `wire wire-of-${used.length}` : "wire";
    const names = used.flatMap((name, position) => [
      ...(position ? [glue(", ")] : []),
      element("span", { class: "wire-lane", text: name }),
    ]);
    this.#lanes.replaceChildren(glue("Programs: "), ...names);
    for (const [position, row] of shown.entries()) this.#drawRow(position, row, used);
    while (this.#calls.children.length > shown.length) this.#calls.lastChild?.remove();
    this.#drawn.length = shown.length;
    if (rows.length > MOST_ROWS) {
      const text = `${rows.length - MOST_ROWS} more calls are not shown.`;
      this.#calls.append(element("li", { class: "wire-more", text }));
    }
  }

  /**
   * @param {number} position
   * @param {Shown} shown
   * @param {readonly string[]} lanes
   */
  #drawRow(position, shown, lanes) {
    const key = JSON.stringify([shown, lanes]);
    const before = this.#drawn[position];
    if (before?.key === key) return;
    const item = drawnRow(shown, lanes);
    if (before) before.item.replaceWith(item);
    else this.#calls.insertBefore(item, this.#calls.children[position] ?? null);
    this.#drawn[position] = { key, item };
  }
}

/**
 * The rows between chosen programs, as `tested_pages.wire_picture.with_lanes` chooses them; all if
 * none is chosen.
 *
 * @param {readonly string[]} chosen
 * @param {Shown[]} rows
 * @returns {Shown[]}
 */
export function only(chosen, rows) {
  if (!chosen.length) return rows;
  const isChosen = (/** @type {string} */ name) => chosen.includes(name);
  return rows
    .filter(({ row }) => isChosen(row.lane) && (row.to === null || isChosen(row.to)))
    .map((shown) => ({
      ...shown,
      waiting: shown.waiting.filter(isChosen),
      returned: shown.returned.filter(isChosen),
    }));
}

/**
 * @param {Shown} shown
 * @param {readonly string[]} lanes
 */
function drawnRow(shown, lanes) {
  const { row } = shown;
  const item = element("li", { class: rowClasses(shown, lanes).join(" ") });
  if (row.to === null || row.to === row.lane) {
    const isSent = row.to !== null;
    const inside = isSent ? [{ text: "to itself: " }, ...messagePieces(row)] : action(row);
    item.append(
      element("span", { class: "wire-who", text: row.lane }),
      glue(isSent ? ", " : ": "),
      part("wire-box", inside),
    );
    return item;
  }
  item.append(
    element("span", { class: "wire-who", text: `${row.lane} → ${row.to}` }),
    glue(": "),
    ...messageParts(row),
  );
  return item;
}

/**
 * The classes of a row, as `tested_pages.wire_picture` describes them.
 *
 * @param {Shown} shown
 * @param {readonly string[]} lanes
 */
export function rowClasses({ row, waiting, returned, standsForMore }, lanes) {
  const from = lanes.indexOf(row.lane);
  const to = row.to === null ? from : lanes.indexOf(row.to);
  const classes =
    from === to
      ? ["wire-call", `wire-at-${from + 1}`, ...(row.what ? ["wire-receives"] : [])]
      : [
          "wire-message",
          `wire-from-${from + 1}`,
          `wire-to-${to + 1}`,
          `wire-${to > from ? "rightwards" : "leftwards"}`,
        ];
  const place = (/** @type {string} */ name) => lanes.indexOf(name) + 1;
  return [
    ...classes,
    ...(row.outcome ? [`wire-${row.outcome}`] : []),
    ...(standsForMore ? ["wire-more"] : []),
    ...waiting.map(place).sort().map((lane) => `wire-waiting-${lane}`),
    ...returned.map(place).sort().map((lane) => `wire-returned-${lane}`),
  ];
}

/** @param {Row} row */
function messageParts(row) {
  const what = spaced({ text: row.what }, { text: row.data, isCode: true });
  const ends = [
    part("wire-sent", spaced({ text: row.call, isCode: true }, { text: row.words })),
    part(
      "wire-received",
      spaced(
        { text: row.received, isCode: true },
        { text: row.receivedWords },
        { text: row.receivedData, isCode: true },
      ),
    ),
  ].filter((end) => end.hasChildNodes());
  const parts = [part("wire-what", what)];
  for (const [position, end] of ends.entries()) parts.push(glue(position ? ", " : " ("), end);
  if (ends.length) parts.push(glue(")"));
  if (row.note) parts.push(glue(", "), element("span", { class: "wire-note", text: row.note }));
  return parts;
}

/**
 * @param {Row} row
 * @returns {Piece[]}
 */
function messagePieces(row) {
  return spaced(
    { text: row.what },
    { text: row.data, isCode: true },
    { text: row.call, isCode: true },
    { text: row.received, isCode: true },
    { text: row.note },
  );
}

/** @param {Row} row */
function action(row) {
  const pieces = spaced(
    { text: row.call, isCode: true },
    { text: row.words },
    { text: row.what },
    { text: row.data, isCode: true },
  );
  return row.note ? [...pieces, { text: `, ${row.note}` }] : pieces;
}

/**
 * The pieces that are not empty, with spaces between them.
 *
 * @param {...Piece} pieces
 * @returns {Piece[]}
 */
function spaced(...pieces) {
  return pieces
    .filter(({ text }) => text)
    .flatMap((piece, position) => (position ? [{ text: " " }, piece] : [piece]));
}

/**
 * @param {string} className
 * @param {readonly Piece[]} pieces
 */
function part(className, pieces) {
  const nodes = pieces.map(({ text, isCode }) => (isCode ? element("code", { text }) : text));
  return element("span", { class: className }, ...nodes);
}

/** @param {string} text */
function glue(text) {
  return element("span", { class: "wire-glue", text });
}
