// @ts-check
/** What becomes of a check that does not come to its end by itself; the others are pytest's. */

import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { mkdtemp, readFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { before, test } from "node:test";
import { promisify } from "node:util";

import { ExerciseCheck } from "../../../src/live_pages/process/exercise_check.js";
import { PythonProcess } from "../../../src/live_pages/process/python_process.js";
import { Snapshots } from "../../../src/live_pages/process/snapshots.js";
import { MACHINE } from "./running.js";

const options = { timeout: 240_000 };
const snapshots = new Snapshots("checks");
const WORDING = {
  deadlineSeconds: 600,
  noEnd: "no end",
  endedPython: "{file} ended Python itself: {how}",
  during: "{trouble}, while {step}",
};
const ENDLESS = "def requeue(queue):\n    while True:\n        pass\n";
const SERVER = "import socket\nserver = socket.create_server(('127.0.0.1', 9999))\nwhile True: pass\n";
/** @type {Uint8Array} */
let archive;

before(async () => {
  const folder = await mkdtemp(join(tmpdir(), "checks-"));
  const write = "import sys, pathlib, live_pages.exercise_files as e; e.write_exercise_files(pathlib.Path(sys.argv[1]))";
  const PYTHONPATH = new URL("../../../src", import.meta.url).pathname;
  const env = { ...process.env, PYTHONPATH };
  await promisify(execFile)("python", ["-c", write, folder], { env });
  archive = await readFile(join(folder, "exercise_checks.zip"));
});

/**
 * A check, and the processes that it makes.
 *
 * @param {number} [deadlineSeconds]
 */
function makeCheck(deadlineSeconds = WORDING.deadlineSeconds) {
  /** @type {string[]} */
  const made = [];
  let ended = 0;
  const check = new ExerciseCheck({
    archive,
    wording: { ...WORDING, deadlineSeconds },
    makePython: (more) => {
      made.push(more.name);
      return new PythonProcess({
        ...MACHINE,
        snapshots,
        onExit: () => (ended += 1),
        ...more,
      });
    },
  });
  return { check, made, ended: () => ended };
}

/** @param {string} source */
function question(source, page = "python/lists", exercise = "queue") {
  return { page, exercise, file: "my_answer.py", source };
}

/**
 * Ends a check at a step, since how long it takes until then depends on the machine.
 *
 * @param {ExerciseCheck} check
 * @param {string} beginning
 * @returns {(step: string) => void}
 */
function expireAt(check, beginning) {
  return (step) => {
    if (step.startsWith(beginning)) check.expire();
  };
}

test("an answer without end is ended at the deadline, and named", options, async () => {
  const { check, ended } = makeCheck();
  const found = check.run(question(ENDLESS), expireAt(check, "calling"));
  assert.deepEqual(await found, {
    outcome: "not as expected",
    message: "no end, while calling requeue(['Ann', 'Bob', 'Cleo'])",
  });
  assert.equal(ended(), 1);
});

test("a server without end ends with its check", options, async () => {
  const { check, made, ended } = makeCheck();
  const asked = question(SERVER, "sockets/tcp", "server");
  const verdict = await check.run(asked, expireAt(check, "waiting for b'HELLO'"));
  assert.equal(verdict?.message, "no end, while waiting for b'HELLO' from your server");
  assert.deepEqual(made, ["check", "program"]);
  assert.equal(ended(), 2);
});

test("an answer that ends Python is named", options, async () => {
  const { check } = makeCheck();
  assert.deepEqual(await check.run(question("import os\nos._exit(3)\n")), {
    outcome: "not as expected",
    message: "my_answer.py ended Python itself: 3, while importing my_answer.py",
  });
});

test("the deadline comes by itself", options, async () => {
  const { check } = makeCheck(0.001);
  const verdict = await check.run(question(ENDLESS));
  assert.match(verdict?.message ?? "", /^no end/);
});

test("a check that is stopped finds nothing and leaves nothing", options, async () => {
  const { check, ended } = makeCheck();
  const found = check.run(question(ENDLESS), (step) => {
    if (step.startsWith("calling")) check.stop();
  });
  assert.equal(await found, null);
  assert.equal(ended(), 1);
});

test("a check that is stopped while Python is loaded", options, async () => {
  const { check } = makeCheck();
  const found = check.run(question(ENDLESS));
  check.stop();
  assert.equal(await found, null);
});
