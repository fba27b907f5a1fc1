// @ts-check
/**
 * Memory images of a booted interpreter, from which the next one starts in a fraction of the time.
 *
 * They rest on a private interface of Pyodide's, so everything works without them too.
 */

const ENTRY = "/memory-image";

/** Keeps one image for this page, and for later visits where the browser can store it. */
export class Snapshots {
  #name;
  #store;
  /** Outside the page's own memory, where the browser likes. @type {Promise<Blob | undefined> | undefined} */
  #found;

  /**
   * @param {string} name Of a cache; changes with everything that the image depends on.
   * @param {Pick<CacheStorage, "open"> | undefined} [store] Where it outlives the page.
   */
  constructor(name, store = /** @type {any} */ (globalThis).caches) {
    this.#name = name;
    this.#store = store;
  }

  /** @returns {Promise<Blob | undefined>} The image, if there is one. */
  find() {
    this.#found ??= this.#load();
    return this.#found;
  }

  /** @param {Blob} image */
  keep(image) {
    this.#found = Promise.resolve(image);
    this.#store
      ?.open(this.#name)
      .then((cache) => cache.put(ENTRY, new Response(image)))
      .catch(() => {}); // a full or forbidden store only costs time at the next visit
  }

  async #load() {
    try {
      const response = await (await this.#store?.open(this.#name))?.match(ENTRY);
      return await response?.blob();
    } catch {
      return undefined;
    }
  }
}
