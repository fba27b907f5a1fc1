// @ts-check
/** A group of terminals that runs: panes in place of the recorded ones, and the wire between. */

import { Controls } from "./controls.js";
import { element } from "./elements.js";
import { LiveWire } from "./live_wire.js";
import { shownAnswer } from "./scene.js";
import { TerminalPane } from "./terminal_pane.js";
import { WeatherSwitches } from "./weather_switches.js";

/**
 * @typedef {import("./played_page.js").Block} Block
 * @typedef {import("./played_page.js").PlayedFence} PlayedFence
 * @typedef {import("./played_page.js").PlayedPage} PlayedPage
 * @typedef {import("./played_page.js").Stage} Stage
 * @typedef {import("./scene.js").Scene} Scene
 */

/** One group. */
export class TerminalsView {
  #page;
  #block;
  #place;
  #controls;
  #recorded;
  /** @type {HTMLElement | null} */
  #recordedWire = null;
  #panes = element("div", { class: "terminals" });
  #wire = new LiveWire();
  #weather;
  /** @type {Map<string, import("./terminal.js").Screen>} */
  #screens = new Map();
  /** What is played here. @type {PlayedFence[]} */
  #fences = [];
  /** @type {Scene | null} */
  #scene = null;
  /** @type {Stage} */
  stage = {
    begin: () => this.#begin(),
    enter: (fences, scene) => this.#enter(fences, scene),
    screen: (name) => this.#screen(name),
    onEvent: (event) => this.#wire.add(event),
    weather: () => this.#weather.values,
  };

  /**
   * @param {PlayedPage} page
   * @param {Block} block
   * @param {HTMLElement} place
   */
  constructor(page, block, place) {
    this.#page = page;
    this.#block = block;
    this.#place = place;
    this.#controls = new Controls(place, {
      interrupt: () => this.#interrupt(),
      kill: () => this.#end("Stopped."),
      reset: () => this.#reset(),
    });
    this.#recorded = place.querySelector(".terminals");
    this.#weather = new WeatherSwitches(block.weather ?? []);
    this.#weather.onChange = (values) => {
      if (this.#isShown) this.#page.kernel.weather = values;
    };
    if (block.weather) this.#controls.append(this.#weather.element);
  }

  /** Starts the programs; the reader types. */
  async run() {
    await this.#page.runByHand(this.#block, this.stage);
    if (this.#isShown && this.#scene?.isRunning) this.#controls.say("Running.");
  }

  /** Does all that the page shows. */
  async play() {
    const difference = await this.#page.play(this.#block, this.stage);
    if (!this.#isShown || this.#scene?.isOver) return;
    if (difference === null) {
      this.#controls.say("It printed the same as on the page.", { aloud: true });
    } else {
      const { terminal, shown, printed } = difference;
      const instead = printed.trim() === "" ? "nothing" : `“${printed.trim().slice(-200)}”`;
      const expected = shown === "" ? "nothing more" : `“${shown}”`;
      const text = `${terminal} differs from the page, which has ${expected}; it printed ${instead}.`;
      this.#controls.say(`${text} You can go on by hand.`, { aloud: true });
    }
  }

  /** Whether its scene goes on here, and not yet further down. */
  get #isShown() {
    return this.#scene?.stage === this.stage;
  }

  #begin() {
    this.#wire.clear();
    this.#wire.lanes = [];
    this.#panes.replaceChildren();
    this.#screens.clear();
    this.#fences = [];
    this.#scene = null;
    this.#controls.say("Loading Python …", { loading: true });
    this.#controls.setRunning(true);
    this.#show(true);
  }

  /**
   * @param {readonly PlayedFence[]} fences
   * @param {Scene} scene
   */
  #enter(fences, scene) {
    this.#scene = scene;
    this.#fences.push(...fences);
    this.#wire.lanes = [...new Set(this.#fences.map(({ terminal }) => terminal))];
  }

  /**
   * The pane of a terminal, made when it is first asked for.
   *
   * @param {string} name
   */
  #screen(name) {
    const made = this.#screens.get(name) ?? this.#makeScreen(name);
    this.#screens.set(name, made);
    return made;
  }

  /**
   * @param {string} name
   * @returns {import("./terminal.js").Screen}
   */
  #makeScreen(name) {
    const terminal = this.#scene?.terminal(name);
    /** @type {Map<string, number>} */
    const asked = new Map();
    const pane = new TerminalPane(name, () => {
      const prompt = terminal?.lastLine ?? "";
      return shownAnswer(prompt, this.#fences, name, (asked.get(prompt) ?? 1) - 1);
    });
    pane.terminal = terminal;
    this.#panes.append(pane.element);
    return {
      show: (kind, text) => pane.show(kind, text),
      waitForInput: (waits) => {
        const prompt = terminal?.lastLine ?? "";
        if (waits) asked.set(prompt, (asked.get(prompt) ?? 0) + 1);
        pane.waitForInput(waits);
      },
      setRunning: (runs) => {
        pane.setRunning(runs);
        this.#onRunning();
      },
    };
  }

  #onRunning() {
    const isRunning = this.#isShown && (this.#scene?.isRunning ?? false);
    this.#controls.setRunning(isRunning);
    if (isRunning) this.#controls.say("Running.");
    else if (this.#isShown) {
      this.#wire.finish();
      this.#controls.say("All programs have ended.", { aloud: true });
    } else this.#controls.say("It goes on further down.");
  }

  #interrupt() {
    if (!this.#isShown) return;
    for (const terminal of this.#scene?.terminals.values() ?? []) terminal.press("^C");
  }

  /** @param {string} text */
  #end(text) {
    if (this.#isShown) this.#scene?.end();
    this.#controls.setRunning(false);
    this.#controls.say(text, { aloud: true });
  }

  #reset() {
    this.#end("");
    this.#scene = null;
    this.#show(false);
    this.#controls.setResettable(false);
  }

  /** @param {boolean} live Whether to show what runs, or what was recorded. */
  #show(live) {
    // Slides show a long wire in pieces of its own.
    if (live) {
      this.#wire.element.remove();
      this.#recordedWire = wireAfter(this.#place);
      this.#wire.chosen = this.#recordedWire?.dataset.programs?.split(", ") ?? [];
    }
    for (const node of [this.#recorded, this.#recordedWire]) {
      if (node instanceof HTMLElement) node.hidden = live;
    }
    if (live) {
      if (this.#recorded) this.#recorded.after(this.#panes);
      else this.#place.prepend(this.#panes);
      if (this.#recordedWire) this.#recordedWire.after(this.#wire.element);
      else this.#place.append(this.#wire.element);
    } else {
      this.#panes.remove();
      this.#wire.element.remove();
    }
  }
}

/**
 * The recorded wire of a group: the first one below it, unless another group comes before.
 *
 * @param {HTMLElement} place
 */
function wireAfter(place) {
  const all = document.querySelectorAll('figure.wire, [data-live-kind="terminals"]');
  const found = [...all];
  const next = found[found.indexOf(place) + 1];
  return next instanceof HTMLElement && next.matches("figure.wire:not(.ladder)") ? next : null;
}
