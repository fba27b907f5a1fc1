// @ts-check
/** The listings of pages, played as the pages' terminals play them. */

import assert from "node:assert/strict";
import { readdir, readFile } from "node:fs/promises";
import { afterEach, test } from "node:test";

import { killAll, makeNetwork, Program } from "./running.js";

const ROOT = new URL("../../../", import.meta.url);
const SCENE =
  /```\{terminal\} (\w+)\n\$ python ([^\n]*)\n((?:[^$`\n][^\n]*\n)*)```\n\n```\{terminal\} (\w+)\n\$ python ([^\n]*)\n((?:[^$`\n][^\n]*\n)*)```\n\n```\{terminal\} \1\n((?:[^$`\n][^\n]*\n)*?)\^C\n((?:[^$`\n][^\n]*\n)*)```/;
// Pages whose first scene of this kind is whole: a server starts, a client runs to its end, ^C.
const PAGES = [
  "addresses",
  "broadcast_and_multicast",
  "files_from_sockets",
  "streams",
  "tcp",
  "udp",
  "unix_sockets",
];

afterEach(killAll);

for (const page of PAGES) {
  const text = await readFile(new URL(`docs/sockets/${page}.md`, ROOT), "utf8");
  const scene = SCENE.exec(text);
  if (scene === null) throw new Error(`docs/sockets/${page}.md has no server, client and ^C`);
  const [, , server = "", listening = "", , client = "", talk = "", served = "", ending = ""] = scene;
  test(`${page}: ${server} and ${client}`, { timeout: 120_000 }, async () => {
    const files = await listings(page);
    const network = makeNetwork();
    const serving = new Program(network, "server");
    const talking = new Program(network, "client");
    await Promise.all([serving.process.boot(), talking.process.boot()]);
    const serverStatus = serving.process.run({ argv: server.split(" "), files });
    await serving.until(() => matches(serving.printed, listening));
    const { typed, printed } = spoken(talk);
    for (const line of typed) talking.process.type(line);
    await talking.process.run({ argv: client.split(" "), files });
    assertMatches(talking.printed, printed);
    await serving.until(() => matches(serving.printed, listening + served));
    serving.process.interrupt();
    await serverStatus;
    // The terminal shows ^C where the program ends the line.
    assertMatches(serving.printed, `${listening}${served}\n${ending}`);
  });
}

/** @param {string} page @returns {Promise<Record<string, string>>} */
async function listings(page) {
  const folder = new URL(`src/tutorial_examples/sockets/${page}/`, ROOT);
  const names = (await readdir(folder)).filter((name) => name.endsWith(".py"));
  const entries = names.map(async (name) => [name, await readFile(new URL(name, folder), "utf8")]);
  return Object.fromEntries(await Promise.all(entries));
}

/**
 * What is typed in a transcript, and what the program alone prints.
 *
 * @param {string} transcript
 */
function spoken(transcript) {
  /** @type {(string | null)[]} */
  const typed = [];
  const printed = transcript.replace(/^(Send: |Say: )(.*)\n/gm, (_line, prompt, answer) => {
    typed.push(answer === "^D" ? null : answer === "⏎" ? "" : answer);
    return prompt;
  });
  return { typed, printed };
}

/** @param {string} printed @param {string} expected Where "..." stands for anything. */
function matches(printed, expected) {
  const parts = expected.trimEnd().split("...");
  const pattern = parts.map((part) => part.replace(/[.*+?^${}()|[\]\\]/g, "\\$&")).join(".*");
  return new RegExp(`^${pattern}$`, "s").test(printed.trimEnd());
}

/** @param {string} printed @param {string} expected */
function assertMatches(printed, expected) {
  assert.ok(matches(printed, expected), `got:\n${printed}\nthe page has:\n${expected}`);
}
