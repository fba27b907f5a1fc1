// @ts-check
/** Switches for the troubles of a network, where a page's front matter asks for them. */

import { element } from "./elements.js";

/** @typedef {Partial<import("../network/weather.js").Weather>} Weather */

const SWITCHES = {
  delay: { label: "half a second of delay", values: { delay: 0.5 } },
  jitter: { label: "up to a second of jitter", values: { jitter: 1 } },
  loss: { label: "30 % loss", values: { loss: 0.3 } },
  duplication: { label: "30 % sent twice", values: { duplication: 0.3 } },
  reordering: { label: "30 % out of order", values: { reordering: 0.3 } },
  oneByteAtATime: { label: "one byte at a time", values: { oneByteAtATime: true } },
};

// Of the first two datagrams to a server, the answer to one is lost and the other one itself.
const SEED = 3;

/** @typedef {keyof typeof SWITCHES} Name */

/** The switches of a group of terminals. */
export class WeatherSwitches {
  /** @type {Set<Name>} */
  #on = new Set();
  /** @type {(values: Weather) => void} */
  onChange = () => undefined;

  /** @param {readonly string[]} names Those to show, which the build has checked. */
  constructor(names) {
    this.element = element(
      "fieldset",
      { class: "live-weather" },
      element("legend", { text: "Network" }),
      ...names.map((name) => this.#switch(/** @type {Name} */ (name))),
    );
  }

  /** What the switches ask for. @returns {Weather} */
  get values() {
    return Object.assign({ seed: SEED }, ...[...this.#on].map((name) => SWITCHES[name].values));
  }

  /** @param {Name} name */
  #switch(name) {
    const box = element("input", { type: "checkbox", "data-live-weather": name });
    box.addEventListener("change", () => {
      if (box.checked) this.#on.add(name);
      else this.#on.delete(name);
      this.onChange(this.values);
    });
    return element("label", {}, box, ` ${SWITCHES[name].label}`);
  }
}
