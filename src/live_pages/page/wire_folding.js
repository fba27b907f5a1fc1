// @ts-check
/** What a picture shows of the rows of a wire, as `tested_pages.wire_rows` has it. */

import { sizeInWords } from "./python_text.js";

/**
 * @typedef {import("./wire_rows.js").Row} Row
 *
 * @typedef {object} Shown
 * @property {Row} row
 * @property {string[]} waiting Programs that wait in a call from before this row to after it.
 * @property {string[]} returned Programs whose waiting call returns in this row.
 * @property {boolean} standsForMore Whether the row stands for several.
 */

// Of a longer run of rows of data in one direction, some at its begin and its end are shown.
const LONGEST_RUN = 8;
const FIRST_OF_RUN = 4;
const LAST_OF_RUN = 2;

/**
 * The rows, where one stands for many that follow one another and are alike.
 *
 * @param {readonly Row[]} rows
 * @returns {Shown[]}
 */
export function folded(rows) {
  /** @type {Shown[]} */
  const shown = [];
  for (const group of runs(withWaits(rows), ({ row }, { row: next }) => {
    return row.direction === next.direction;
  })) {
    if (group[0]?.row.direction === "") {
      for (const same of runs(group, areAlike)) shown.push(repeated(same));
    } else if (group.length > LONGEST_RUN) {
      shown.push(...group.slice(0, FIRST_OF_RUN));
      shown.push(summary(group.slice(FIRST_OF_RUN, -LAST_OF_RUN)));
      shown.push(...group.slice(-LAST_OF_RUN));
    } else {
      shown.push(...group);
    }
  }
  return shown;
}

/**
 * @param {readonly Row[]} rows
 * @returns {Shown[]}
 */
function withWaits(rows) {
  /** Lanes by number of the wait. @type {Map<number, string>} */
  const waits = new Map();
  return rows.map((row) => {
    if (row.begins) {
      const waiting = [...new Set(waits.values())];
      waits.set(row.begins, row.lane);
      return { row, waiting, returned: [], standsForMore: false };
    }
    const before = new Set(waits.values());
    for (const wait of row.ends) waits.delete(wait);
    const after = new Set(waits.values());
    const returned = [...before].filter((lane) => !after.has(lane));
    return { row, waiting: [...after], returned, standsForMore: false };
  });
}

/**
 * Neighbours that belong together.
 *
 * @param {readonly Shown[]} rows
 * @param {(one: Shown, next: Shown) => boolean} belong
 */
function runs(rows, belong) {
  /** @type {Shown[][]} */
  const found = [];
  for (const row of rows) {
    const run = found.at(-1);
    const last = run?.at(-1);
    if (run && last && belong(last, row)) run.push(row);
    else found.push([row]);
  }
  return found;
}

/**
 * @param {Shown} one
 * @param {Shown} other
 */
function areAlike(one, other) {
  return comparable(one) === comparable(other);
}

/** @param {Shown} shown */
function comparable({ row, waiting, returned }) {
  return JSON.stringify({ ...row, begins: 0, ends: [], waiting, returned });
}

/** @param {readonly Shown[]} same */
function repeated(same) {
  const shown = /** @type {Shown} */ (same[0]);
  if (same.length === 1) return shown;
  const row = { ...shown.row, note: `${same.length} times` };
  return { ...shown, row, standsForMore: true };
}

/**
 * One row for many of one direction.
 *
 * @param {readonly Shown[]} rows
 * @returns {Shown}
 */
function summary(rows) {
  const sends = rows.filter(({ row }) => row.sent !== null);
  const first = /** @type {Shown} */ (sends[0] ?? rows[0]);
  const plain = { words: "", data: "", receivedWords: "", receivedData: "", note: "" };
  if (sends.length === 0) {
    const words = `${rows.length} more like this`;
    const row = { ...first.row, ...plain, call: "", what: "", words, outcome: EMPTY };
    return { ...first, row, standsForMore: true };
  }
  const size = sends.reduce((total, { row }) => total + (row.sent ?? 0), 0);
  const what = `${sends.length} more, ${sizeInWords(size)}`;
  const received = sends.find(({ row }) => row.received)?.row.received ?? "";
  const row = { ...first.row, ...plain, what, received, outcome: EMPTY };
  return { ...first, row, standsForMore: true };
}

/** @type {Row["outcome"]} */
const EMPTY = "";
