// @ts-check
/**
 * Checks a reader's answer to an exercise: in a Python of its own, with the checks that the command
 * line uses, on a network of its own, on which each program that the check starts is another Python.
 */

import { Kernel } from "../network/kernel.js";

/**
 * @typedef {import("./children.js").StartChild} StartChild
 * @typedef {import("./python_process.js").ProcessOptions} ProcessOptions
 * @typedef {import("./python_process.js").PythonProcess} PythonProcess
 *
 * @typedef {object} Wording How the command line says what no check says.
 * @property {number} deadlineSeconds When a check that does not come to its next step is ended.
 * @property {string} noEnd
 * @property {string} endedPython With `{file}` and `{how}`.
 * @property {string} during With `{trouble}` and `{step}`.
 *
 * @typedef {object} Verdict
 * @property {"solved" | "not as expected" | "not tried"} outcome
 * @property {string} message
 *
 * @typedef {object} Question
 * @property {string} page Such as "sockets/tcp".
 * @property {string} exercise Its name on that page.
 * @property {string} file Name of the reader's file.
 * @property {string} source What it holds.
 * @property {Record<string, string | Uint8Array>} [files] More that lies in its folder.
 * @property {string[]} [command] What checks, instead of the check as it is.
 */

const ARCHIVE = "/lib/exercise_checks.zip";

/** One check. */
export class ExerciseCheck {
  #start;
  #archive;
  #wording;
  /** @type {Set<PythonProcess>} */
  #processes = new Set();
  #over = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #left = 0;
  #since = 0;
  #booting = 0;
  /** Ends the check as the deadline does. */
  expire = () => {};

  /**
   * @param {object} means
   * @param {(options: Partial<ProcessOptions> & { name: string, kernel: Kernel }) => PythonProcess} means.makePython
   * @param {Uint8Array} means.archive The package of the checks, zipped.
   * @param {Wording} means.wording
   */
  constructor({ makePython, archive, wording }) {
    this.#start = makePython;
    this.#archive = archive;
    this.#wording = wording;
  }

  /**
   * Checks.
   *
   * @param {Question} question
   * @param {(step: string) => void} [onStep] Told what is about to be done.
   * @returns {Promise<Verdict | null>} Null if it was stopped.
   * @throws {Error} If Python cannot be loaded.
   */
  async run({ page, exercise, file, source, files = {}, command }, onStep = () => {}) {
    const kernel = new Kernel();
    let step = "";
    let complaints = "";
    /** @type {Verdict | undefined} */
    let verdict;
    const checking = this.#start({
      name: "check",
      kernel,
      onOutput: (stream, text) => {
        if (stream === "stderr") complaints += text;
      },
      onTold: (text) => {
        const told = JSON.parse(text);
        if (typeof told === "string") {
          step = told;
          this.#renew();
          onStep(step);
        } else verdict = { outcome: told[1], message: told[2] };
      },
      startChild: (watcher) => this.#startProgram(kernel, watcher),
    });
    try {
      await this.#boot(checking);
      if (this.#over) return null;
      const deadline = new Promise((resolve) => {
        this.expire = () => resolve("deadline");
      });
      this.#renew();
      const argv = [
        ...(command ?? ["-m", "live_process.exercise_check"]),
        ...[page, `/home/reader/${file}`, exercise],
      ];
      const status = await Promise.race([
        checking.run({ argv, files: { ...files, [file]: source, [ARCHIVE]: this.#archive } }),
        deadline,
      ]);
      if (this.#over) return null;
      if (verdict) return verdict;
      const { noEnd, endedPython, during } = this.#wording;
      const how = complaints.trim() || String(status);
      const trouble =
        status === "deadline" ? noEnd : filled(endedPython, { file, how });
      const message = step ? filled(during, { trouble, step }) : trouble;
      return { outcome: "not as expected", message };
    } catch (error) {
      if (this.#over) return null;
      throw error;
    } finally {
      this.#end();
    }
  }

  /** Ends the check and all that it has started. */
  stop() {
    this.#over = true;
    this.#end();
  }

  #end() {
    clearTimeout(this.#timer);
    for (const process of this.#processes) process.kill();
    this.#processes.clear();
  }

  /**
   * @param {Kernel} kernel
   * @param {import("./children.js").ChildWatcher} watcher
   */
  async #startProgram(kernel, watcher) {
    const process = this.#start({ name: "program", kernel, ...watcher });
    // What it takes to load a Python is not the answer's fault.
    this.#pause();
    try {
      await this.#boot(process);
    } finally {
      this.#goOn();
    }
    return process;
  }

  /** @param {PythonProcess} process */
  async #boot(process) {
    this.#processes.add(process);
    await process.boot();
  }

  /** Begins to count anew, since a check of many steps may take long where Python is slow. */
  #renew() {
    clearTimeout(this.#timer);
    this.#left = this.#wording.deadlineSeconds * 1000;
    if (this.#booting === 0) this.#goOn();
  }

  #pause() {
    this.#booting += 1;
    if (this.#booting > 1) return;
    clearTimeout(this.#timer);
    this.#left -= performance.now() - this.#since;
  }

  #goOn() {
    if (this.#booting > 0) this.#booting -= 1;
    if (this.#booting > 0) return;
    this.#since = performance.now();
    this.#timer = setTimeout(() => this.expire(), Math.max(0, this.#left));
  }
}

/**
 * @param {string} template
 * @param {Record<string, string>} values
 */
function filled(template, values) {
  return template.replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
}
