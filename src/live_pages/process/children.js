// @ts-check
/**
 * The programs that a Python process has started, and the calls by which it has to do with them.
 *
 * A child is a Python process on the same network. It has a disk of its own, but the folder that it
 * runs in is shared: what it makes of that is among its news.
 */

/**
 * @typedef {import("./python_process.js").PythonProcess} PythonProcess
 * @typedef {import("./shared_folder.js").Files} Files
 *
 * @typedef {object} ChildWatcher
 * @property {(stream: "stdout" | "stderr", text: string) => void} onOutput
 * @property {(files: Files) => void} onFiles
 *
 * @typedef {(watcher: ChildWatcher) => Promise<PythonProcess>} StartChild
 *
 * @typedef {object} ChildProgram
 * @property {string[]} argv What follows the word python.
 * @property {string} folder Where it runs.
 * @property {Files} files What its disk begins with, by the paths from the folder on.
 */

// What is kept of each output; a program that spins prints without end.
const MOST_OUTPUT = 1_000_000;

/** One child, and what is known of it. */
class Child {
  /** @type {PythonProcess | undefined} */
  process;
  /** @type {number | null} */
  status = null;
  output = { stdout: "", stderr: "" };
  /** What it has made of its folder since that was last asked. @type {Files | null} */
  files = null;
  /** @type {Promise<void>} */
  ended = Promise.resolve();

  /**
   * @param {"stdout" | "stderr"} stream
   * @param {string} text
   */
  take(stream, text) {
    if (this.output[stream].length < MOST_OUTPUT) this.output[stream] += text;
  }
}

/** The children of one process. */
export class Children {
  #start;
  /** @type {Child[]} */
  #children = [];
  #over = false;

  /** @param {StartChild} start */
  constructor(start) {
    this.#start = start;
  }

  /** @param {string} operation Whether it is one of the calls here. */
  static has(operation) {
    return OPERATIONS.has(operation);
  }

  /**
   * @param {string} operation
   * @param {any[]} args
   * @returns {Promise<{ value?: unknown, error?: string }>}
   */
  async call(operation, args) {
    const call = OPERATIONS.get(operation);
    if (call === undefined) return { error: "EINVAL" };
    return { value: await call.apply(this, args) };
  }

  /**
   * Starts a program.
   *
   * @param {ChildProgram} program
   * @returns {Promise<number>} Its number.
   */
  async start({ argv, folder, files }) {
    const child = new Child();
    const process = await this.#start({
      onOutput: (stream, text) => child.take(stream, text),
      onFiles: (changed) => (child.files = { ...child.files, ...changed }),
    });
    if (this.#over) {
      process.kill();
      throw new Error("the process that started a program is over");
    }
    child.process = process;
    const status = process.run({ argv, folder, files });
    child.ended = status.then(
      (number) => {
        child.status = number;
      },
      (error) => {
        child.take("stderr", `${error.message}\n`);
        child.status = 1;
      },
    );
    this.#children.push(child);
    return this.#children.length - 1;
  }

  /**
   * What is new: its status, or undefined while it runs, what it has written since, and what it has
   * made of the files in its folder, if anything.
   *
   * @param {number} number
   * @param {number} printed How much of its standard output is known already.
   * @param {number} complained How much of its standard error.
   */
  news(number, printed, complained) {
    const child = this.#child(number);
    const { status, output, files } = child;
    child.files = null;
    const written = [output.stdout.slice(printed), output.stderr.slice(complained)];
    // Python has a None of its own for undefined only.
    return [status ?? undefined, ...written, files ?? undefined];
  }

  /**
   * Lets it find in its folder what its parent has made of that.
   *
   * @param {number} number
   * @param {Files} files
   */
  put(number, files) {
    this.#child(number).process?.put(files);
  }

  /**
   * Waits for its end, so long at most; whether it has come.
   *
   * @param {number} number
   * @param {number} milliseconds
   */
  async wait(number, milliseconds) {
    const child = this.#child(number);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const pause = new Promise((resolve) => {
      timer = setTimeout(resolve, milliseconds);
    });
    await Promise.race([child.ended, pause]);
    clearTimeout(timer);
    return child.status !== null;
  }

  /** @param {number} number @param {string} line Without its newline. */
  type(number, line) {
    this.#child(number).process?.type(line);
  }

  /** @param {number} number */
  endInput(number) {
    this.#child(number).process?.endInput();
  }

  /** @param {number} number @param {number} more Bytes of memory that it may have more than now. */
  limitMemory(number, more) {
    this.#child(number).process?.limitMemory(more);
  }

  /** @param {number} number */
  interrupt(number) {
    this.#child(number).process?.interrupt();
  }

  /**
   * Where its threads are, as faulthandler writes it; nothing if it does not say.
   *
   * @param {number} number
   * @param {number} milliseconds
   */
  async places(number, milliseconds) {
    return (await this.#child(number).process?.places(milliseconds)) ?? "";
  }

  /** @param {number} number */
  async kill(number) {
    const child = this.#child(number);
    child.process?.kill();
    await child.ended;
  }

  /** Ends all of them. */
  killAll() {
    this.#over = true;
    for (const child of this.#children) child.process?.kill();
  }

  /** @param {number} number */
  #child(number) {
    const child = this.#children[number];
    if (child === undefined) throw new Error(`there is no child ${number}`);
    return child;
  }
}

const CALLS = /** @type {const} */ ([
  ...["start", "news", "put", "wait", "type", "endInput", "limitMemory", "interrupt"],
  ...["places", "kill"],
]);
/** @type {Map<string, (...args: any[]) => unknown>} */
const OPERATIONS = new Map(
  CALLS.map((name) => [`child ${name}`, /** @type {any} */ (Children.prototype)[name]]),
);
