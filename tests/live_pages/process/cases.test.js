// @ts-check
/** Every case prints here what real CPython printed with real sockets. */

import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { afterEach, test } from "node:test";

import { killAll, makeNetwork, Program } from "./running.js";

const FOLDER = new URL("../cases/", import.meta.url);
/** @type {Record<string, Record<string, { printed: string, status: number }>>} */
const ORACLE = JSON.parse(await readFile(new URL("oracle.json", FOLDER), "utf8"));
// What Linux makes of a program that SIGINT ended is negative; a shell shows this instead.
const INTERRUPTED = new Map([[-2, 130]]);

const PATIENCE_MILLISECONDS = 120_000;

afterEach(killAll);

for (const [name, expected] of Object.entries(ORACLE)) {
  test(name, { timeout: PATIENCE_MILLISECONDS }, async () => {
    const printed = "program" in expected ? await runOne(name) : await runBoth(name);
    assert.deepEqual(printed, normal(expected));
  });
}

/** @param {Record<string, { printed: string, status: number }>} expected */
function normal(expected) {
  return Object.fromEntries(
    Object.entries(expected).map(([part, { printed, status }]) => [
      part,
      { printed, status: INTERRUPTED.get(status) ?? status },
    ]),
  );
}

/** @param {string} name */
async function runOne(name) {
  const program = await started(makeNetwork(), name);
  if (program.presses) {
    await program.prints("ready\n");
    program.process.interrupt();
  }
  return { program: await program.result() };
}

/** @param {string} name */
async function runBoth(name) {
  const network = makeNetwork();
  const server = await started(network, `${name}_server`);
  const listening = network.event(
    ({ operation, type, error }) =>
      !error && (operation === "listen" || (operation === "bind" && type !== "tcp")),
  );
  await Promise.race([listening, server.status]);
  const client = await started(network, `${name}_client`);
  const answer = await client.result();
  if (server.presses) server.process.interrupt();
  return { server: await server.result(), client: answer };
}

/**
 * @param {ReturnType<typeof makeNetwork>} network
 * @param {string} stem
 */
async function started(network, stem) {
  const source = await readFile(new URL(`${stem}.py`, FOLDER), "utf8");
  const program = new Program(network, stem);
  await program.process.boot();
  const types = /^# types: (.*)$/m.exec(source)?.[1];
  for (const line of JSON.parse(types ?? "[]")) program.process.type(line);
  // A pipe that is at its end stays there; a terminal would ask again.
  for (let again = 0; again < 5; again += 1) program.process.type(null);
  const status = program.process.run({
    argv: [`${stem}.py`],
    files: { [`${stem}.py`]: source },
  });
  return Object.assign(program, {
    status,
    presses: source.includes("# presses: ^C"),
    result: async () => {
      const ended = await status;
      return { printed: program.printed, status: ended };
    },
  });
}
