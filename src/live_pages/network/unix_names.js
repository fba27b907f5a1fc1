// @ts-check

import { SystemError } from "./errors.js";

/** @typedef {import("./socket.js").Socket} Socket */

// What sun_path has room for; a path ends in a zero byte there.
const LONGEST_NAME = 108;

/** Names of AF_UNIX sockets: paths, which outlive the socket, and abstract names, which do not. */
export class UnixNames {
  /** @type {Map<string, Socket | null>} */
  #sockets = new Map();
  #unnamed = 0;

  /**
   * Gives a name to a socket.
   *
   * @param {string} name
   * @param {Socket} socket
   * @throws {SystemError} EADDRINUSE if it is taken, also by a path whose socket is gone.
   */
  bind(name, socket) {
    if (this.isTaken(name)) throw new SystemError("EADDRINUSE");
    this.#sockets.set(name, socket);
  }

  /** @param {string} name */
  isTaken(name) {
    return this.#sockets.has(name);
  }

  /** An abstract name that nobody has, as Linux makes for who binds the empty name. */
  unusedName() {
    let name;
    do {
      this.#unnamed += 1;
      name = `\0${this.#unnamed.toString(16).padStart(5, "0")}`;
    } while (this.isTaken(name));
    return name;
  }

  /**
   * @param {string} name
   * @returns {Socket}
   * @throws {SystemError} ENOENT if there is no such path; ECONNREFUSED if its socket is gone, and
   *   for an abstract name that nobody has.
   */
  find(name) {
    const socket = this.#sockets.get(name);
    if (socket) return socket;
    const missing = socket === undefined && !isAbstract(name);
    throw new SystemError(missing ? "ENOENT" : "ECONNREFUSED");
  }

  /**
   * Lets go of the name of a socket that is closed: a path stays, as a file does.
   *
   * @param {string} name
   */
  socketClosed(name) {
    if (isAbstract(name)) this.#sockets.delete(name);
    else if (this.#sockets.has(name)) this.#sockets.set(name, null);
  }

  /**
   * Removes a path, as `os.unlink` does. A socket that has it lives on and cannot be found.
   *
   * @param {string} path
   * @throws {SystemError} ENOENT
   */
  unlink(path) {
    if (!this.#sockets.delete(path)) throw new SystemError("ENOENT");
  }

  /** The paths that exist, bound or left over. */
  paths() {
    return [...this.#sockets.keys()].filter((name) => !isAbstract(name));
  }

  /**
   * Whether the name means this very socket.
   *
   * @param {string} name
   * @param {Socket} socket
   */
  belongsTo(name, socket) {
    return this.#sockets.get(name) === socket;
  }
}

/**
 * The name that an address of AF_UNIX stands for.
 *
 * @param {unknown} address A path or an abstract name, as text or as bytes.
 * @returns {string} Bytes of abstract names as characters of the same number.
 * @throws {SystemError} EINVAL if it is neither or too long.
 */
export function unixName(address) {
  let name = address;
  if (address instanceof Uint8Array) {
    name =
      address[0] === 0
        ? String.fromCharCode(...address)
        : new TextDecoder().decode(address);
  }
  if (typeof name !== "string") throw new SystemError("EINVAL", `not a path: ${String(address)}`);
  const size = isAbstract(name) ? name.length : new TextEncoder().encode(name).length;
  if (size > LONGEST_NAME) throw new SystemError("EINVAL", "the path is too long");
  return name;
}

/**
 * How a program sees the name: abstract ones as bytes.
 *
 * @param {string} name
 * @returns {string | Uint8Array}
 */
export function unixAddress(name) {
  return isAbstract(name) ? Uint8Array.from(name, (character) => character.charCodeAt(0)) : name;
}

/**
 * What a name means to a process in a folder: one and the same name for one and the same file.
 *
 * @param {string} folder
 * @param {string} name
 */
export function placeOf(folder, name) {
  const isRelative = name !== "" && !isAbstract(name) && !name.startsWith("/");
  return folder && isRelative ? `${folder}/${name}` : name;
}

/** @param {string} name */
function isAbstract(name) {
  return name.startsWith("\0");
}
