// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { actionOf, KEYS } from "../../../docs/_extensions/slides/keys.js";

test("no key does two things", () => {
  const all = KEYS.flatMap(({ keys }) => keys);
  assert.equal(new Set(all).size, all.length);
});

test("every key does what the list says", () => {
  for (const { action, keys } of KEYS) {
    for (const key of keys) assert.equal(actionOf({ key }, "nothing"), action);
  }
});

test("capital letters and Shift with Space are understood", () => {
  assert.equal(actionOf({ key: "N", shiftKey: true }, "nothing"), "next");
  assert.equal(actionOf({ key: " ", shiftKey: true }, "nothing"), "previous");
});

test("whoever types keeps all keys, and a button those that press it", () => {
  assert.equal(actionOf({ key: "ArrowRight" }, "text"), undefined);
  assert.equal(actionOf({ key: "n" }, "text"), undefined);
  assert.equal(actionOf({ key: " " }, "button"), undefined);
  assert.equal(actionOf({ key: "ArrowRight" }, "button"), "next");
  assert.equal(actionOf({ key: "PageDown" }, "button"), "next");
});

test("the browser's own keys stay the browser's", () => {
  assert.equal(actionOf({ key: "p", ctrlKey: true }, "nothing"), undefined);
  assert.equal(actionOf({ key: "ArrowLeft", altKey: true }, "nothing"), undefined);
  assert.equal(actionOf({ key: "a", metaKey: true }, "nothing"), undefined);
  assert.equal(actionOf({ key: "x" }, "nothing"), undefined);
  assert.equal(actionOf({ key: "Enter" }, "nothing"), undefined);
});
