// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { cut, units } from "../../../docs/_extensions/slides/cut.js";

/** @typedef {import("../../../docs/_extensions/slides/cut.js").Item} Item */

const SCALES = [1, 0.8, 0.5];
const ROOM = { height: 100, gap: 10, scales: SCALES, comfortable: 2, shared: 1 };

/**
 * @param {Item["role"]} role
 * @param {number} height At scale 1.
 * @param {Partial<Item>} [more]
 * @returns {Item}
 */
function item(role, height, more = {}) {
  return {
    role,
    heights: SCALES.map((scale) => height * scale),
    isTooWide: SCALES.map(() => false),
    ...more,
  };
}

/**
 * @param {number} count
 * @param {number} height Of each part, at scale 1.
 * @param {number} head
 */
function table(count, height, head = 0) {
  const parts = SCALES.map((scale) => Array.from({ length: count }, () => height * scale));
  return item("block", count * height + head, { parts });
}

/**
 * @param {Item[]} items
 * @param {Partial<typeof ROOM>} [room]
 */
function slides(items, room = {}) {
  return cut(items, { ...ROOM, ...room }).map(({ pieces, scale, scrolls }) => {
    const shown = pieces.map(({ item: index, from, to }) =>
      to === undefined ? `${index}` : `${index}[${from}:${to}]`,
    );
    return `${shown.join(" ")} at ${SCALES[scale]}${scrolls ? " scrolls" : ""}`;
  });
}

test("nothing makes no slide", () => {
  assert.deepEqual(slides([]), []);
});

test("what fits stands on one slide, and what does not on the next", () => {
  const items = [item("block", 40), item("block", 50), item("block", 40)];
  assert.deepEqual(slides(items), ["0 1 at 1", "2 at 1"]);
});

test("three blocks are too much for one slide, however small", () => {
  const items = [item("block", 5), item("block", 5), item("block", 5)];
  assert.deepEqual(slides(items), ["0 1 at 1", "2 at 1"]);
});

test("sentences alone fill a slide", () => {
  const items = Array.from({ length: 5 }, () => item("point", 20));
  assert.deepEqual(slides(items), ["0 1 2 at 1", "3 4 at 1"]);
});

test("a block takes along what leads to it and what belongs to it", () => {
  const roles = /** @type {const} */ (["lead", "block", "follow", "point", "lead", "lead", "block"]);
  const items = roles.map((role) => item(role, 20));
  assert.deepEqual(units(items), [
    [0, 1, 2, 3],
    [4, 5, 6],
  ]);
  assert.deepEqual(slides(items), ["0 1 2 3 at 0.8", "4 5 6 at 1"]);
});

test("smaller type keeps together what belongs together, but adds nothing else", () => {
  const items = [item("lead", 30), item("block", 80), item("lead", 1), item("block", 1)];
  assert.deepEqual(slides(items), ["0 1 at 0.8", "2 3 at 1"]);
  assert.deepEqual(slides([item("block", 60), item("block", 50)]), ["0 at 1", "1 at 1"]);
  assert.deepEqual(slides([item("block", 60), item("block", 50)], { shared: 2 }), ["0 1 at 0.8"]);
});

test("a picture that finds no room goes to a slide of its own", () => {
  assert.deepEqual(slides([item("lead", 20), item("block", 60), item("follow", 90)]), [
    "0 1 at 1",
    "2 at 1",
  ]);
});

test("a block that is too large gets the smallest type, and scrolls if that does not help", () => {
  assert.deepEqual(slides([item("block", 190)]), ["0 at 0.5"]);
  assert.deepEqual(slides([item("block", 210)]), ["0 at 0.8 scrolls"]);
});

test("on a slide that scrolls, a sentence stands below what it is about", () => {
  const items = [item("block", 300), item("point", 20), item("lead", 20), item("block", 20)];
  assert.deepEqual(slides(items), ["0 1 at 0.8 scrolls", "2 3 at 1"]);
});

test("lines that would be cut off get smaller type", () => {
  const isTooWide = [true, true, false];
  assert.deepEqual(slides([item("block", 20, { isTooWide })]), ["0 at 0.5"]);
  assert.deepEqual(slides([item("block", 300, { isTooWide })]), ["0 at 0.5 scrolls"]);
  const always = { isTooWide: [true, true, true] };
  assert.deepEqual(slides([item("block", 20, always)]), ["0 at 0.5 scrolls"]);
});

test("a table is cut between its rows, and each piece has its head", () => {
  assert.deepEqual(slides([table(9, 20, 20)]), ["0[0:5] at 0.8", "0[5:9] at 0.8"]);
  assert.deepEqual(slides([table(8, 20, 20)]), ["0[0:4] at 1", "0[4:8] at 1"]);
});

test("what leads to a table is on the first slide of it, and what follows on the last", () => {
  const items = [item("lead", 30), table(3, 30), item("point", 30)];
  assert.deepEqual(slides(items), ["0 1[0:2] at 1", "1[2:3] 2 at 1"]);
});

test("rather than in three pieces, a table is whole in smaller type", () => {
  assert.deepEqual(slides([table(3, 66)]), ["0 at 0.5"]);
  assert.equal(slides([table(4, 66)]).length, 4);
});

test("a row that is larger than a slide scrolls", () => {
  assert.deepEqual(slides([table(2, 300)]), ["0[0:1] at 1 scrolls", "0[1:2] at 1 scrolls"]);
});

test("an author can begin a slide", () => {
  const items = [item("block", 10), item("point", 10, { begins: true }), item("point", 10)];
  assert.deepEqual(slides(items), ["0 at 1", "1 2 at 1"]);
});

test("every item is shown, once, and in order", () => {
  const roles = /** @type {const} */ (["lead", "block", "follow", "point"]);
  for (let seed = 1; seed < 200; seed += 1) {
    let state = seed;
    const next = (/** @type {number} */ below) => {
      state = (state * 1103515245 + 12345) % 2 ** 31;
      return Math.floor((state / 2 ** 31) * below);
    };
    const items = Array.from({ length: next(12) }, () =>
      next(4) === 0
        ? table(1 + next(9), 5 + next(60), next(20))
        : item(/** @type {Item["role"]} */ (roles[next(4)]), next(250)),
    );
    const shown = cut(items, ROOM).flatMap(({ pieces }) =>
      pieces.flatMap(({ item: index, from = 0, to }) => {
        const count = to === undefined ? (items[index]?.parts?.[0]?.length ?? 1) : to - from;
        return Array.from({ length: count }, (_, part) => `${index}.${from + part}`);
      }),
    );
    const all = items.flatMap(({ parts }, index) =>
      Array.from({ length: parts?.[0]?.length ?? 1 }, (_, part) => `${index}.${part}`),
    );
    assert.deepEqual(shown, all, `seed ${seed}`);
  }
});

test("whatever does not scroll fits", () => {
  for (let height = 1; height < 400; height += 7) {
    const items = [item("lead", 15), item("block", height), item("point", 25), item("block", 30)];
    for (const { pieces, scale, scrolls } of cut(items, ROOM)) {
      const heights = pieces.map((piece) => items[piece.item]?.heights[scale] ?? 0);
      const gaps = 10 * (SCALES[scale] ?? 1) * (pieces.length - 1);
      const total = heights.reduce((sum, one) => sum + one, gaps);
      assert.ok(scrolls || total <= ROOM.height, `${height}: ${total}`);
    }
  }
});
