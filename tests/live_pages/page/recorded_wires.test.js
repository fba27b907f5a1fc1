// @ts-check
/**
 * The rows of programs in the browser's Python are those of the same programs on Linux, which
 * `test_recorded_wires.py` records.
 */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";
import { isDeepStrictEqual } from "node:util";

import { folded } from "../../../src/live_pages/page/wire_folding.js";
import { WireRows } from "../../../src/live_pages/page/wire_rows.js";
import { Program, killAll, makeNetwork } from "../process/running.js";

const LISTINGS = new URL("../../../src/tutorial_examples/sockets/", import.meta.url);
const WIRES = JSON.parse(
  await readFile(new URL("recorded_wires.json", import.meta.url), "utf8"),
);

// Whether a call had to wait may differ on a busy machine: it must have waited once.
const ATTEMPTS = 5;
// What the rows are made by, and no picture shows.
const INTERNAL = new Set(["socket", "direction", "sent", "begins", "ends"]);

after(killAll);

/** @param {WireRows} wire */
function rowsOf(wire) {
  return folded(wire.rows).map(({ row, waiting, returned, standsForMore }) => {
    const values = { ...row, waiting: waiting.sort(), returned: returned.sort(), standsForMore };
    const text = JSON.stringify(values).replace(/\b[3-6]\d{4}\b/g, "PORT");
    return Object.fromEntries(
      Object.entries(JSON.parse(text)).filter(([name, value]) => {
        return !INTERNAL.has(name) && value && value.length !== 0;
      }),
    );
  });
}

/**
 * Runs the programs of a wire on a network of their own, does what is done with them, and gives the
 * rows of what they did.
 *
 * @param {typeof WIRES[number]} wire
 */
async function playedRows({ page, server, client, steps }) {
  const network = makeNetwork();
  /** @type {Record<string, Program>} */
  const programs = {};
  const rests = (/** @type {string} */ program) => {
    const latest = network.events.findLast((event) => event.process === program);
    return latest?.operation === "wait";
  };
  /** @type {Map<string, number>} */
  const asked = new Map();
  /** @type {Map<string, Promise<number>>} */
  const ended = new Map();
  /** @type {Set<string>} */
  const over = new Set();
  for (const [program, listing] of [["server", server], ["client", client]]) {
    const started = new Program(network, program);
    programs[program] = started;
    await started.process.boot();
    const source = await readFile(new URL(`${page}/${listing}`, LISTINGS), "utf8");
    const run = started.process.run({ argv: [listing], files: { [listing]: source } });
    ended.set(program, run.finally(() => over.add(program)));
    if (program === "server") await started.prints("Listening");
    if (program === "server") await network.event(() => rests("server"));
  }
  for (const [program, action] of steps) {
    const acting = programs[program];
    assert.ok(acting);
    if (action === "end") {
      await ended.get(program);
      continue;
    }
    if (action === "rest") {
      await network.event(() => rests(program));
    } else if (action === "^C") {
      acting.process.interrupt();
    } else {
      const count = (asked.get(program) ?? 0) + 1;
      asked.set(program, count);
      await acting.asks(count);
      // On a busy machine the others may not have got so far that they wait.
      const others = Object.keys(programs).filter((name) => name !== program);
      await network.event(() => others.every((name) => over.has(name) || rests(name)));
      acting.process.type(action === "^D" ? null : action);
    }
  }
  const wire = new WireRows();
  for (const event of network.events) wire.add(event);
  wire.finish();
  return rowsOf(wire);
}

/**
 * The rows without those of calls that wait, and those, each with how many others come before it.
 *
 * @param {any[]} rows
 */
function apart(rows) {
  const others = [];
  const waits = new Set();
  for (const row of rows.map((shown) => ({ ...shown }))) {
    delete row.waiting;
    delete row.returned;
    if (row.outcome === "waits") waits.add(`${others.length} ${row.lane} ${row.call}`);
    else others.push(row);
  }
  return { others, waits };
}

for (const wire of WIRES) {
  test(wire.name, async () => {
    const wanted = apart(wire.rows);
    const missing = new Set(wanted.waits);
    for (let attempt = 1; attempt <= ATTEMPTS; attempt += 1) {
      const rows = await playedRows(wire);
      // Of some, what follows may come in one order or another.
      if (isDeepStrictEqual(rows.slice(0, wire.rows.length), wire.rows)) return;
      const { others, waits } = apart(rows);
      assert.deepEqual(others.slice(0, wanted.others.length), wanted.others);
      for (const wait of waits) missing.delete(wait);
    }
    assert.deepEqual([...missing], [], `never waited for in ${ATTEMPTS} attempts`);
  });
}
