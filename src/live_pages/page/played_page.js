// @ts-check
/** A page whose examples run: its files, its network, and what was done there, in page order. */

import { Kernel } from "../network/kernel.js";
import { PythonProcess } from "../process/python_process.js";
import { PageOrder, isTerminals } from "./page_order.js";
import { Scene } from "./scene.js";
import { Sessions } from "./sessions.js";
import { Terminal } from "./terminal.js";

/**
 * @typedef {{ kind: "command" | "output" | "typed" | "key", text: string, argv?: string[] }} Step
 * @typedef {{ terminal: string, line: number, steps: Step[] }} PlayedFence
 * @typedef {{ source: string, output: string }} Piece
 * @typedef {object} Block
 * @property {string} id
 * @property {"session" | "code" | "listing" | "terminals"} kind
 * @property {number} line
 * @property {string} [reason]
 * @property {Piece[]} [pieces]
 * @property {string} [file]
 * @property {PlayedFence[]} [fences]
 * @property {string[]} [continues]
 * @property {string[]} [weather]
 * @typedef {object} PageData
 * @property {string} docname
 * @property {Record<string, string>} files
 * @property {Block[]} blocks
 * @property {Record<string, string>} outlines What the answers begin with, by exercise.
 *
 * @typedef {object} Machine What a Python runs in.
 * @property {string} indexURL Where Pyodide is, with a slash at its end.
 * @property {import("../process/snapshots.js").Snapshots} snapshots
 * @property {() => import("../process/python_process.js").WorkerLike} makeWorker
 * @property {() => Promise<import("../process/python_files.js").PythonFiles>} [pythonFiles]
 * @property {() => Promise<WebAssembly.Module | undefined>} [interpreter]
 * @property {number} [patience] Milliseconds that a terminal waits for what the page shows.
 *
 * @typedef {object} Watcher What a program's owner is told of.
 * @property {(text: string) => void} onOutput
 * @property {() => void} onPrompt
 *
 * @typedef {object} Stage Where a group of terminals is shown.
 * @property {() => void} begin Told before the first of its fences is entered.
 * @property {(fences: readonly PlayedFence[], scene: Scene) => void} enter Told of what comes.
 * @property {(name: string) => import("./terminal.js").Screen} screen The screen of a terminal.
 * @property {(event: import("../network/network.js").NetworkEvent) => void} onEvent
 * @property {() => Partial<import("../network/weather.js").Weather>} weather
 *
 * @typedef {import("./scene.js").Difference} Difference
 * @typedef {import("./sessions.js").Outcome} Outcome
 * @typedef {import("./sessions.js").SessionProgress} SessionProgress
 */

/** @type {import("./terminal.js").Screen} */
const DARK_SCREEN = { show: () => {}, waitForInput: () => {}, setRunning: () => {} };
/** Nobody sees what is played on it. @type {Stage} */
const DARK_STAGE = {
  begin: () => {},
  enter: () => {},
  screen: () => DARK_SCREEN,
  onEvent: () => {},
  weather: () => ({}),
};
/** @type {SessionProgress} */
const SILENT = { onStatus: () => {}, onOutcome: () => {}, onOutput: () => {}, onPrompt: () => {} };

/**
 * A page with its one network, on which its sessions and its terminals meet. Who goes down the page
 * goes on there, each block after what the page has before it. Who goes back, or has something
 * running that the page has not running there, begins with a new network.
 */
export class PlayedPage {
  #machine;
  #order;
  /** The network of the sessions, and of the terminals in the scene. @type {Kernel} */
  kernel;
  /** @type {Scene} */
  #scene;
  /** The groups of terminals that were begun in the scene. @type {Set<Block>} */
  #groups = new Set();
  /** Names of the terminals whose programs ran when the latest act was over. @type {string[]} */
  #left = [];
  /** What a reader may still look at while the sessions are on another network. @type {Scene?} */
  #leftAlone = null;
  /**
   * What programs have made of the files since the network is new.
   *
   * @type {import("../process/shared_folder.js").Files}
   */
  #made = {};
  /** @type {Set<PythonProcess>} */
  #processes = new Set();
  /** Counts what the reader asked for; who waited for something then sees that it is out of date. */
  #request = 0;
  /**
   * Where a group is shown that is played because a session needs it.
   *
   * @type {(group: Block) => Stage}
   */
  stageOf = () => DARK_STAGE;

  /**
   * @param {PageData} data
   * @param {Machine} machine
   */
  constructor(data, machine) {
    this.data = data;
    this.files = { ...data.files };
    this.#machine = machine;
    this.#order = new PageOrder(data.blocks);
    this.sessions = new Sessions(this);
    [this.kernel, this.#scene] = this.#newNetwork({});
  }

  /**
   * @param {string} id
   * @returns {Block}
   */
  block(id) {
    const found = this.data.blocks.find((block) => block.id === id);
    if (found === undefined) throw new Error(`the page has no block ${id}; load it anew`);
    return found;
  }

  /**
   * Runs a session or a piece of code, after what the page has before it.
   *
   * @param {Block} block
   * @param {SessionProgress} progress
   * @returns {Promise<boolean>} Whether it ran to its end; false if it was stopped.
   */
  async runSession(block, progress) {
    this.#request += 1;
    const request = this.#request;
    const isAgain = this.sessions.isBusy || this.#isBegun(block);
    if (isAgain) this.sessions.kill();
    const isNetworkOfUse = !isAgain || this.#scene.isRunning;
    if (!isNetworkOfUse || !(await this.#makeUpFor(block, progress, request))) {
      if (request !== this.#request) return false;
      this.#beginNetwork({}, { leavingAlone: true });
      const before = this.#order.actsBefore(block);
      if (!(await this.#performAll(before, progress, request))) return false;
    }
    progress.onStatus("Running …");
    return this.#runSession(block, progress);
  }

  /**
   * Does all that the page shows in a group of terminals, after what the page has before it.
   *
   * @param {Block} group
   * @param {Stage} stage
   * @returns {Promise<Difference | null>} The first difference, at which it stops.
   */
  async play(group, stage) {
    this.#request += 1;
    const request = this.#request;
    stage.begin();
    const before = this.#order.actsBefore(group);
    if (this.#canGoOn(group, before)) this.kernel.weather = stage.weather();
    else this.#beginNetwork(stage.weather());
    for (const act of before.filter((other) => !this.#isBegun(other))) {
      if (isTerminals(act)) {
        const difference = await this.#play(act, stage);
        if (difference !== null) return difference;
      } else {
        await this.#runSession(act, SILENT);
      }
      if (request !== this.#request) return null;
    }
    return this.#play(group, stage);
  }

  /**
   * Starts the programs of a group of terminals, after those that go on in it; the reader types.
   *
   * @param {Block} group
   * @param {Stage} stage
   */
  async runByHand(group, stage) {
    this.#request += 1;
    const request = this.#request;
    stage.begin();
    const before = this.#order.actsBefore(group).filter(isTerminals);
    if (this.#canGoOn(group, before)) this.kernel.weather = stage.weather();
    else this.#beginNetwork(stage.weather());
    for (const act of [...before.filter((other) => !this.#isBegun(other)), group]) {
      this.#groups.add(act);
      await this.#scene.runByHand(act.fences ?? [], stage);
      if (request !== this.#request) return;
      this.#left = this.#scene.running;
    }
  }

  /** Ends all that runs. */
  end() {
    this.sessions.kill();
    this.#leftAlone?.end();
    this.#scene.end();
  }

  /**
   * Does what is missing before a session, on the network as it is.
   *
   * @param {Block} block
   * @param {SessionProgress} progress
   * @param {number} request
   * @returns {Promise<boolean>} Whether the session can run now; false if another network it needs.
   */
  async #makeUpFor(block, progress, request) {
    const missing = this.#order.actsBefore(block).filter((act) => !this.#isBegun(act));
    const late = missing.filter((act) => this.#order.position(act) < this.#latestPosition);
    const inTime = missing.slice(late.length);
    const open = this.#order.openAt(block);
    // Late, it must be one that can do with the programs that run here now.
    const isTooLate = (/** @type {Block} */ act) =>
      isTerminals(act) || this.#order.openAt(act).some((group) => !open.includes(group));
    if (late.some(isTooLate) || !this.#fits(inTime[0] ?? block)) return false;
    for (const act of late) {
      progress.onStatus("Running the examples above first …");
      let isSame = true;
      const onOutcome = (/** @type {Outcome} */ { same }) => (isSame &&= same);
      const ran = await this.#runSession(act, { ...progress, onStatus: () => {}, onOutcome });
      if (!ran || !isSame || request !== this.#request) return false;
    }
    return this.#performAll(inTime, progress, request);
  }

  /**
   * @param {readonly Block[]} acts
   * @param {SessionProgress} progress
   * @param {number} request
   * @returns {Promise<boolean>} Whether all is done; false if the reader asked for something else.
   */
  async #performAll(acts, progress, request) {
    for (const act of acts) {
      progress.onStatus("Running the examples above first …");
      if (isTerminals(act)) {
        const stage = this.stageOf(act);
        stage.begin();
        await this.#play(act, stage);
      } else {
        await this.#runSession(act, { ...progress, onOutcome: () => {} });
      }
      if (request !== this.#request) return false;
    }
    return true;
  }

  /**
   * @param {Block} block
   * @param {SessionProgress} progress
   */
  async #runSession(block, progress) {
    const isWhole = await this.sessions.run(block, progress);
    this.#left = this.#scene.running;
    return isWhole;
  }

  /**
   * @param {Block} group
   * @param {Stage} stage
   */
  async #play(group, stage) {
    this.#groups.add(group);
    const difference = await this.#scene.play(group.fences ?? [], stage);
    this.#left = this.#scene.running;
    return difference;
  }

  /** @param {Block} act */
  #isBegun(act) {
    return isTerminals(act) ? this.#groups.has(act) : this.sessions.begun.has(act);
  }

  /** Of what was begun on this network, the position of what stands last on the page. */
  get #latestPosition() {
    const positions = [...this.#groups, ...this.sessions.begun].map((act) =>
      this.#order.position(act),
    );
    return Math.max(-1, ...positions);
  }

  /**
   * Whether a group of terminals can go on in the network as it is.
   *
   * @param {Block} group
   * @param {readonly Block[]} before
   */
  #canGoOn(group, before) {
    const missing = before.filter((act) => !this.#isBegun(act));
    const next = missing[0] ?? group;
    return this.#latestPosition < this.#order.position(next) && this.#fits(next);
  }

  /**
   * Whether there runs what the page has running at a block, and nothing else.
   *
   * @param {Block} block
   */
  #fits(block) {
    const open = this.#order.openAt(block);
    const { running, isOver } = this.#scene;
    const names = new Set(open.flatMap(({ fences }) => fences ?? []).map(({ terminal }) => terminal));
    return (
      !isOver &&
      open.every((group) => this.#groups.has(group)) &&
      running.every((name) => names.has(name)) &&
      this.#left.every((name) => running.includes(name))
    );
  }

  /**
   * Goes on with a new network, on which nothing is taken.
   *
   * @param {Partial<import("../network/weather.js").Weather>} weather
   * @param {{ leavingAlone?: boolean }} [how] Whether programs that run now may go on by themselves.
   */
  #beginNetwork(weather, { leavingAlone = false } = {}) {
    this.sessions.kill();
    this.#leftAlone?.end();
    this.#leftAlone = leavingAlone && this.#scene.isRunning ? this.#scene : null;
    if (this.#leftAlone === null) this.#scene.end();
    [this.kernel, this.#scene] = this.#newNetwork(weather);
    this.#groups.clear();
    this.#made = {};
    this.#left = [];
  }

  /**
   * @param {Partial<import("../network/weather.js").Weather>} weather
   * @returns {[Kernel, Scene]}
   */
  #newNetwork(weather) {
    const { patience } = this.#machine;
    const kernel = new Kernel({ weather, onEvent: (event) => scene.onEvent(event) });
    const scene = new Scene((name) => new Terminal(name, this, kernel, DARK_SCREEN), patience);
    return [kernel, scene];
  }

  /**
   * A Python of its own on a network, ready to run one program or session.
   *
   * @param {string} name
   * @param {Kernel} kernel
   * @param {Watcher} watcher
   */
  async startPython(name, kernel, watcher) {
    const process = new PythonProcess({
      kernel,
      name,
      ...this.#machine,
      onFiles: (files) => {
        Object.assign(this.#made, files);
        for (const other of this.#processes) if (other !== process) other.put(files);
      },
      onExit: () => this.#processes.delete(process),
      onOutput: (/** @type {string} */ _stream, /** @type {string} */ text) =>
        watcher.onOutput(text),
      onPrompt: () => watcher.onPrompt(),
    });
    await process.boot();
    this.#processes.add(process);
    return process;
  }

  /** The files as a program that starts now finds them. */
  get disk() {
    return { ...this.files, ...this.#made };
  }

  /**
   * The text of a file, as the page or the reader has it.
   *
   * @param {string} name
   */
  file(name) {
    return this.files[name] ?? "";
  }

  /** @param {string} name A file that is to be again what the page has. */
  resetFile(name) {
    this.files[name] = this.data.files[name] ?? "";
  }
}
