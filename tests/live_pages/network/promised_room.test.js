// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { Kernel } from "../../../src/live_pages/network/kernel.js";
import { PromisedRoom } from "../../../src/live_pages/process/promised_room.js";
import { ManualClock } from "./manual_clock.js";
import { bytes, connection, error, text, value } from "./programs.js";

const ABORT_AT_CLOSE = new Uint8Array([1, 0, 0, 0, 0, 0, 0, 0]);
const [SOL_SOCKET, SO_LINGER, SHUT_WR] = [1, 13, 1];

async function connected() {
  /** @type {import("../../../src/live_pages/network/network.js").NetworkEvent[]} */
  const events = [];
  const clock = new ManualClock();
  const kernel = new Kernel({ clock, onEvent: (event) => events.push(event) });
  const [server, client] = [kernel.process("server"), kernel.process("client")];
  /** @type {number[]} */
  const retracted = [];
  client.onRetract = (id) => retracted.push(id);
  const { near, far } = await connection(server, client);
  const room = () => client.promiseAfter("send", [near], 0)?.room;
  return { events, server, client, near, far, retracted, room };
}

test("as much is promised as the buffers between the ends take", async () => {
  const { server, client, near, far, room } = await connected();
  const whole = room() ?? 0;
  assert.equal(await value(client, "send", near, new Uint8Array(2 * whole), 0), whole);
  assert.equal(room(), undefined);
  await value(server, "recv", far, 1000, 0, 0);
  assert.equal(room(), 1000);
});

test("after accept the promise is for the new connection", async () => {
  const { server, far } = await connected();
  assert.equal(server.promiseAfter("accept", [1, -1], [far, null, null])?.id, far);
  assert.equal(server.promiseAfter("recv", [far], bytes("x")), null);
});

test("a promise is taken back once, before the end of the stream is read", async () => {
  const { server, client, near, far, retracted, room } = await connected();
  room();
  await value(server, "shutdown", far, SHUT_WR);
  assert.deepEqual(retracted, [near]);
  assert.equal(text(await value(client, "recv", near, 10, 0, -1)), "");
  assert.equal(room(), undefined);
  await value(server, "close", far);
  assert.deepEqual(retracted, [near]);
});

test("who was promised nothing is not told that the promise is off", async () => {
  const { server, far, retracted } = await connected();
  await value(server, "close", far);
  assert.deepEqual(retracted, []);
});

test("what was sent on a promise arrives, and the rest when there is room", async () => {
  const { server, client, near, far, room } = await connected();
  const whole = room() ?? 0;
  await client.sendPromised("sendall", near, bytes("hello"));
  assert.equal(text(await value(server, "recv", far, 10, 0, -1)), "hello");
  // The other end has made its buffer smaller since, or another thread has filled it.
  const sending = client.sendPromised("sendall", near, new Uint8Array(whole + 1));
  let received = 0;
  while (received < whole + 1) {
    received += (await value(server, "recv", far, 65536, 0, -1)).length;
  }
  await sending;
});

test("after a reset what was promised is an event, and the next call fails by it", async () => {
  const { events, server, client, near, far, retracted, room } = await connected();
  room();
  await value(server, "setsockopt", far, SOL_SOCKET, SO_LINGER, ABORT_AT_CLOSE);
  await value(server, "close", far);
  assert.deepEqual(retracted, [near]);
  await client.sendPromised("sendall", near, bytes("late"));
  assert.equal(events.at(-1)?.operation, "sendall");
  assert.equal(await error(client, "recv", near, 10, 0, -1), "ECONNRESET");
});

test("what was promised to a process that is over is forgotten", async () => {
  const { client, near, room } = await connected();
  room();
  client.destroy();
  await client.sendPromised("sendall", near, bytes("late"));
});

test("a process spends what it was promised, and no more", () => {
  const promised = new PromisedRoom(() => 0);
  promised.noteNews();
  assert.equal(promised.spend(1, 0), false);
  promised.take({ id: 1, room: 10 });
  assert.equal(promised.spend(2, 1), false);
  assert.equal(promised.spend(1, 6), true);
  assert.equal(promised.spend(1, 5), false);
  assert.equal(promised.spend(1, 4), true);
  promised.retract(1);
  assert.equal(promised.spend(1, 0), false);
});

test("calls that change a connection end its promise", () => {
  const promised = new PromisedRoom(() => 0);
  promised.noteNews();
  promised.take({ id: 1, room: 10 });
  promised.take({ id: 2, room: 10 });
  promised.noteCall("recv", [1, 1024, 0, -1]);
  assert.equal(promised.spend(1, 1), true);
  promised.noteCall("shutdown", [1, SHUT_WR]);
  assert.equal(promised.spend(1, 1), false);
  assert.equal(promised.spend(2, 1), true);
  promised.noteCall("pass_sockets", [3, [2]]);
  assert.equal(promised.spend(2, 1), false);
});

test("who has heard nothing for long asks", () => {
  let now = 0;
  const promised = new PromisedRoom(() => now);
  promised.take({ id: 1, room: 10 });
  assert.equal(promised.spend(1, 1), false);
  promised.noteNews();
  now = 100;
  assert.equal(promised.spend(1, 1), true);
  now = 101;
  assert.equal(promised.spend(1, 1), false);
});
