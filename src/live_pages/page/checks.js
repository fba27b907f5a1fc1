// @ts-check
/** What checks answers to the page's exercises: loaded before the first check, and kept. */

import { ExerciseCheck } from "../process/exercise_check.js";
import { PythonProcess } from "../process/python_process.js";

/** The checks of one page. */
export class Checks {
  #base;
  #machine;
  /** @type {Promise<{ archive: Uint8Array, wording: import("../process/exercise_check.js").Wording }> | undefined} */
  #loading;

  /**
   * @param {string} base Address of the folder of these scripts, where the checks are, too.
   * @param {import("./played_page.js").Machine} machine What the Pythons run in.
   */
  constructor(base, machine) {
    this.#base = base;
    this.#machine = machine;
  }

  /**
   * A check of an answer, ready to run.
   *
   * @throws {Error} If what all checks need cannot be loaded.
   */
  async prepare() {
    this.#loading ??= load(this.#base);
    // After a failure, such as a lost connection, the next press tries again.
    this.#loading.catch(() => (this.#loading = undefined));
    return new ExerciseCheck({
      ...(await this.#loading),
      makePython: (options) => new PythonProcess({ ...this.#machine, ...options }),
    });
  }
}

/** @param {string} base */
async function load(base) {
  const [archive, wording] = await Promise.all([
    ask(`${base}exercise_checks.zip`),
    ask(`${base}exercise_checks.json`),
  ]);
  return { archive: new Uint8Array(await archive.arrayBuffer()), wording: await wording.json() };
}

/** @param {string} address */
async function ask(address) {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.url} answers ${answer.status}`);
  return answer;
}
