// @ts-check
/**
 * A folder in which several programs run. Each has a disk of its own; what one makes of the folder
 * is told to the others, so that they find it as on one disk.
 */

import { isSocketFile, makeSocketFile } from "./socket_file.js";

/**
 * Files by their paths below the folder, or by absolute ones; null is one that is gone, and a path
 * that ends with a slash is a folder.
 *
 * @typedef {Record<string, string | Uint8Array | null | { link: string } | { socket: true }>} Files
 */

const ACCESS_MODE = 3;

/** The folder on one program's disk. */
export class SharedFolder {
  #FS;
  #folder;
  /** What the others know of: for each path what changes when its file does. @type {Map<string, string>} */
  #known = new Map();

  /**
   * @param {any} FS Emscripten's file system.
   * @param {string} folder
   */
  constructor(FS, folder) {
    this.#FS = FS;
    this.#folder = folder;
  }

  /**
   * Puts files here that the others have.
   *
   * @param {Files} files
   */
  put(files) {
    for (const [name, content] of Object.entries(files)) this.#putOne(name, content);
    const present = this.#present();
    for (const name of Object.keys(files).flatMap(withFolders)) {
      const mark = present.get(name)?.mark;
      if (mark === undefined) this.#known.delete(name);
      else this.#known.set(name, mark);
    }
  }

  /**
   * @param {string} name
   * @param {Files[string]} content
   */
  #putOne(name, content) {
    const FS = this.#FS;
    const path = (name.startsWith("/") ? name : `${this.#folder}/${name}`).replace(/\/$/, "");
    // Without following a link.
    const isThere = FS.analyzePath(path, true).exists;
    if (name.endsWith("/")) {
      if (content !== null) FS.mkdirTree(path);
      else if (isThere) FS.rmdir(path);
      return;
    }
    const isPlain = typeof content === "string" || content instanceof Uint8Array;
    if (isThere && !(isPlain && FS.isFile(FS.lstat(path).mode))) FS.unlink(path);
    if (content === null) return;
    FS.mkdirTree(path.slice(0, path.lastIndexOf("/")));
    if (isPlain) FS.writeFile(path, content);
    else if ("link" in content) FS.symlink(content.link, path);
    else makeSocketFile(FS, path);
  }

  /**
   * What the program has changed since it was last asked.
   *
   * @param {{ isOver?: boolean }} [how] Whether it writes no more; else files that it still writes
   *   are left for later.
   * @returns {Files | undefined} Nothing if there is nothing.
   */
  changes({ isOver = false } = {}) {
    const writing = isOver ? new Set() : this.#beingWritten();
    const present = this.#present();
    /** @type {Files} */
    const changed = {};
    for (const [name, { node, mark }] of present) {
      if (this.#known.get(name) === mark || writing.has(node)) continue;
      this.#known.set(name, mark);
      changed[name] = this.#content(name, node);
    }
    const gone = [...this.#known.keys()].filter((name) => !present.has(name));
    // What is in a folder before the folder.
    for (const name of gone.sort().reverse()) {
      this.#known.delete(name);
      changed[name] = null;
    }
    return Object.keys(changed).length ? changed : undefined;
  }

  /**
   * @param {string} name
   * @param {any} node
   * @returns {Files[string]}
   */
  #content(name, node) {
    if (name.endsWith("/")) return "";
    if (isSocketFile(node.mode)) return { socket: true };
    const path = `${this.#folder}/${name}`;
    return this.#FS.isLink(node.mode) ? { link: this.#FS.readlink(path) } : this.#FS.readFile(path);
  }

  #beingWritten() {
    const streams = this.#FS.streams.filter(
      (/** @type {any} */ stream) => stream && stream.flags & ACCESS_MODE,
    );
    return new Set(streams.map((/** @type {any} */ stream) => stream.node));
  }

  /** @returns {Map<string, { node: any, mark: string }>} */
  #present() {
    const found = new Map();
    const { node } = this.#FS.lookupPath(this.#folder);
    this.#collect(node, "", found);
    return found;
  }

  /**
   * @param {any} folder
   * @param {string} prefix
   * @param {Map<string, { node: any, mark: string }>} found
   */
  #collect(folder, prefix, found) {
    for (const [name, node] of Object.entries(/** @type {Record<string, any>} */ (folder.contents))) {
      const path = `${prefix}${name}`;
      if (this.#FS.isDir(node.mode)) {
        if (name === "__pycache__") continue;
        found.set(`${path}/`, { node, mark: "" });
        this.#collect(node, `${path}/`, found);
      } else if (this.#FS.isFile(node.mode)) {
        found.set(path, { node, mark: `${node.usedBytes} ${node.mtime ?? node.timestamp}` });
      } else if (this.#FS.isLink(node.mode) || isSocketFile(node.mode)) {
        found.set(path, { node, mark: `${node.mode} ${node.link}` });
      }
    }
  }
}

/**
 * A path, and the folders that lead to it.
 *
 * @param {string} path
 */
function withFolders(path) {
  const parts = path.replace(/\/$/, "").split("/");
  return [path, ...parts.slice(1).map((_, end) => `${parts.slice(0, end + 1).join("/")}/`)];
}
