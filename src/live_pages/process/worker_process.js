// @ts-check
/** One Python process inside its worker, whichever kind of worker that is. */

import { Host } from "./host.js";
import { SharedFolder } from "./shared_folder.js";
import { SignalLine } from "./signal_line.js";
import { makeSocketFile } from "./socket_file.js";

// Python's side itself, from where no program imports.
const IMPORTING =
  'import sys; sys.path.insert(1, "/lib"); import live_process.start, live_process.session; ' +
  'sys.path.remove("/lib")';

const PACKAGE = "/lib/live_process";

/**
 * @typedef {object} BootMessage
 * @property {string} indexURL Where Pyodide is, with a slash at its end.
 * @property {import("./python_files.js").PythonFiles} python Python's side.
 * @property {string} folder Where programs run.
 * @property {WebAssembly.Module} [interpreter] Compiled, so that it need not be loaded.
 * @property {Blob} [snapshot] A memory image to start from.
 * @property {boolean} makeSnapshot Whether to make one.
 * @property {SharedArrayBuffer} [interrupts]
 */

/** Serves the page that owns this worker. */
export class WorkerProcess {
  #post;
  /** @type {any} */
  #pyodide;
  /** @type {Host | undefined} */
  #host;
  /** @type {any} */
  #session;
  /** @type {Uint8Array | undefined} The first byte is Pyodide's, the second says it was used. */
  #interrupts;
  #folder = "/";
  /** @type {SharedFolder | undefined} */
  #shared;
  /** @type {string[] | undefined} What the session's present piece has printed. */
  #captured;

  /** @param {(message: object, transfer?: Transferable[]) => void} post */
  constructor(post) {
    this.#post = post;
  }

  /**
   * @param {any} message From the program's side.
   * @param {Transferable[]} [transfer]
   */
  #tell(message, transfer) {
    if (message.type === "ask with") return this.#askWith(message.signal);
    if (message.type === "exit") this.#tellOfFiles({ isOver: true });
    this.#post(message, transfer);
  }

  /** @param {number} signal */
  #askWith(signal) {
    if (this.#host === undefined) return;
    this.#pyodide.setInterruptBuffer(new SignalLine(this.#interrupts, this.#host, signal));
  }

  /** @param {any} message */
  async receive(message) {
    try {
      switch (message.type) {
        case "answer":
          return this.#host?.answer(message);
        case "retracted":
          return this.#host?.retract(message.id);
        case "boot":
          return await this.#boot(message);
        case "run":
          return await this.#run(message);
        case "files":
          return this.#shared?.put(message.files);
        case "execute":
          return await this.#execute(message.source, message.mode);
        case "line":
          return this.#host?.type(message.line);
        case "end input":
          return this.#host?.endInput();
        case "limit memory":
          return this.#host?.limitMemory(message.more, () => this.#pyodide._module.HEAP8.length);
        case "places":
          return this.#tellPlaces();
        case "interrupt":
          return this.#interrupt();
      }
    } catch (error) {
      this.#post({ type: "failed", reason: String(error) });
    }
  }

  /** @param {BootMessage} message */
  async #boot(message) {
    if (message.interpreter) giveInterpreter(message.interpreter, `${message.indexURL}pyodide.asm.wasm`);
    const { loadPyodide } = await import(/* @vite-ignore */ `${message.indexURL}pyodide.mjs`);
    const snapshot = await message.snapshot?.arrayBuffer();
    const options = snapshot
      ? { _loadSnapshot: snapshot }
      : message.makeSnapshot
        ? { _makeSnapshot: true }
        : {};
    const pyodide = await loadPyodide({ indexURL: indexPath(message.indexURL), ...options });
    this.#pyodide = pyodide;
    // It has been copied, and would be held as long as the program runs.
    if (snapshot) free(snapshot);
    writeFiles(pyodide.FS, message.python);
    if (message.makeSnapshot) {
      pyodide.runPython(IMPORTING);
      const image = pyodide.makeMemorySnapshot();
      this.#post({ type: "snapshot", snapshot: new Blob([image]) });
      free(image.buffer);
    }
    this.#connectOutput();
    this.#goTo(message.folder);
    if (message.snapshot === undefined) pyodide.runPython(IMPORTING);
    const { FS } = pyodide;
    this.#host = new Host((told, transfer) => this.#tell(told, transfer), {
      makeSocketFile: (path) => makeSocketFile(FS, path),
      share: (folder) => new SharedFolder(FS, folder),
      beforeWaiting: () => this.#tellOfFiles(),
    });
    const start = pyodide.pyimport("live_process.start");
    await start.start.callPromising(this.#host, message.folder);
    if (message.interrupts) {
      this.#interrupts = new Uint8Array(message.interrupts);
      pyodide.setInterruptBuffer(this.#interrupts);
    }
    this.#post({ type: "ready" });
  }

  #connectOutput() {
    for (const stream of /** @type {const} */ (["stdout", "stderr"])) {
      const decoder = new TextDecoder();
      const write = (/** @type {Uint8Array} */ bytes) => {
        const text = decoder.decode(bytes, { stream: true });
        this.#captured?.push(text);
        this.#post({ type: "output", stream, text });
        return bytes.length;
      };
      const set = stream === "stdout" ? this.#pyodide.setStdout : this.#pyodide.setStderr;
      set.call(this.#pyodide, { write, isatty: true });
    }
  }

  /** @param {string} folder Where programs run from now on. */
  #goTo(folder) {
    this.#pyodide.FS.mkdirTree(folder);
    this.#folder = folder;
    this.#shared = new SharedFolder(this.#pyodide.FS, folder);
  }

  /** Lets the others know of files that the program has made, changed or removed. */
  #tellOfFiles({ isOver = false } = {}) {
    const files = this.#shared?.changes({ isOver });
    if (files) this.#post({ type: "files", files });
  }

  /** @param {import("./python_process.js").Run} run */
  async #run({ argv, files = {}, folder = this.#folder }) {
    if (folder !== this.#folder) this.#goTo(folder);
    this.#shared?.put(files);
    this.#forgetSignal();
    const program = this.#pyodide.pyimport("live_process.program");
    const words = this.#pyodide.toPy(argv);
    const status = await program.run.callPromising(words, this.#folder);
    this.#tell({ type: "exit", status });
  }

  /**
   * @param {string} source
   * @param {"single" | "exec"} mode
   */
  async #execute(source, mode) {
    this.#forgetSignal();
    this.#captured = [];
    try {
      if (this.#session === undefined) {
        const module = this.#pyodide.pyimport("live_process.session");
        this.#session = await module.Session.callPromising(this.#folder);
      }
      const failed = await this.#session.execute.callPromising(source, mode);
      this.#tellOfFiles();
      this.#post({ type: "executed", output: this.#captured.join(""), failed });
    } catch (error) {
      if (!(error instanceof Error && "type" in error && error.type === "SystemExit")) throw error;
      this.#post({ type: "executed", output: this.#captured.join(""), failed: true });
    } finally {
      this.#captured = undefined;
    }
  }

  /** What was pressed before was not meant for what begins now. */
  #forgetSignal() {
    this.#pyodide.pyimport("live_process.waiting").forget_signal();
  }

  #tellPlaces() {
    this.#host?.noteActivity();
    const text = this.#pyodide.pyimport("live_process.places").written();
    this.#post({ type: "places", text });
  }

  #interrupt() {
    this.#post({ type: "interrupted" });
    const bytes = this.#interrupts;
    if (bytes?.[1]) {
      bytes[1] = 0;
      if (bytes[0] === 0) return; // Pyodide has taken it
      bytes[0] = 0;
    }
    this.#host?.interruptMain();
  }
}

/**
 * @param {any} FS
 * @param {import("./python_files.js").PythonFiles} files
 */
function writeFiles(FS, files) {
  FS.mkdirTree(`${PACKAGE}/__pycache__`);
  for (const [name, content] of Object.entries(files)) {
    const isText = !name.endsWith(".pyc");
    FS.writeFile(`${PACKAGE}/${name}`, isText ? content : Uint8Array.from(atob(content), codeOf));
  }
}

/** @param {string} character */
function codeOf(character) {
  return character.charCodeAt(0);
}

/**
 * Gives memory back at once, which would wait for the next collection of garbage: the memory goes
 * with a message that nobody gets.
 *
 * @param {ArrayBufferLike} buffer
 */
function free(buffer) {
  const { port1, port2 } = new MessageChannel();
  port2.close();
  port1.postMessage(null, [/** @type {ArrayBuffer} */ (buffer)]);
  port1.close();
}

/**
 * Lets Pyodide find its code compiled, where it would fetch and compile it.
 *
 * @param {WebAssembly.Module} module
 * @param {string} address Where Pyodide looks for it.
 */
function giveInterpreter(module, address) {
  const { fetch } = globalThis;
  globalThis.fetch = async (source, options) =>
    String(source) === address ? new Response() : fetch(source, options);
  WebAssembly.instantiateStreaming = async (_response, imports) => ({
    module,
    instance: await WebAssembly.instantiate(module, imports),
  });
}

/**
 * What Pyodide wants for indexURL: in Node a path, in a browser the address.
 *
 * @param {string} url
 */
function indexPath(url) {
  return url.startsWith("file://") ? decodeURIComponent(new URL(url).pathname) : url;
}
