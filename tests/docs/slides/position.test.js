// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { readPosition, slideAt } from "../../../docs/_extensions/slides/position.js";

const POSITIONS = ["top", "lists", "lists/3", "lists/5", "lists/5.12", "python/lists-solution-1", "end"];

test("a position is a section, a block in it, and a part of that", () => {
  assert.deepEqual(readPosition("lists"), { anchor: "lists", index: 0, part: 0 });
  assert.deepEqual(readPosition("lists/3"), { anchor: "lists", index: 3, part: 0 });
  assert.deepEqual(readPosition("lists/3.12"), { anchor: "lists", index: 3, part: 12 });
  assert.deepEqual(readPosition(""), { anchor: "", index: 0, part: 0 });
});

test("a section's name may have slashes and numbers in it", () => {
  const anchor = "python/lists-solution-1";
  assert.deepEqual(readPosition(anchor), { anchor, index: 0, part: 0 });
  assert.deepEqual(readPosition(`${anchor}/2`), { anchor, index: 2, part: 0 });
});

test("each slide is found at its own position", () => {
  POSITIONS.forEach((position, index) => assert.equal(slideAt(POSITIONS, position), index));
});

test("what another screen shows first is within a slide of this one", () => {
  assert.equal(slideAt(POSITIONS, "lists/2"), 1);
  assert.equal(slideAt(POSITIONS, "lists/4"), 2);
  assert.equal(slideAt(POSITIONS, "lists/5.3"), 3);
  assert.equal(slideAt(POSITIONS, "lists/5.40"), 4);
  assert.equal(slideAt(POSITIONS, "lists/99"), 4);
});

test("a section that is not there has no slide", () => {
  assert.equal(slideAt(POSITIONS, "tuples"), -1);
  assert.equal(slideAt(POSITIONS, ""), -1);
});
