// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { OutputPattern, shownLines } from "../../../src/live_pages/page/output_pattern.js";

test("dots stand for any text of a line", () => {
  const pattern = new OutputPattern(["5 bytes from ('127.0.0.1', ...)"]);
  assert.ok(pattern.matchesWhole("5 bytes from ('127.0.0.1', 50123)\n"));
  assert.ok(!pattern.matchesWhole("5 bytes from ('127.0.0.1', 50\n123)\n"));
  assert.ok(!pattern.matchesWhole("5 bytes from ('127.0.0.1', 50123)\nmore\n"));
});

test("dots on a line of their own stand for any number of lines", () => {
  const pattern = new OutputPattern(["Traceback (most recent call last):", "  ...", "IndexError"]);
  assert.ok(pattern.matchesWhole("Traceback (most recent call last):\nIndexError\n"));
  assert.ok(pattern.matchesWhole("Traceback (most recent call last):\n  a\n  b\nIndexError\n"));
  assert.ok(!pattern.matchesWhole("Traceback (most recent call last):\n  a\nKeyError\n"));
});

test("signs that mean something in patterns stand for themselves", () => {
  const pattern = new OutputPattern(["[(3+2j)] $ ^ {x} | \\ . ?"]);
  assert.ok(pattern.matchesWhole("[(3+2j)] $ ^ {x} | \\ . ?\n"));
  assert.ok(!pattern.matchesWhole("[(33+2j)] $ ^ {x} | \\ . ?\n"));
});

test("what follows the lines is left", () => {
  assert.equal(new OutputPattern(["a", "b"]).endOfMatch("a\nb\nSend: "), 4);
  assert.equal(new OutputPattern(["a", "b"]).endOfMatch("a\n"), null);
  assert.equal(new OutputPattern(["a", "b", "c"]).firstDifference("a\nx\n"), 1);
});

test("the page's empty lines have a name", () => {
  assert.deepEqual(shownLines("a\n<BLANKLINE>\nb\n"), ["a", "", "b"]);
  assert.deepEqual(shownLines(""), []);
});
