// @ts-check
/** Several terminals and who does what in them when: by hand, or as a page's transcript has it. */

import { OutputPattern, isEllipsis } from "./output_pattern.js";

/**
 * @typedef {import("./played_page.js").PlayedFence} PlayedFence
 * @typedef {import("./played_page.js").Stage} Stage
 * @typedef {import("./played_page.js").Step} Step
 * @typedef {import("../network/network.js").NetworkEvent} NetworkEvent
 * @typedef {import("./terminal.js").Terminal} Terminal
 *
 * @typedef {{ terminal: string, shown: string, printed: string }} Difference
 */

// A program that has done nothing visible for so long waits for another one.
const REST_MILLISECONDS = 1500;
// A key is pressed as a person would: after looking at what is there.
const LOOK_MILLISECONDS = 250;
const PATIENCE_MILLISECONDS = 15_000;
const FOR_EVER = 2 ** 31 - 1;
const ENTER = "⏎";

/** The terminals of a page, and how they are played. */
export class Scene {
  #open;
  #patience;
  #isOver = false;
  /** Where it is shown now. @type {Stage | null} */
  stage = null;
  /** @type {Map<string, Terminal>} */
  terminals = new Map();
  /** @type {Set<Terminal>} Those of which the page does not show what comes next. */
  #elided = new Set();

  /**
   * @param {(name: string) => Terminal} open Makes the terminal of a name.
   * @param {number} [patience] Milliseconds after which what has not come is missed.
   */
  constructor(open, patience = PATIENCE_MILLISECONDS) {
    this.#open = open;
    this.#patience = patience;
  }

  /** @param {string} name */
  terminal(name) {
    const terminal = this.terminals.get(name) ?? this.#open(name);
    this.terminals.set(name, terminal);
    return terminal;
  }

  /** Ends all programs. */
  end() {
    this.#isOver = true;
    for (const terminal of this.terminals.values()) terminal.kill();
  }

  /** Whether it was ended from outside. */
  get isOver() {
    return this.#isOver;
  }

  get isRunning() {
    return this.running.length > 0;
  }

  /** Names of the terminals in which a program runs. */
  get running() {
    return [...this.terminals.values()].filter(({ isRunning }) => isRunning).map(({ name }) => name);
  }

  /**
   * Takes note of what happens on the network.
   *
   * @param {NetworkEvent} event
   */
  onEvent(event) {
    if (this.#isOver) return; // of programs that are just being ended
    const isPort = event.operation === "bind" && event.type === "udp";
    if (!event.error && event.process && (isPort || event.operation === "listen")) {
      this.terminals.get(event.process)?.becomeReady();
    }
    if (event.process === null || this.terminals.has(event.process)) this.stage?.onEvent(event);
  }

  /**
   * @param {readonly PlayedFence[]} fences
   * @param {Stage} stage
   */
  #enter(fences, stage) {
    this.stage = stage;
    stage.enter(fences, this);
    for (const { terminal } of fences) this.terminal(terminal).moveTo(stage.screen(terminal));
  }

  /**
   * Starts the programs in the page's order, each when those before it are ready for it; the reader
   * types. Comes back when the last has been started.
   *
   * @param {readonly PlayedFence[]} fences
   * @param {Stage} stage
   */
  async runByHand(fences, stage) {
    this.#enter(fences, stage);
    for (const { terminal: name, steps } of fences) {
      const terminal = this.terminal(name);
      for (const { kind, text, argv } of steps) {
        if (kind !== "command") continue;
        await terminal.until(() => !terminal.isRunning || this.#isOver, FOR_EVER);
        for (const other of this.terminals.values()) {
          if (other !== terminal) await this.#untilReady(other);
        }
        if (this.#isOver) return;
        await terminal.start(text, argv ?? []);
      }
    }
  }

  /** @param {Terminal} terminal */
  async #untilReady(terminal) {
    const isReady = () => !terminal.isRunning || terminal.isReady || terminal.waitsForInput;
    while (!this.#isOver && !isReady()) {
      const quiet = performance.now() - terminal.lastChange;
      if (quiet >= REST_MILLISECONDS) return;
      await terminal.until(isReady, REST_MILLISECONDS - quiet);
    }
  }

  /**
   * Does what the page shows, in its order.
   *
   * @param {readonly PlayedFence[]} fences
   * @param {Stage} stage
   * @returns {Promise<Difference | null>} The first difference, at which it stops.
   */
  async play(fences, stage) {
    this.#enter(fences, stage);
    for (const { terminal: name, steps } of fences) {
      const terminal = this.terminal(name);
      let position = 0;
      for (let step = steps[0]; step && !this.#isOver; step = steps[position]) {
        if (step.kind === "output") {
          const lines = outputsFrom(steps, position);
          const done = await this.#expect(terminal, lines);
          if (typeof done !== "number") return this.#isOver ? null : done;
          position += done;
          continue;
        }
        if (step.kind === "command") {
          const ended = await terminal.until(() => !terminal.isRunning, this.#patience);
          if (!ended || this.#printedMore(terminal)) return differenceAt(terminal, step.text);
          this.#elided.delete(terminal);
          await terminal.start(step.text, step.argv ?? []);
        } else {
          await this.#untilLooked(terminal);
          if (this.#printedMore(terminal)) return differenceAt(terminal, step.text);
          if (!terminal.isRunning) return differenceAt(terminal, step.text);
          this.#elided.delete(terminal);
          if (step.kind === "key") terminal.press(step.text);
          else terminal.type(step.text);
        }
        position += 1;
      }
    }
    for (const terminal of this.terminals.values()) {
      await this.#untilLooked(terminal);
      // What goes on may be shown further down the page.
      if (!terminal.isRunning && this.#printedMore(terminal)) return differenceAt(terminal, "");
    }
    return null;
  }

  /**
   * Whether there is output that the page does not have.
   *
   * @param {Terminal} terminal
   */
  #printedMore(terminal) {
    return !this.#elided.has(terminal) && terminal.unread !== "" && !this.#isOver;
  }

  /** @param {Terminal} terminal */
  async #untilLooked(terminal) {
    while (terminal.isRunning && !terminal.waitsForInput && !this.#isOver) {
      const quiet = performance.now() - terminal.lastChange;
      if (quiet >= LOOK_MILLISECONDS) return;
      await terminal.until(() => !terminal.isRunning, LOOK_MILLISECONDS - quiet);
    }
  }

  /**
   * Waits for lines, or for a prompt among them, and then answers that.
   *
   * @param {Terminal} terminal
   * @param {string[]} expected
   * @returns {Promise<number | Difference>} How many of the lines are done.
   */
  async #expect(terminal, expected) {
    const elidedAfter = isEllipsis(expected.at(-1) ?? "");
    const elidedBefore = this.#elided.has(terminal);
    const lines = elidedAfter ? expected.slice(0, -1) : expected;
    const pattern = new OutputPattern(elidedBefore ? ["...", ...lines] : lines);
    const isDecided = () => {
      const isAsked = terminal.waitsForInput && promptAtEnd(terminal, pattern.lines) !== null;
      return pattern.endOfMatch(terminal.unread) !== null || isAsked || !terminal.isRunning;
    };
    await terminal.until(() => isDecided() || this.#isOver, this.#patience);
    const end = pattern.endOfMatch(terminal.unread);
    if (end !== null) {
      terminal.unread = terminal.unread.slice(end);
      if (elidedAfter) this.#elided.add(terminal);
      else this.#elided.delete(terminal);
      return expected.length;
    }
    const found = promptAtEnd(terminal, pattern.lines);
    if (found === null || !terminal.waitsForInput) {
      const index = Math.min(pattern.firstDifference(terminal.unread), pattern.lines.length - 1);
      return differenceAt(terminal, pattern.lines[index] ?? "");
    }
    this.#elided.delete(terminal);
    const { answer } = found;
    await new Promise((resolve) => setTimeout(resolve, LOOK_MILLISECONDS));
    if (answer === "^C" || answer === "^D") terminal.press(answer);
    else terminal.type(answer === ENTER ? "" : answer);
    return found.count + 1 - (elidedBefore ? 1 : 0);
  }
}

/**
 * What the page has at a prompt that a program shows now; null if the page has no such prompt.
 *
 * @param {string} prompt
 * @param {readonly PlayedFence[]} fences
 * @param {string} terminal
 * @param {number} skip How many answers at such prompts were given already.
 */
export function shownAnswer(prompt, fences, terminal, skip) {
  const steps = fences.filter((fence) => fence.terminal === terminal).flatMap((each) => each.steps);
  const answers = steps
    .filter(({ kind, text }) => kind === "output" && text.startsWith(prompt) && text !== prompt)
    .map(({ text }) => text.slice(prompt.length));
  return prompt === "" ? null : (answers[skip] ?? null);
}

/**
 * @param {readonly Step[]} steps
 * @param {number} position
 */
function outputsFrom(steps, position) {
  const lines = [];
  for (const { kind, text } of steps.slice(position)) {
    if (kind !== "output") break;
    lines.push(text);
  }
  return lines;
}

/**
 * The number of lines before a prompt at which the output stops, and what the page has there.
 *
 * @param {Terminal} terminal
 * @param {readonly string[]} lines
 */
function promptAtEnd(terminal, lines) {
  const tail = terminal.lastLine;
  const before = terminal.unread.slice(0, terminal.unread.length - tail.length);
  if (!tail.endsWith(" ")) return null;
  for (const [count, line] of lines.entries()) {
    const isPrompt = line.startsWith(tail) && line.length > tail.length;
    if (isPrompt && new OutputPattern(lines.slice(0, count)).matchesWhole(before)) {
      return { count, answer: line.slice(tail.length) };
    }
  }
  return null;
}

/**
 * @param {Terminal} terminal
 * @param {string} shown
 * @returns {Difference}
 */
function differenceAt(terminal, shown) {
  return { terminal: terminal.name, shown, printed: terminal.unread };
}
