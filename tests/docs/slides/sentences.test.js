// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { keySentences, sentences } from "../../../docs/_extensions/slides/sentences.js";

/** @param {string} text */
const split = (text) => sentences(text).map(({ start, end }) => text.slice(start, end));

/**
 * @param {string} text
 * @param {Parameters<typeof keySentences>[1]} place
 */
function kept(text, place) {
  const { point, lead } = keySentences(text, place);
  const cut = (/** @type {{ start: number, end: number }} */ { start, end }) => text.slice(start, end);
  return { point: point.map(cut), lead: lead.map(cut) };
}

const ALONE = { isBeforeBlock: false, isBehindBlock: false };
const LEADING = { isBeforeBlock: true, isBehindBlock: false };
const BETWEEN = { isBeforeBlock: true, isBehindBlock: true };
const LONG =
  "It goes on for quite a while, longer than anybody who sits in the last row would want to read, " +
  "and says what whoever stands in front can say.";

test("a sentence ends before whatever may begin the next one", () => {
  assert.deepEqual(split("One. Two? “Three.” (Four.) 5 is five. XXX is code."), [
    "One.",
    "Two?",
    "“Three.”",
    "(Four.)",
    "5 is five.",
    "XXX is code.",
  ]);
});

test("a full stop within a sentence does not end it", () => {
  for (const text of [
    "See the page, e.g. Python 3.13 and its notes.",
    "It listens on 127.0.0.1 and answers.",
    "The file is a.txt here.",
    "It waits ... and goes on.",
    "It is as Mr. Postel said.",
    "That is an ellipsis... which goes on.",
  ]) {
    assert.deepEqual(split(text), [text]);
  }
});

test("spaces around sentences belong to none, and lines are no borders", () => {
  assert.deepEqual(split("  One\nline.\n  Two. \n"), ["One\nline.", "Two."]);
  assert.deepEqual(split(""), []);
  assert.deepEqual(split(" \n"), []);
});

test("a short paragraph is shown whole, and a long one with its first sentence", () => {
  assert.deepEqual(kept("One. Two.", ALONE).point, ["One.", "Two."]);
  assert.deepEqual(kept(`One. Two. ${LONG} Last.`, ALONE).point, ["One."]);
});

test("an author can have a long paragraph whole", () => {
  assert.deepEqual(kept(`One. ${LONG} Last.`, { ...ALONE, isWhole: true }).point, [
    "One.",
    LONG,
    "Last.",
  ]);
});

test("questions are always shown, since the class answers them", () => {
  assert.deepEqual(kept(`One. ${LONG} Why? (Or when?) Last.`, ALONE).point, [
    "One.",
    "Why?",
    "(Or when?)",
  ]);
});

test("what introduces a block is shown with it", () => {
  assert.deepEqual(kept(`One. ${LONG} Here it is:`, LEADING), {
    point: [],
    lead: ["One.", "Here it is:"],
  });
  assert.deepEqual(kept(`One. ${LONG} After this you can`, LEADING).lead, [
    "One.",
    "After this you can",
  ]);
  assert.deepEqual(kept(`One. ${LONG} Last.`, LEADING).lead, ["One."]);
});

test("between two blocks, what explains the first parts from what introduces the second", () => {
  assert.deepEqual(kept("That failed. What now?", BETWEEN), {
    point: ["That failed."],
    lead: ["What now?"],
  });
  assert.deepEqual(kept(`That failed. ${LONG} So does this:`, BETWEEN), {
    point: ["That failed."],
    lead: ["So does this:"],
  });
  // Nothing tells to which of the two it belongs: it is read before the second.
  assert.deepEqual(kept("That failed. This works.", BETWEEN), {
    point: [],
    lead: ["That failed.", "This works."],
  });
});

test("a paragraph without text shows nothing", () => {
  assert.deepEqual(kept("", BETWEEN), { point: [], lead: [] });
});
