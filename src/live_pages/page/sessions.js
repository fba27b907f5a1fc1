// @ts-check
/** The one namespace of a page's sessions and pieces of code. */

import { OutputPattern, shownLines } from "./output_pattern.js";

/**
 * @typedef {import("./played_page.js").PlayedPage} PlayedPage
 * @typedef {import("./played_page.js").Block} Block
 * @typedef {import("./played_page.js").Piece} Piece
 *
 * @typedef {object} Outcome What became of one piece.
 * @property {string} source
 * @property {string} output
 * @property {string | null} shown What the page shows; null where the reader has changed the code.
 * @property {boolean} same
 *
 * @typedef {object} SessionProgress
 * @property {(text: string) => void} onStatus
 * @property {(outcome: Outcome) => void} onOutcome
 * @property {(text: string) => void} onOutput
 * @property {() => void} onPrompt
 */

/** Runs blocks of Python in one interpreter, which lives until it is killed. */
export class Sessions {
  #page;
  /** @type {Awaited<ReturnType<PlayedPage["startPython"]>> | null} */
  #process = null;
  /** @type {{ execute(source: string, mode?: "single" | "exec"): Promise<{ output: string, failed: boolean }> } | null} */
  #session = null;
  /** What was begun in this interpreter. @type {Set<Block>} */
  begun = new Set();
  /** @type {Map<string, string>} */
  #edited = new Map();
  /** @type {SessionProgress | null} */
  #progress = null;
  #generation = 0;

  /** @param {PlayedPage} page */
  constructor(page) {
    this.#page = page;
  }

  /** Whether something runs, or waits to be loaded. */
  get isBusy() {
    return this.#progress !== null;
  }

  /**
   * Runs a block.
   *
   * @param {Block} block
   * @param {SessionProgress} progress
   * @returns {Promise<boolean>} Whether it ran to its end; false if it was stopped.
   */
  async run(block, progress) {
    const generation = this.#generation;
    this.#progress = progress;
    this.begun.add(block);
    try {
      const session = await this.#open(progress, generation);
      if (session === null) return false;
      // A piece of code shows no values; what is typed at a prompt does.
      const mode = block.kind === "code" ? "exec" : "single";
      for (const piece of await this.#pieces(block)) {
        const { output } = await session.execute(piece.source, mode);
        if (generation !== this.#generation) return false;
        progress.onOutcome(outcomeOf(piece, output, this.#edited.has(block.id)));
      }
      return true;
    } finally {
      if (generation === this.#generation) this.#progress = null;
    }
  }

  /**
   * @param {SessionProgress} progress
   * @param {number} generation
   */
  async #open(progress, generation) {
    if (this.#session !== null) return this.#session;
    progress.onStatus("Loading Python …");
    const process = await this.#page.startPython("session", this.#page.kernel, {
      onOutput: (text) => this.#progress?.onOutput(text),
      onPrompt: () => this.#progress?.onPrompt(),
    });
    if (generation !== this.#generation) {
      process.kill();
      return null;
    }
    this.#process = process;
    this.#session = process.session(this.#page.disk);
    return this.#session;
  }

  /**
   * The pieces of a block, as the page or the reader has them.
   *
   * @param {Block} block
   * @returns {Promise<Piece[]>}
   */
  async #pieces(block) {
    const edited = this.#edited.get(block.id);
    if (edited === undefined) return block.pieces ?? [];
    return this.#split(edited);
  }

  /**
   * The statements of a source, as one would type them at prompts; Python itself tells where each
   * ends.
   *
   * @param {string} source
   */
  async #split(source) {
    const found = await this.#session?.execute(`${SPLIT}(${JSON.stringify(source)})\n`);
    const lines = source.split("\n");
    /** @type {Piece[]} */
    const whole = [{ source: `${source}\n`, output: "" }];
    try {
      /** @type {[number, number][]} */
      const ranges = JSON.parse(found?.output ?? "");
      return ranges.map(([first, last]) => ({
        source: `${lines.slice(first - 1, last).join("\n")}\n`,
        output: "",
      }));
    } catch {
      return whole; // which Python cannot read, and says why when it runs
    }
  }

  /**
   * Takes over what the reader has written in place of a block, or with null what the page has.
   *
   * @param {Block} block
   * @param {string | null} source
   */
  edit(block, source) {
    if (source === null) this.#edited.delete(block.id);
    else this.#edited.set(block.id, source);
  }

  /**
   * The source of a block, as the page or the reader has it.
   *
   * @param {Block} block
   */
  source(block) {
    return this.#edited.get(block.id) ?? (block.pieces ?? []).map((piece) => piece.source).join("");
  }

  /** @param {string | null} line What the reader types; null for the end of the input. */
  type(line) {
    this.#process?.type(line);
  }

  /** Presses Ctrl-C. */
  interrupt() {
    this.#process?.interrupt();
  }

  /** Ends the interpreter; the next run gets a new one. */
  kill() {
    this.#generation += 1;
    this.#process?.kill();
    this.#process = this.#session = this.#progress = null;
    this.begun.clear();
  }
}

// One expression, which leaves no name behind.
const SPLIT =
  '(lambda source: print(__import__("json").dumps([[min([node.lineno] + [decorator.lineno for ' +
  'decorator in getattr(node, "decorator_list", [])]), node.end_lineno] for node in ' +
  '__import__("ast").parse(source).body])))';

/**
 * @param {Piece} piece
 * @param {string} printed
 * @param {boolean} isEdited
 * @returns {Outcome}
 */
export function outcomeOf(piece, printed, isEdited) {
  const output = printed === "" || printed.endsWith("\n") ? printed : `${printed}\n`;
  const same = isEdited || new OutputPattern(shownLines(piece.output)).matchesWhole(output);
  return { source: piece.source, output, shown: isEdited ? null : piece.output, same };
}
