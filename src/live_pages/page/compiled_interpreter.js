// @ts-check
/** The interpreter's code, compiled once for all programs of a page. */

/** @type {Promise<WebAssembly.Module> | undefined} */
let compiled;

/**
 * A browser compiles each function when it is first called, and again if it is called often; what
 * one program has had compiled, the next ones find so, as long as somebody holds the whole.
 *
 * @param {string} indexURL Where Pyodide is, with a slash at its end.
 * @returns {Promise<WebAssembly.Module | undefined>} Undefined if this could not be done; then each
 *   program loads its own.
 */
export async function compiledInterpreter(indexURL) {
  compiled ??= WebAssembly.compileStreaming(fetch(`${indexURL}pyodide.asm.wasm`));
  try {
    return await compiled;
  } catch {
    compiled = undefined;
    return undefined;
  }
}
