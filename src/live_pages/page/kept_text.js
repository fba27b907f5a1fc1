// @ts-check

/** A text that the browser keeps for this page, where it keeps anything at all. */
export class KeptText {
  #name;
  #store;

  /**
   * @param {string} name
   * @param {() => Pick<Storage, "getItem" | "setItem" | "removeItem">} [store] Where; it may be
   *   forbidden or full, and then nothing is kept.
   */
  constructor(name, store = () => localStorage) {
    this.#name = name;
    this.#store = store;
  }

  /** The text; null if none is kept. */
  get text() {
    return this.#try((store) => store.getItem(this.#name)) ?? null;
  }

  /** @param {string} text */
  keep(text) {
    this.#try((store) => store.setItem(this.#name, text));
  }

  forget() {
    this.#try((store) => store.removeItem(this.#name));
  }

  /**
   * @template T
   * @param {(store: Pick<Storage, "getItem" | "setItem" | "removeItem">) => T} use
   */
  #try(use) {
    try {
      return use(this.#store());
    } catch {
      return undefined;
    }
  }
}
