// @ts-check
/** Runs programs in Node as a page runs them in a browser. */

import { Kernel } from "../../../src/live_pages/network/kernel.js";
import { nodeMachine } from "../../../src/live_pages/process/node_host.js";
import { PythonProcess } from "../../../src/live_pages/process/python_process.js";
import { Snapshots } from "../../../src/live_pages/process/snapshots.js";

/** What Pythons run in here. */
export const MACHINE = await nodeMachine();

/** @type {Set<PythonProcess>} */
const RUNNING = new Set();

/** Ends what a failed test left. */
export function killAll() {
  for (const process of RUNNING) process.kill();
  RUNNING.clear();
}

// One image for all programs of a test file.
const SNAPSHOTS = new Snapshots("tests");

/** A network on which a server may take a port again at once. */
export function makeNetwork() {
  /** @type {Set<() => boolean>} */
  const watchers = new Set();
  /** @type {any[]} */
  const events = [];
  const kernel = new Kernel({
    timeWaitMilliseconds: 0,
    onEvent: (event) => {
      events.push(event);
      for (const watcher of [...watchers]) if (watcher()) watchers.delete(watcher);
    },
  });
  return {
    kernel,
    events,
    /** @param {(event: any) => boolean} wanted @returns {Promise<void>} */
    event: (wanted) =>
      new Promise((resolve) => {
        const look = () => {
          const seen = events.some(wanted);
          if (seen) resolve();
          return seen;
        };
        if (!look()) watchers.add(look);
      }),
  };
}

/** A program, what it printed, and means to wait for what it does. */
export class Program {
  printed = "";
  prompts = 0;
  /** @type {Set<() => void>} */
  #watchers = new Set();

  /**
   * @param {ReturnType<typeof makeNetwork>} network
   * @param {string} name
   * @param {Partial<import("../../../src/live_pages/process/python_process.js").ProcessOptions>} [options]
   */
  constructor(network, name, options = {}) {
    this.process = new PythonProcess({
      kernel: network.kernel,
      name,
      ...MACHINE,
      onOutput: (_stream, text) => {
        this.printed += text;
        this.#look();
      },
      snapshots: SNAPSHOTS,
      onPrompt: () => {
        this.prompts += 1;
        this.#look();
      },
      ...options,
      onExit: (status) => {
        RUNNING.delete(this.process);
        options.onExit?.(status);
      },
    });
    RUNNING.add(this.process);
  }

  #look() {
    for (const watcher of [...this.#watchers]) watcher();
  }

  /** @param {() => boolean} wanted @returns {Promise<void>} */
  until(wanted) {
    return new Promise((resolve) => {
      const look = () => {
        if (!wanted()) return;
        this.#watchers.delete(look);
        resolve();
      };
      this.#watchers.add(look);
      look();
    });
  }

  /** @param {string} text @returns {Promise<void>} */
  prints(text) {
    return this.until(() => this.printed.includes(text));
  }

  /** Waits until it asks for a line for the nth time. @param {number} count */
  asks(count) {
    return this.until(() => this.prompts >= count);
  }
}

/**
 * Runs one program to its end.
 *
 * @param {string} source
 * @param {{ argv?: string[], files?: Record<string, string>, typed?: (string | null)[] }} [options]
 */
export async function run(source, { argv = ["program.py"], files = {}, typed = [] } = {}) {
  const program = new Program(makeNetwork(), "program.py");
  await program.process.boot();
  for (const line of typed) program.process.type(line);
  const status = await program.process.run({ argv, files: { "program.py": source, ...files } });
  return { printed: program.printed, status };
}
