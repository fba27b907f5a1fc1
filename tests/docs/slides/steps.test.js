// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { runs, steps } from "../../../docs/_extensions/slides/steps.js";

/** @param {string} text A letter for each chunk: s(hown), i(nput), o; a space between blocks. */
function stepsOf(text) {
  const kinds = /** @type {const} */ ({ s: "shown", i: "input", o: "output" });
  const chunks = text.split(" ").flatMap((letters, block) =>
    [...letters].map((letter) => ({ kind: kinds[/** @type {"s"} */ (letter)], block })),
  );
  return steps(chunks).join("");
}

test("a slide without output is shown at once", () => {
  assert.equal(stepsOf("s s i s"), "0000");
  assert.deepEqual(steps([]), []);
});

test("an output waits, and the next input comes with it", () => {
  assert.equal(stepsOf("ioioio"), "011223");
});

test("an output without an input waits too", () => {
  assert.equal(stepsOf("o"), "1");
});

test("what stands below an output waits for one more press", () => {
  assert.equal(stepsOf("s io s io"), "001223");
  assert.equal(stepsOf("io s s"), "0122");
});

test("neighbours of one kind are together", () => {
  const byCase = (/** @type {string} */ one) => String(one === one.toUpperCase());
  assert.deepEqual(runs([..."aaBBc"], byCase), [["a", "a"], ["B", "B"], ["c"]]);
  assert.deepEqual(runs([], byCase), []);
});
