// @ts-check
/**
 * What Python's side calls: system calls, clocks, the keyboard, threads.
 *
 * Everything that waits is given as an object with a promise, and never as the promise itself: for
 * a bare one Pyodide would ask for an event loop.
 */

import { PromisedRoom } from "./promised_room.js";

/**
 * Something that a Python thread waits for.
 *
 * @typedef {object} Waiting
 * @property {Promise<unknown>} promise
 * @property {() => void} interrupt Ends the waiting, if it still goes on, because of a signal.
 */

/**
 * The answer to a system call as Python takes it with the fewest steps: a value, a string after
 * ">", or the name of an error.
 *
 * @typedef {unknown} Answer
 */

/**
 * The disk, as JavaScript has to do with it.
 *
 * @typedef {object} Disk
 * @property {(path: string) => void} makeSocketFile
 * @property {(folder: string) => import("./shared_folder.js").SharedFolder} share A folder that a
 *   program which is started from here has, too.
 * @property {() => void} beforeWaiting Told when others may go on, who may look at the files.
 */

const TAKE_MEMORY = new Set(["recv", "recv_into", "recvfrom", "sendall", "send"]);
// Emscripten's heap grows by so much of its size at once.
const GROWTH_OF_MEMORY = 0.2;

/**
 * A wait that ends when `resolve` is called or its time is over.
 *
 * @implements {Waiting}
 */
class Pause {
  /** @type {unknown} What it ended with; undefined while it lasts. */
  outcome = undefined;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  /** @type {(outcome: unknown) => void} */
  #keep = () => {};

  /** @param {number} milliseconds Negative for no end. */
  constructor(milliseconds) {
    this.promise = new Promise((resolve) => {
      this.#keep = resolve;
    });
    if (milliseconds >= 0) this.#timer = setTimeout(() => this.resolve("timed out"), milliseconds);
  }

  /**
   * @param {unknown} outcome
   * @returns {boolean} Whether this ended it; false if it had ended before.
   */
  resolve(outcome) {
    if (this.outcome !== undefined) return false;
    this.outcome = outcome;
    clearTimeout(this.#timer);
    this.#keep(outcome);
    return true;
  }

  interrupt() {
    this.resolve("interrupted");
  }
}

/** The system beneath one Python process. */
export class Host {
  /** @type {Waiting | undefined} What the main thread waits for, or waited for last. */
  mainWaiting = undefined;
  /** Tells Python, which gives this at its start, that Ctrl-C was pressed. */
  noteSignal = () => {};
  /** When the program last called anything here, or had an answer. */
  lastCall = performance.now();

  #post;
  #nextCall = 0;
  /** @type {Map<number, (answer: Answer) => void>} */
  #calls = new Map();
  #promised = new PromisedRoom();
  /** @type {(string | null)[]} Lines typed and not read; null is the end of the file. */
  #lines = [];
  /** @type {Set<() => void>} */
  #lineWaiters = new Set();
  #inputHasEnded = false;
  #memorySize = () => 0;
  #memoryLimit = Infinity;

  /**
   * @param {(message: object, transfer?: Transferable[]) => void} post To the page.
   * @param {Disk} disk
   */
  constructor(post, disk) {
    this.#post = post;
    this.disk = disk;
  }

  /**
   * Takes the answer to a system call.
   *
   * @param {{ id: number, value: unknown, error?: string,
   *   promise: import("./promised_room.js").RoomPromise | null }} answer
   */
  answer({ id, value, error, promise }) {
    this.noteActivity();
    this.#promised.noteNews();
    if (promise) this.#promised.take(promise);
    const resolve = this.#calls.get(id);
    this.#calls.delete(id);
    resolve?.(error ?? (typeof value === "string" ? `>${value}` : (value ?? undefined)));
  }

  /** @param {number} id Of a socket for which nothing is promised any more. */
  retract(id) {
    this.#promised.retract(id);
  }

  /**
   * Sends without waiting for an answer, where the network has promised to take it.
   *
   * @param {"send" | "sendall"} operation
   * @param {number} id
   * @param {Uint8Array} bytes
   * @returns {boolean} Whether it did; if not, it is a system call like others.
   */
  sendPromised(operation, id, bytes) {
    if (this.#isOutOfMemory() || !this.#promised.spend(id, bytes.length)) return false;
    this.#noteCall();
    this.#post({ type: "sent", operation, id, bytes }, [/** @type {ArrayBuffer} */ (bytes.buffer)]);
    return true;
  }

  /**
   * Makes a system call.
   *
   * @param {string} operation
   * @param {...unknown} args
   * @returns {Waiting} Its promise gives an Answer.
   */
  call(operation, ...args) {
    this.#noteCall();
    if (TAKE_MEMORY.has(operation) && this.#isOutOfMemory()) return this.#refuse();
    this.#promised.noteCall(operation, args);
    const id = (this.#nextCall += 1);
    /** @type {Promise<Answer>} */
    const promise = new Promise((resolve) => this.#calls.set(id, resolve));
    const buffers = args.filter((arg) => arg instanceof Uint8Array).map((arg) => arg.buffer);
    this.#post({ type: "call", id, operation, args }, /** @type {Transferable[]} */ (buffers));
    return { promise, interrupt: () => this.#post({ type: "interrupt calls" }) };
  }

  /**
   * The system call poll, which also ends, with EINTR, when a line is typed if that is asked for.
   *
   * @param {number[]} request
   * @param {number} milliseconds
   * @param {boolean} keyboard
   * @returns {Waiting}
   */
  poll(request, milliseconds, keyboard) {
    const call = this.call("poll", request, milliseconds);
    if (!keyboard || milliseconds === 0) return call;
    const promise = call.promise.finally(() => this.#lineWaiters.delete(call.interrupt));
    this.#lineWaiters.add(call.interrupt);
    this.#post({ type: "prompt" });
    return { promise, interrupt: call.interrupt };
  }

  /**
   * A pause, which also ends when a line is typed if that is asked for.
   *
   * @param {number} milliseconds
   * @param {boolean} keyboard
   */
  pausedForLine(milliseconds, keyboard) {
    const pause = this.#pause(milliseconds);
    if (keyboard) {
      const typed = () => pause.resolve("typed");
      this.#lineWaiters.add(typed);
      pause.promise.finally(() => this.#lineWaiters.delete(typed));
      this.#post({ type: "prompt" });
    }
    return pause;
  }

  /** @param {number} milliseconds Negative for no end. */
  deferred(milliseconds) {
    return this.#pause(milliseconds);
  }

  /**
   * Waits for a line.
   *
   * @returns {Waiting} Its promise gives ">" and the line, or undefined at the end of the file.
   */
  readLine() {
    const pause = this.#pause(-1);
    const take = () => {
      if (!this.isLineReady() || pause.outcome !== undefined) return;
      const line = this.#lines.shift();
      pause.resolve(typeof line === "string" ? `>${line}` : null);
    };
    take();
    if (pause.outcome === undefined) {
      this.#lineWaiters.add(take);
      pause.promise.finally(() => this.#lineWaiters.delete(take));
      this.#post({ type: "prompt" });
    }
    return {
      promise: pause.promise.then((outcome) => outcome ?? undefined),
      interrupt: () => pause.interrupt(),
    };
  }

  isLineReady() {
    return this.#lines.length > 0 || this.#inputHasEnded;
  }

  /** @param {string | null} line With its newline; null for the end of the file. */
  type(line) {
    this.#promised.noteNews();
    this.#lines.push(line);
    for (const waiter of [...this.#lineWaiters]) waiter();
  }

  /** Lets each further reading find the end of the file. */
  endInput() {
    this.#inputHasEnded = true;
    for (const waiter of [...this.#lineWaiters]) waiter();
  }

  /**
   * What the call "child start" takes.
   *
   * @param {string[]} argv
   * @param {string} folder
   * @param {string} file Name of the program's file, which its disk has, too.
   * @param {Uint8Array} source What that holds.
   * @param {import("./shared_folder.js").Files} [files] More, by their paths below the folder.
   * @returns {import("./children.js").ChildProgram}
   */
  childProgram(argv, folder, file, source, files) {
    return { argv, folder, files: { ...files, [file]: source } };
  }

  /** @param {string} text Something for who owns the process. */
  tell(text) {
    this.#post({ type: "told", text });
  }

  /** @param {string} text Where the threads are. */
  tellPlaces(text) {
    this.#post({ type: "places", text });
  }

  /** @param {number} signal By which the program wants to be asked where it computes. */
  askWith(signal) {
    this.#post({ type: "ask with", signal });
  }

  /** Lets the main thread know of Ctrl-C, now or when it next waits. */
  interruptMain() {
    this.noteSignal();
    this.mainWaiting?.interrupt();
  }

  /**
   * Begins a thread: a Python function on a stack of its own.
   *
   * @param {any} run The PyProxy of the function.
   */
  spawn(run) {
    const thread = run.copy();
    thread
      .callPromising()
      .catch((/** @type {unknown} */ error) => this.#post({ type: "failed", reason: String(error) }))
      .finally(() => thread.destroy());
  }

  /**
   * Lets the program have so much more memory than now. The interpreter breaks down where it gets
   * none, so this is looked at where programs take what others send.
   *
   * @param {number} more Bytes.
   * @param {() => number} size What the interpreter has in all, which grows in steps.
   */
  limitMemory(more, size) {
    this.#memorySize = size;
    this.#memoryLimit = size() * (1 + GROWTH_OF_MEMORY) + more;
  }

  #isOutOfMemory() {
    return this.#memorySize() > this.#memoryLimit;
  }

  /** @returns {Waiting} */
  #refuse() {
    // What a program does about that, if anything, takes memory, too; and nothing gives any back.
    this.#memoryLimit = Infinity;
    return { promise: Promise.resolve("MEMORY_ERROR"), interrupt: () => {} };
  }

  /** @param {number} milliseconds Negative for no end. */
  #pause(milliseconds) {
    this.#noteCall();
    const pause = new Pause(milliseconds);
    pause.promise.then(() => this.noteActivity());
    return pause;
  }

  #noteCall() {
    this.noteActivity();
    this.disk.beforeWaiting();
  }

  /** Lets nobody take the program, which may have waited for long, for one that computes. */
  noteActivity() {
    this.lastCall = performance.now();
  }

  /** @param {number} status Ends the process at once, as `os._exit` does. */
  exit(status) {
    this.#post({ type: "exit", status });
  }
}
