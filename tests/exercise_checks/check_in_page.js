// @ts-check
/**
 * Checks answers as the page does, in Node instead of a browser: `node check_in_page.js FILES`.
 *
 * FILES is a folder with the archive of the checks and their words. Each line of standard input is a
 * question in JSON, with `page`, `path`, `exercise` and `patience`, for how many seconds a check waits
 * for a program that answers nothing. For each, one line is printed: the verdict's outcome and
 * message.
 */

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { createInterface } from "node:readline";

import { ExerciseCheck } from "../../src/live_pages/process/exercise_check.js";
import { nodeMachine } from "../../src/live_pages/process/node_host.js";
import { PythonProcess } from "../../src/live_pages/process/python_process.js";
import { Snapshots } from "../../src/live_pages/process/snapshots.js";

const PATIENT = `\
import sys
sys.path.insert(1, "/lib/exercise_checks.zip")
from exercise_checks import program
program.PATIENCE_SECONDS = float(sys.argv[1])
from live_process import exercise_check
exercise_check.main(*sys.argv[2:])
`;

// Where tests run, the machine is busy with other tests.
const DEADLINE_SECONDS = 240;
const folder = process.argv[2] ?? "";
const archive = await readFile(`${folder}/exercise_checks.zip`);
const wording = {
  ...JSON.parse(await readFile(`${folder}/exercise_checks.json`, "utf8")),
  deadlineSeconds: DEADLINE_SECONDS,
};
const machine = await nodeMachine();
const snapshots = new Snapshots("checks");

/** @param {{ page: string, path: string, exercise: string, patience: number }} question */
async function verdict({ page, path, exercise, patience }) {
  const check = new ExerciseCheck({
    archive,
    wording,
    makePython: (options) =>
      new PythonProcess({
        ...machine,
        snapshots,
        ...options,
      }),
  });
  return await check.run({
    page,
    exercise,
    file: basename(path),
    source: await readFile(path, "utf8"),
    files: { "patient_check.py": PATIENT },
    command: ["patient_check.py", String(patience)],
  });
}

for await (const line of createInterface({ input: process.stdin })) {
  console.log(JSON.stringify(await verdict(JSON.parse(line))));
}
