// @ts-check

/** Where Python can wait without blocking the page; told to those whose browser cannot. */
export const NEEDS =
  "The examples of this page can run right here, in Chrome or Edge from version 137 on, Firefox " +
  "from 153 and Safari from 27. Your browser shows what they printed when the page was made.";

export const FROM_FILE =
  "This page was opened from a file, and from there a browser starts no Python. To run the " +
  "examples, serve the folder of the site with “python -m http.server --bind 127.0.0.1” and open " +
  "http://127.0.0.1:8000/.";

/**
 * Why nothing on the page can run, in words for the reader; empty if it can.
 *
 * @param {{ protocol: string, webAssembly: object | undefined }} browser
 */
export function whyNot({ protocol, webAssembly }) {
  if (protocol === "file:") return FROM_FILE;
  const suspends = webAssembly && "Suspending" in webAssembly && "promising" in webAssembly;
  return suspends ? "" : NEEDS;
}
