// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { ByteQueue } from "../../../src/live_pages/network/byte_queue.js";

/** @param {...number} numbers */
const bytes = (...numbers) => Uint8Array.from(numbers);

test("what is read comes in order, across chunks", () => {
  const queue = new ByteQueue();
  queue.push(bytes(1, 2, 3));
  queue.push(bytes());
  queue.push(bytes(4, 5));
  assert.deepEqual(queue.peek(4), bytes(1, 2, 3, 4));
  assert.equal(queue.length, 5);
  assert.deepEqual(queue.read(2), bytes(1, 2));
  assert.deepEqual(queue.read(2), bytes(3, 4));
  assert.deepEqual(queue.read(9), bytes(5));
  assert.deepEqual(queue.read(9), bytes());
  assert.equal(queue.length, 0);
});

test("what is read does not share a larger buffer", () => {
  const queue = new ByteQueue();
  queue.push(bytes(1, 2, 3, 4));
  assert.equal(queue.read(1).buffer.byteLength, 1);
  assert.equal(queue.read(2).buffer.byteLength, 2);
});
