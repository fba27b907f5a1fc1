// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { Kernel } from "../../../src/live_pages/network/kernel.js";
import { only, rowClasses } from "../../../src/live_pages/page/live_wire.js";
import { bytesLiteral, shownBytes } from "../../../src/live_pages/page/python_text.js";
import { folded } from "../../../src/live_pages/page/wire_folding.js";
import { WireRows } from "../../../src/live_pages/page/wire_rows.js";

const [AF_INET, STREAM, DATAGRAM] = [2, 1, 2];
const SERVER = ["127.0.0.1", 11111];
const text = (/** @type {string} */ value) => new TextEncoder().encode(value);

/** Two programs on a network, and the rows of what they do. */
function twoPrograms(weather = {}) {
  const wire = new WireRows();
  const kernel = new Kernel({ onEvent: (event) => wire.add(event), weather });
  const call = (/** @type {string} */ name) => {
    const process = kernel.process(name);
    return async (/** @type {string} */ operation, /** @type {unknown[]} */ ...args) => {
      const answer = await process.call(operation, args);
      assert.ok("value" in answer, JSON.stringify(answer));
      return /** @type {any} */ (answer.value);
    };
  };
  return { wire, server: call("server"), client: call("client") };
}

/** @param {WireRows} wire */
function sentences({ rows }) {
  return rows.map(({ lane, to, call, words, what, data, received, receivedData, note, outcome }) =>
    [lane, to, call, words, what, data, received, receivedData, note, outcome].filter(Boolean).join(" "),
  );
}

test("datagrams are one row each, from who sends to who receives", async () => {
  const { wire, server, client } = twoPrograms();
  const here = await server("socket", AF_INET, DATAGRAM, 0);
  await server("bind", here, SERVER);
  const there = await client("socket", AF_INET, DATAGRAM, 0);
  await client("sendto", there, text("Hello"), SERVER, -1);
  const [, peer] = await server("recvfrom", here, 1024, 0, -1);
  await server("sendto", here, text("HELLO"), peer, -1);
  await client("recvfrom", there, 1024, 0, -1);
  await client("close", there);
  assert.deepEqual(sentences(wire), [
    "server socket(AF_INET, SOCK_DGRAM)",
    "server bind(('127.0.0.1', 11111))",
    "client socket(AF_INET, SOCK_DGRAM)",
    `client server sendto 5 bytes b'Hello' recvfrom from port ${peer[1]} to port 11111`,
    "server client sendto 5 bytes b'HELLO' recvfrom",
    "client close()",
  ]);
});

test("a connection is opened, used and ended", async () => {
  const { wire, server, client } = twoPrograms();
  const listener = await server("socket", AF_INET, STREAM, 0);
  await server("bind", listener, SERVER);
  await server("listen", listener, 5);
  const there = await client("socket", AF_INET, STREAM, 0);
  const accepting = server("accept", listener, -1);
  await client("connect", there, SERVER, -1);
  const [here] = await accepting;
  await client("send", there, text("abc"), -1);
  await server("recv", here, 1, 0, -1);
  await server("recv", here, 10, 0, -1);
  await client("close", there);
  assert.equal((await server("recv", here, 10, 0, -1)).length, 0);
  const rows = sentences(wire);
  assert.equal(rows[4], "server accept() waits waits");
  assert.match(rows[5] ?? "", /^client server connect connection accept/);
  assert.deepEqual(rows.slice(6), [
    "client server send 3 bytes b'abc' received later kept",
    "server recv(1) returns 1 byte b'a' the first of 3 bytes",
    "server recv(10) returns 2 bytes b'bc' the last of 3 bytes",
    "client server close end of stream recv b''",
  ]);
});

test("a lost datagram is lost in the picture", async () => {
  const { wire, client } = twoPrograms({ loss: 1 });
  const there = await client("socket", AF_INET, DATAGRAM, 0);
  await client("sendto", there, text("Hello"), SERVER, -1);
  const row = wire.rows.at(-1);
  assert.equal(row?.outcome, "lost");
  assert.match(row?.note ?? "", /lost on its way/);
});

test("rows have the classes of the recorded picture", () => {
  const row = { lane: "client", to: "server", call: "", words: "", what: "", data: "" };
  const rest = { received: "", receivedWords: "", receivedData: "", note: "" };
  const more = { socket: "1", direction: "", sent: null, begins: 0, ends: [] };
  const state = { waiting: ["client"], returned: ["server"], standsForMore: true };
  const lanes = ["server", "client"];
  const lost = { ...row, ...rest, ...more, outcome: /** @type {const} */ ("lost") };
  assert.deepEqual(rowClasses({ row: lost, ...state }, lanes), [
    "wire-message",
    "wire-from-2",
    "wire-to-1",
    "wire-leftwards",
    "wire-lost",
    "wire-more",
    "wire-waiting-2",
    "wire-returned-1",
  ]);
  const call = { ...lost, to: null, outcome: /** @type {const} */ ("") };
  const plain = { waiting: [], returned: [], standsForMore: false };
  assert.deepEqual(rowClasses({ row: call, ...plain }, lanes), ["wire-call", "wire-at-2"]);
});

test("bytes are written as Python writes them", () => {
  assert.equal(bytesLiteral(text("it's\n\\")), "b\"it's\\n\\\\\"");
  assert.equal(bytesLiteral(new Uint8Array([0, 255, 9])), "b'\\x00\\xff\\t'");
  assert.equal(shownBytes(text("a".repeat(64)), 1000), `b'${"a".repeat(21)}'…`);
});

test("of chosen programs, what is between them and what one does alone is drawn", async () => {
  const { wire, server, client } = twoPrograms();
  const here = await server("socket", AF_INET, DATAGRAM, 0);
  await server("bind", here, SERVER);
  const there = await client("socket", AF_INET, DATAGRAM, 0);
  await client("sendto", there, text("hello"), SERVER, -1);
  await server("recvfrom", here, 100, 0, -1);
  const rows = folded(wire.rows);
  const lanesOf = (/** @type {string[]} */ ...chosen) =>
    only(chosen, rows).map(({ row }) => [row.lane, row.to].filter(Boolean).join(" to "));
  assert.ok(lanesOf().includes("client to server"));
  assert.deepEqual(lanesOf("client", "server"), lanesOf());
  assert.deepEqual(new Set(lanesOf("server")), new Set(["server"]));
  for (const { waiting, returned } of only(["server"], rows)) {
    assert.ok(![...waiting, ...returned].includes("client"));
  }
});
