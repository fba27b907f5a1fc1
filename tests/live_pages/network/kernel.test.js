// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { AF_INET, AF_UNIX, SOCK_DGRAM, SOCK_STREAM } from "../../../src/live_pages/network/constants.js";
import { Kernel } from "../../../src/live_pages/network/kernel.js";
import { ManualClock } from "./manual_clock.js";
import {
  bytes, connection, error, listener, receiver, SERVER, streamSocket, text, value,
} from "./programs.js";

/** @param {import("../../../src/live_pages/network/kernel.js").KernelOptions} [options] */
function twoPrograms(options) {
  const clock = new ManualClock();
  /** @type {import("../../../src/live_pages/network/network.js").NetworkEvent[]} */
  const events = [];
  const kernel = new Kernel({ clock, onEvent: (event) => events.push(event), ...options });
  return { clock, events, kernel, server: kernel.process("server"), client: kernel.process("client") };
}

test("who finds the queue full knocks again after a second", async () => {
  const { clock, server, client } = twoPrograms();
  const listening = await listener(server, 0);
  const [first, second] = [await streamSocket(client), await streamSocket(client)];
  await value(client, "connect", first, SERVER, -1);
  const waiting = client.call("connect", [second, SERVER, -1]);
  await value(server, "accept", listening, 0);
  assert.equal(await error(server, "accept", listening, 0), "EAGAIN");
  clock.advance(999);
  assert.equal(await error(server, "accept", listening, 0), "EAGAIN");
  clock.advance(1);
  assert.deepEqual(await waiting, { value: null });
  assert.equal((await value(server, "accept", listening, 0)).length, 3);
});

test("who is never let in gives up after 131 seconds", async () => {
  const { clock, server, client } = twoPrograms();
  await listener(server, 0);
  await value(client, "connect", await streamSocket(client), SERVER, -1);
  const waiting = client.call("connect", [await streamSocket(client), SERVER, -1]);
  clock.advance(130_999);
  assert.equal(client.usage.waiting, 1);
  clock.advance(1);
  assert.deepEqual(await waiting, { error: "ETIMEDOUT" });
  assert.equal(clock.pending, 0);
});

test("a call whose time is over says so", async () => {
  const { clock, server, client } = twoPrograms();
  const { near, listening } = await connection(server, client);
  const calls = [server.call("accept", [listening, 500]), client.call("recv", [near, 10, 0, 500])];
  const poll = client.call("poll", [[near, 1], 500]);
  const sleep = client.call("sleep", [500]);
  clock.advance(500);
  for (const call of calls) assert.deepEqual(await call, { error: "ETIMEDOUT_PYTHON" });
  assert.deepEqual(await poll, { value: [] });
  assert.deepEqual(await sleep, { value: null });
  assert.equal(clock.pending, 0);
});

test("TIME_WAIT ends", async () => {
  const { clock, server, client } = twoPrograms();
  const { near, far, listening } = await connection(server, client);
  await value(server, "close", far);
  await value(client, "close", near);
  await value(server, "close", listening);
  const again = await streamSocket(server);
  clock.advance(59_999);
  assert.equal(await error(server, "bind", again, SERVER), "EADDRINUSE");
  clock.advance(1);
  await value(server, "bind", again, SERVER);
});

test("interrupt ends every wait of the process, and of no other", async () => {
  const { server, client } = twoPrograms();
  const { near, far, listening } = await connection(server, client);
  const calls = [
    server.call("accept", [listening, -1]),
    server.call("recv", [far, 10, 0, -1]),
    server.call("poll", [[far, 1], -1]),
    server.call("sleep", [1000]),
  ];
  const other = client.call("recv", [near, 10, 0, -1]);
  server.interrupt();
  for (const call of calls) assert.deepEqual(await call, { error: "EINTR" });
  await value(server, "send", far, bytes("hello"), -1);
  assert.equal(text(/** @type {any} */ (await other).value), "hello");
});

test("an interrupted send tells what it had sent", async () => {
  const { server, client } = twoPrograms();
  const { near } = await connection(server, client);
  const sending = client.call("send", [near, new Uint8Array(1_000_000), -1]);
  client.interrupt();
  assert.deepEqual(await sending, { value: 131072 + 16384 });
});

test("a process that dies closes its sockets", async () => {
  const { events, server, client } = twoPrograms();
  const { near, far } = await connection(server, client);
  const waiting = server.call("recv", [far, 10, 0, -1]);
  server.destroy();
  assert.deepEqual(await waiting, { error: "EINTR" });
  assert.equal(text(await value(client, "recv", near, 10, 0, -1)), "");
  assert.equal(await error(client, "connect", await streamSocket(client), SERVER, -1), "ECONNREFUSED");
  assert.deepEqual(server.usage, { sockets: 0, waiting: 0 });
  assert.equal(await error(server, "socket", AF_INET, SOCK_STREAM, 0), "EBADF");
  const ended = events.filter(({ detail }) => detail === "process ended");
  assert.equal(ended.length, 2);
});

test("a conversation makes these events", async () => {
  const { events, server, client } = twoPrograms();
  const { near, far } = await connection(server, client);
  await value(client, "send", near, bytes("x".repeat(100)), -1);
  await value(server, "recv", far, 200, 0, -1);
  await value(client, "shutdown", near, 1);
  await value(server, "close", far);
  await error(client, "connect", await streamSocket(client), ["127.0.0.1", 9], -1);
  assert.deepEqual(events.map(({ process, operation }) => `${process} ${operation}`), [
    ...["server socket", "server bind", "server listen", "client socket", "client connect"],
    ...["client established", "server accept", "client send", "server recv"],
    ...["client end-of-stream", "client shutdown", "server close", "server end-of-stream"],
    ...["client socket", "client connect", "client refused"],
  ]);
  assert.deepEqual(events.map(({ number }) => number), events.map((_, index) => index + 1));
  const send = events.find(({ operation }) => operation === "send");
  assert.equal(send?.size, 100);
  assert.equal(send?.data?.length, 64);
  assert.deepEqual(send?.peer, SERVER);
});

test("datagrams that are truncated, lost or unreachable are events", async () => {
  const { events, server, client } = twoPrograms();
  const sending = await value(client, "socket", AF_INET, SOCK_DGRAM, 0);
  await value(client, "sendto", sending, bytes("hello"), SERVER, -1);
  const id = await receiver(server);
  await value(client, "sendto", sending, bytes("hello"), SERVER, -1);
  const [received, from, truncated] = await value(server, "recvfrom", id, 2, 0, -1);
  assert.equal(text(received), "he");
  assert.equal(from[0], "127.0.0.1");
  assert.equal(truncated, 3);
  for (let sent = 0; sent < 300; sent += 1) {
    await value(client, "sendto", sending, bytes("x"), SERVER, -1);
  }
  const counts = Map.groupBy(events, ({ operation }) => operation);
  assert.equal(counts.get("unreachable")?.length, 1);
  assert.equal(counts.get("lost")?.length, 300 - 256);
  assert.equal(counts.get("recvfrom")?.[0]?.truncated, 3);
});

/**
 * What a receiver gets of ten numbered datagrams.
 *
 * @param {Partial<import("../../../src/live_pages/network/weather.js").Weather>} weather
 */
async function arrivals(weather) {
  const { clock, server, client } = twoPrograms({ weather });
  const id = await receiver(server);
  const sending = await value(client, "socket", AF_INET, SOCK_DGRAM, 0);
  for (let number = 0; number < 10; number += 1) {
    await value(client, "sendto", sending, bytes(String(number)), SERVER, -1);
  }
  clock.advance(60_000);
  let got = "";
  for (;;) {
    const answer = await server.call("recv", [id, 10, 0, 0]);
    if ("error" in answer) return got;
    got += text(answer.value);
  }
}

test("weather: calm", async () => assert.equal(await arrivals({}), "0123456789"));
test("weather: delay keeps the order", async () => {
  assert.equal(await arrivals({ delay: 0.4 }), "0123456789");
});
test("weather: everything is lost", async () => assert.equal(await arrivals({ loss: 1 }), ""));
test("weather: everything comes twice", async () => {
  assert.equal(await arrivals({ duplication: 1 }), "00112233445566778899");
});
test("weather: each is overtaken by the next", async () => {
  assert.equal(await arrivals({ reordering: 1 }), "1032547698");
});
test("weather: the seed decides what is lost", async () => {
  const [one, same, other] = [
    await arrivals({ loss: 0.5, seed: 1 }),
    await arrivals({ loss: 0.5, seed: 1 }),
    await arrivals({ loss: 0.5, seed: 2 }),
  ];
  assert.equal(one, same);
  assert.notEqual(one, other);
  assert.ok(one.length > 0 && one.length < 10);
});

test("weather: a stream arrives later, in order and whole", async () => {
  const { clock, events, kernel, server, client } = twoPrograms();
  const { near, far } = await connection(server, client);
  kernel.weather = { delay: 0.1, jitter: 0.5, loss: 0.5, seed: 3 };
  for (const letter of "abcdefgh") await value(client, "send", near, bytes(letter), -1);
  await value(client, "close", near);
  assert.equal(await error(server, "recv", far, 100, 0, 0), "EAGAIN");
  clock.advance(99);
  assert.equal(await error(server, "recv", far, 100, 0, 0), "EAGAIN");
  clock.advance(60_000);
  assert.equal(text(await value(server, "recv", far, 100, 0, 0)), "abcdefgh");
  assert.equal(text(await value(server, "recv", far, 100, 0, 0)), "");
  assert.ok(events.some(({ operation }) => operation === "lost"));
});

test("weather: one byte at a time", async () => {
  const { server, client } = twoPrograms({ weather: { oneByteAtATime: true } });
  const { near, far } = await connection(server, client);
  await value(client, "send", near, bytes("hey"), -1);
  assert.equal(text(await value(server, "recv", far, 100, 0, -1)), "h");
  assert.equal(text(await value(server, "recv", far, 2, 256, -1)), "ey");
});

test("what is wrong with a call is an answer", async () => {
  const { server } = twoPrograms();
  assert.equal(await error(server, "nonsense"), "EINVAL");
  assert.equal(await error(server, "recv", 99, 1, 0, 0), "EBADF");
  assert.deepEqual(await value(server, "poll", [99, 1], 0), [99, 32]);
  const other = await value(server, "socket", AF_INET, SOCK_STREAM, 0);
  assert.equal(await error(server, "bind", other, "path"), "EINVAL");
});

test("paths of Unix sockets outlive the process", async () => {
  const { kernel, server, client } = twoPrograms();
  const id = await value(server, "socket", AF_UNIX, SOCK_STREAM, 0);
  await value(server, "bind", id, "chat.sock");
  server.destroy();
  assert.deepEqual(await value(client, "paths"), ["chat.sock"]);
  await value(client, "unlink", "chat.sock");
  assert.equal(await error(client, "unlink", "chat.sock"), "ENOENT");
  assert.deepEqual(await value(kernel.process("next"), "paths"), []);
});

test("a socket that was passed on outlives who passed it", async () => {
  const { server, client } = twoPrograms();
  const door = await value(client, "socket", AF_UNIX, SOCK_STREAM, 0);
  await value(client, "bind", door, "door");
  await value(client, "listen", door, 1);
  const way = await value(server, "socket", AF_UNIX, SOCK_STREAM, 0);
  await value(server, "connect", way, "door", -1);
  const [end] = await value(client, "accept", door, -1);
  const serving = await value(server, "socket", AF_INET, SOCK_STREAM, 0);
  await value(server, "bind", serving, ["127.0.0.1", 9999]);
  await value(server, "listen", serving, 1);
  await value(server, "pass_sockets", way, [serving]);
  await value(server, "send", way, bytes("x"), -1);
  assert.deepEqual(await value(client, "passed_sockets", end), []);
  await value(client, "recv", end, 1, 0, -1);
  assert.deepEqual(await value(client, "passed_sockets", end), [serving]);
  server.destroy();
  const caller = await value(client, "socket", AF_INET, SOCK_STREAM, 0);
  await value(client, "connect", caller, ["127.0.0.1", 9999], -1);
  await value(client, "accept", serving, -1);
  await value(client, "close", serving);
  const late = await value(client, "socket", AF_INET, SOCK_STREAM, 0);
  assert.equal(await error(client, "connect", late, ["127.0.0.1", 9999], -1), "ECONNREFUSED");
});

test("a socket that was passed to nobody is closed with the way to them", async () => {
  const { server } = twoPrograms();
  const [one, other] = await value(server, "socketpair", AF_UNIX, SOCK_STREAM);
  const serving = await value(server, "socket", AF_INET, SOCK_STREAM, 0);
  await value(server, "bind", serving, ["127.0.0.1", 9999]);
  await value(server, "listen", serving, 1);
  await value(server, "pass_sockets", one, [serving]);
  await value(server, "send", one, bytes("x"), -1);
  await value(server, "close", serving);
  await value(server, "close", other);
  const caller = await value(server, "socket", AF_INET, SOCK_STREAM, 0);
  assert.equal(await error(server, "connect", caller, ["127.0.0.1", 9999], -1), "ECONNREFUSED");
});
