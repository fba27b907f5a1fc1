// @ts-check
/** One Python process as the page owns it. */

import { Children } from "./children.js";
import { fetchPythonFiles } from "./python_files.js";

/**
 * @typedef {object} WorkerLike
 * @property {((event: { data: any }) => void) | null} onmessage
 * @property {((event: { message: string }) => void) | null} onerror
 * @property {(message: object, transfer: Transferable[]) => void} postMessage
 * @property {() => void} terminate
 */

/**
 * @typedef {object} KernelLike
 * @property {(name: string) => KernelProcessLike} process
 */

/**
 * @typedef {object} KernelProcessLike
 * @property {(operation: string, args: unknown[]) => any} call
 * @property {(operation: "send" | "sendall", id: number, bytes: Uint8Array) => Promise<void>} sendPromised
 * @property {(operation: string, args: unknown[], value: unknown) =>
 *   import("./promised_room.js").RoomPromise | null} promiseAfter
 * @property {(id: number) => void} onRetract
 * @property {() => void} interrupt
 * @property {() => void} destroy
 */

/**
 * @typedef {object} ProcessOptions
 * @property {KernelLike} kernel The network that its sockets are on.
 * @property {string} name What the network's events call it.
 * @property {string} indexURL Where Pyodide is, with a slash at its end.
 * @property {() => WorkerLike} [makeWorker]
 * @property {() => Promise<import("./python_files.js").PythonFiles>} [pythonFiles] Reads Python's side.
 * @property {() => Promise<WebAssembly.Module | undefined>} [interpreter] The compiled interpreter.
 * @property {import("./snapshots.js").Snapshots} [snapshots] Memory images to start from.
 * @property {(stream: "stdout" | "stderr", text: string) => void} [onOutput]
 * @property {(files: import("./shared_folder.js").Files) => void} [onFiles] Told what it makes of
 *   the files in its folder.
 * @property {() => void} [onPrompt] Told when the program waits for a line.
 * @property {(status: number) => void} [onExit]
 * @property {(text: string) => void} [onTold] Told what the program says to the page itself.
 * @property {import("./children.js").StartChild} [startChild] For programs that start others.
 */

/**
 * @typedef {object} Run
 * @property {string[]} argv What follows the word python: a file and its arguments, or -m and a
 *   module, or -c and text.
 * @property {import("./shared_folder.js").Files} [files] By their paths, from the folder on.
 * @property {string} [folder] Where the program runs.
 */

/** What executing a piece of a session brought. @typedef {{ output: string, failed: boolean }} Executed */

/** The folder in which programs run, and which tracebacks do not show. */
export const FOLDER = "/home/reader";

/** The status of a process that was killed. */
export const KILLED = 137;

// A program that has not taken Ctrl-C by then is computing, and is asked in another way.
const PATIENCE_MILLISECONDS = 250;

/** A Python interpreter in a worker; it runs one program, or one session, and is gone then. */
export class PythonProcess {
  #options;
  /** @type {WorkerLike | undefined} */
  #worker;
  /** @type {KernelProcessLike} */
  #system;
  /** @type {Uint8Array | undefined} */
  #interrupts;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #interruptTimer;
  #started = false;
  #over = false;
  /** @type {PromiseWithResolvers<void>} */
  #ready = Promise.withResolvers();
  /** @type {PromiseWithResolvers<number>} */
  #exit = Promise.withResolvers();
  /** @type {PromiseWithResolvers<Executed> | undefined} */
  #executing;
  /** @type {Children | undefined} */
  #children;
  #lastPlaces = "";
  #takePlaces = () => {};

  /** @param {ProcessOptions} options */
  constructor(options) {
    this.#options = options;
    this.#system = options.kernel.process(options.name);
    this.#system.onRetract = (id) => this.#send({ type: "retracted", id });
    if (options.startChild) this.#children = new Children(options.startChild);
    this.#exit.promise.catch(() => {});
    this.#ready.promise.catch(() => {});
  }

  /**
   * Loads the interpreter.
   *
   * @throws {Error} If it cannot be loaded.
   */
  async boot() {
    const { indexURL, snapshots } = this.#options;
    const makeWorker = this.#options.makeWorker ?? makeWebWorker;
    // The worker begins to load meanwhile.
    const worker = makeWorker();
    this.#worker = worker;
    worker.onmessage = ({ data }) => this.#receive(data);
    worker.onerror = ({ message }) => this.#fail(message || "the worker could not be loaded");
    const interrupts = sharedBytes();
    if (interrupts) this.#interrupts = new Uint8Array(interrupts);
    const [python, interpreter, snapshot] = await Promise.all([
      (this.#options.pythonFiles ?? fetchPythonFiles)(),
      this.#options.interpreter?.(),
      snapshots?.find(),
    ]);
    if (this.#over) return;
    worker.postMessage(
      {
        type: "boot",
        indexURL,
        python,
        folder: FOLDER,
        interpreter,
        snapshot,
        makeSnapshot: snapshots !== undefined && snapshot === undefined,
        interrupts,
      },
      [],
    );
    await this.#ready.promise;
  }

  /**
   * Runs a program as the command `python` does.
   *
   * @param {Run} program
   * @returns {Promise<number>} Its exit status.
   */
  run(program) {
    if (this.#started) throw new Error(`${this.#options.name} runs already: make another process`);
    this.#started = true;
    this.#send({ type: "run", ...program });
    return this.#exit.promise;
  }

  /**
   * Begins a session: one namespace, in which sources are executed one after another.
   *
   * @param {import("./shared_folder.js").Files} [files]
   */
  session(files = {}) {
    if (this.#started) throw new Error(`${this.#options.name} runs already: make another process`);
    this.#started = true;
    this.#send({ type: "files", files });
    return {
      /**
       * @param {string} source Whole statements, without prompts.
       * @param {"single" | "exec"} [mode] "single" displays values as a prompt does.
       * @returns {Promise<Executed>}
       */
      execute: (source, mode = "single") => {
        if (this.#over) return Promise.reject(new Error("the session is over"));
        if (this.#executing) return Promise.reject(new Error("a piece is being executed already"));
        this.#executing = Promise.withResolvers();
        this.#send({ type: "execute", source, mode });
        return this.#executing.promise;
      },
    };
  }

  /** @param {string | null} line Without its newline; null is the end of the file, Ctrl-D. */
  type(line) {
    this.#send({ type: "line", line: line === null ? null : `${line}\n` });
  }

  /**
   * Lets it find in its folder what others have made of theirs.
   *
   * @param {import("./shared_folder.js").Files} files
   */
  put(files) {
    if (this.#started) this.#send({ type: "files", files });
  }

  /** Ends its input, as at the end of a file: whoever reads finds the end again and again. */
  endInput() {
    this.#send({ type: "end input" });
  }

  /** @param {number} more How many bytes of memory it may have more than now. */
  limitMemory(more) {
    this.#send({ type: "limit memory", more });
  }

  /**
   * Where the threads are of a program that was started with -X faulthandler, as that writes it.
   *
   * @param {number} milliseconds How long to wait for an answer; one that computes told it before.
   * @returns {Promise<string>}
   */
  places(milliseconds) {
    return new Promise((resolve) => {
      const give = () => {
        clearTimeout(timer);
        resolve(this.#lastPlaces);
      };
      const timer = setTimeout(give, milliseconds);
      this.#takePlaces = give;
      this.#send({ type: "places" });
    });
  }

  /** Presses Ctrl-C. */
  interrupt() {
    if (this.#over) return;
    this.#send({ type: "interrupt" });
    if (!this.#interrupts) return;
    const bytes = this.#interrupts;
    clearTimeout(this.#interruptTimer);
    this.#interruptTimer = setTimeout(() => {
      bytes[1] = 1;
      bytes[0] = 2; // SIGINT
    }, PATIENCE_MILLISECONDS);
  }

  /** Ends the process at once, whatever it does. */
  kill() {
    this.#end(KILLED);
  }

  /** @param {object} message */
  #send(message) {
    if (!this.#over) this.#worker?.postMessage(message, []);
  }

  /** @param {any} message */
  #receive(message) {
    if (this.#over) return;
    switch (message.type) {
      case "ready":
        return this.#ready.resolve();
      case "output":
        return this.#options.onOutput?.(message.stream, message.text);
      case "files":
        return this.#options.onFiles?.(message.files);
      case "call":
        return this.#answer(message);
      case "sent":
        return void this.#system.sendPromised(message.operation, message.id, message.bytes);
      case "interrupt calls":
        return this.#system.interrupt();
      case "prompt":
        return this.#options.onPrompt?.();
      case "interrupted":
        return clearTimeout(this.#interruptTimer);
      case "snapshot":
        return this.#options.snapshots?.keep(message.snapshot);
      case "executed": {
        const executing = this.#executing;
        this.#executing = undefined;
        return executing?.resolve({ output: message.output, failed: message.failed });
      }
      case "told":
        return this.#options.onTold?.(message.text);
      case "places":
        this.#lastPlaces = message.text;
        return this.#takePlaces();
      case "exit":
        return this.#end(message.status);
      case "failed":
        return this.#fail(message.reason);
    }
  }

  /** @param {string} reason */
  #fail(reason) {
    const error = new Error(`Python in the page broke down: ${reason}`);
    this.#ready.reject(error);
    this.#executing?.reject(error);
    this.#exit.reject(error);
    this.#close();
  }

  /** @param {number} status */
  #end(status) {
    if (this.#over) return;
    this.#close();
    const stopped = new Error(`${this.#options.name} has ended with status ${status}`);
    this.#ready.reject(stopped);
    this.#executing?.reject(stopped);
    this.#exit.resolve(status);
    this.#options.onExit?.(status);
  }

  #close() {
    this.#over = true;
    clearTimeout(this.#interruptTimer);
    this.#children?.killAll();
    this.#worker?.terminate();
    this.#system.destroy();
  }

  /**
   * Answers a system call of the worker's.
   *
   * @param {{ id: number, operation: string, args: unknown[] }} call
   */
  #answer({ id, operation, args }) {
    const answer = (/** @type {any} */ { value, error }) => {
      const promise = error === undefined ? this.#system.promiseAfter(operation, args, value) : null;
      // Copied and not handed over: the kernel may keep the bytes, for a peek or an event.
      this.#send({ type: "answer", id, value, error, promise });
    };
    const result =
      this.#children && Children.has(operation)
        ? this.#children.call(operation, args)
        : this.#system.call(operation, args);
    if (result instanceof Promise) result.then(answer, () => answer({ error: "EIO" }));
    else answer(result);
  }
}

/** Memory that both sides see, where that is allowed. */
function sharedBytes() {
  const isolated = /** @type {any} */ (globalThis).crossOriginIsolated ?? "process" in globalThis;
  return isolated && typeof SharedArrayBuffer === "function" ? new SharedArrayBuffer(2) : undefined;
}

/** @returns {WorkerLike} */
function makeWebWorker() {
  const worker = new Worker(new URL("worker.js", import.meta.url), { type: "module" });
  return /** @type {WorkerLike} */ (/** @type {unknown} */ (worker));
}
