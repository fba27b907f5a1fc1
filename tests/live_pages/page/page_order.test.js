// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { PageOrder } from "../../../src/live_pages/page/page_order.js";

/**
 * A page of blocks: "s" is a session, "T" a group of terminals, "T1" one that goes on from the block
 * with this number; with "!" it cannot run.
 *
 * @param {string} text
 */
function pageOf(text) {
  const blocks = text.split(" ").map((word, number) => ({
    id: `${number}`,
    kind: /** @type {"session" | "terminals"} */ (word.startsWith("T") ? "terminals" : "session"),
    line: number,
    reason: word.endsWith("!") ? "It cannot." : "",
    continues: word.match(/\d+/g) ?? [],
  }));
  const order = new PageOrder(blocks);
  /** @param {number} number */
  const block = (number) => /** @type {typeof blocks[number]} */ (blocks[number]);
  const ids = (/** @type {{ id: string }[]} */ found) => found.map(({ id }) => id).join(" ");
  return {
    openAt: (/** @type {number} */ number) => ids(order.openAt(block(number))),
    before: (/** @type {number} */ number) => ids(order.actsBefore(block(number))),
  };
}

test("programs run from where they are started to where they are last shown", () => {
  const page = pageOf("s T s T1 s");
  assert.deepEqual([0, 1, 2, 3, 4].map(page.openAt), ["", "", "1", "1", ""]);
});

test("a session comes after those above it, and after the terminals beside them", () => {
  const page = pageOf("s T s T1 s T s");
  assert.equal(page.before(2), "0 1");
  assert.equal(page.before(4), "0 1 2 3");
  // The group at 5 has no session beside it.
  assert.equal(page.before(6), "0 1 2 3 4");
});

test("terminals come after those that go on in them, and after the sessions between", () => {
  const page = pageOf("s T s T1 T T4");
  assert.equal(page.before(1), "");
  assert.equal(page.before(3), "0 1 2");
  assert.equal(page.before(5), "4");
});

test("terminals come after programs that merely run beside them", () => {
  const page = pageOf("T T T0");
  assert.equal(page.before(1), "0");
});

test("what cannot run is not waited for", () => {
  const page = pageOf("s! T! s T1!");
  assert.equal(page.before(2), "");
});
