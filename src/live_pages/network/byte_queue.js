// @ts-check

/** Bytes that were received and not yet read, first in, first out. */
export class ByteQueue {
  /** @type {Uint8Array[]} */
  #chunks = [];
  #length = 0;

  /** How many bytes wait. */
  get length() {
    return this.#length;
  }

  /**
   * Adds bytes at the end. The array is kept and not copied: nobody may change it afterwards.
   *
   * @param {Uint8Array} bytes
   */
  push(bytes) {
    if (bytes.length > 0) {
      this.#chunks.push(bytes);
      this.#length += bytes.length;
    }
  }

  /**
   * Takes up to `size` bytes from the front.
   *
   * @param {number} size
   * @returns {Uint8Array} An array with a buffer of its own size, or a chunk as it was pushed.
   */
  read(size) {
    const first = this.#chunks[0];
    if (first !== undefined && first.length <= size && first.length === this.#length) {
      this.clear();
      return first;
    }
    const bytes = this.peek(size);
    this.#drop(bytes.length);
    return bytes;
  }

  /**
   * What `read` would return, and stays in the queue.
   *
   * @param {number} size
   */
  peek(size) {
    const bytes = new Uint8Array(Math.min(size, this.#length));
    let filled = 0;
    for (const chunk of this.#chunks) {
      if (filled === bytes.length) break;
      const part = chunk.subarray(0, bytes.length - filled);
      bytes.set(part, filled);
      filled += part.length;
    }
    return bytes;
  }

  clear() {
    this.#chunks = [];
    this.#length = 0;
  }

  /** @param {number} size */
  #drop(size) {
    this.#length -= size;
    let dropped = 0;
    let left = size;
    for (const chunk of this.#chunks) {
      if (chunk.length > left) break;
      left -= chunk.length;
      dropped += 1;
    }
    this.#chunks.splice(0, dropped);
    if (left > 0) this.#chunks[0] = /** @type {Uint8Array} */ (this.#chunks[0]).subarray(left);
  }
}
