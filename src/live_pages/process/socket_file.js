// @ts-check
/** The file that a socket of the family AF_UNIX has on a disk. */

const SOCKET_MODE = 0o140755;
const KIND_BITS = 0o170000;

/** @param {number} mode */
export function isSocketFile(mode) {
  return (mode & KIND_BITS) === (SOCKET_MODE & KIND_BITS);
}

/**
 * Makes it.
 *
 * @param {any} FS Emscripten's file system.
 * @param {string} path
 */
export function makeSocketFile(FS, path) {
  const node = FS.mknod(path, SOCKET_MODE, 0);
  node.node_ops = FS.lookupPath("/dev/null").node.node_ops;
}
