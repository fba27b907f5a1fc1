// @ts-check
/** A page in a browser: what its buttons do, and where it is shown. */

import { fetchPythonFiles } from "../process/python_files.js";
import { Snapshots } from "../process/snapshots.js";
import { Checks } from "./checks.js";
import { compiledInterpreter } from "./compiled_interpreter.js";
import { ExerciseView } from "./exercise_view.js";
import { ListingView } from "./listing_view.js";
import { PlayedPage } from "./played_page.js";
import { SessionView } from "./session_view.js";
import { TerminalsView } from "./terminals_view.js";

/**
 * @typedef {import("./played_page.js").Block} Block
 * @typedef {import("./played_page.js").PageData} PageData
 *
 * @typedef {{ run(): Promise<void>, play?(): Promise<void>, edit?(): Promise<void> }} View
 */

const EXERCISE = "exercise ";

/** One page. */
export class PageRun extends PlayedPage {
  /** @type {Map<string, View>} */
  #views = new Map();
  /** @type {Map<string, ExerciseView>} */
  #exercises = new Map();
  #checks;

  /**
   * @param {PageData} data
   * @param {string} base Address of the folder of these scripts, which changes with them.
   * @param {import("./played_page.js").Machine} machine What the Pythons run in.
   */
  constructor(data, base, machine) {
    super(data, machine);
    this.#checks = new Checks(base, machine);
    /** The network of the listings that are run one by one. @type {import("../network/kernel.js").Kernel | undefined} */
    this.listingsKernel = undefined;
    this.stageOf = (/** @type {Block} */ group) => /** @type {TerminalsView} */ (this.#view(group)).stage;
  }

  /**
   * Does what a button of a block says.
   *
   * @param {string} id
   * @param {string} action "run", "play" or "edit"; of an exercise "answer".
   */
  async act(id, action) {
    if (id.startsWith(EXERCISE)) return await this.#exercise(id.slice(EXERCISE.length)).open();
    const view = this.#view(this.block(id));
    if (action === "edit") await view.edit?.();
    else if (action === "play") await view.play?.();
    else await view.run();
  }

  /**
   * The block's view, made at its first use.
   *
   * @param {Block} block
   * @returns {View}
   */
  #view(block) {
    const made = this.#views.get(block.id) ?? this.#makeView(block);
    this.#views.set(block.id, made);
    return made;
  }

  /** @param {string} name */
  #exercise(name) {
    const place = document.querySelector(`[data-live-exercise="${name}"]`);
    const outline = this.data.outlines[name];
    if (!(place instanceof HTMLElement) || outline === undefined) {
      throw new Error(`the page has no exercise ${name}; load it anew`);
    }
    const view =
      this.#exercises.get(name) ?? new ExerciseView(this.data, this.#checks, name, outline, place);
    this.#exercises.set(name, view);
    return view;
  }

  /** @param {Block} block */
  #makeView(block) {
    const place = document.querySelector(`[data-live="${block.id}"]`);
    if (!(place instanceof HTMLElement)) throw new Error(`the page does not show ${block.id}`);
    if (block.kind === "terminals") return new TerminalsView(this, block, place);
    if (block.kind === "listing") return new ListingView(this, block, place);
    return new SessionView(this, block, place);
  }
}

/**
 * Opens the page.
 *
 * @param {string} address Where its data is.
 * @param {string} base Address of the folder of these scripts.
 */
export async function openPage(address, base) {
  const indexURL = `${base}pyodide/`;
  const machine = {
    indexURL,
    snapshots: new Snapshots(base),
    makeWorker: () => /** @type {any} */ (new Worker(`${base}worker.js`, { type: "module" })),
    interpreter: () => compiledInterpreter(indexURL),
  };
  // All this is needed next; a failure is told of where it is.
  fetchPythonFiles().catch(() => {});
  void machine.interpreter();
  void machine.snapshots.find();
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`${answer.url} answers ${answer.status}`);
  return new PageRun(await answer.json(), base, machine);
}
