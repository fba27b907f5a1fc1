// @ts-check

const ELLIPSIS = "...";

/**
 * Lines that a page shows, as a pattern for what a program prints: within a line, `...` stands for
 * any text of that line; on a line of its own, for any number of whole lines, none included.
 */
export class OutputPattern {
  #source;

  /** @param {readonly string[]} lines Without their newlines. */
  constructor(lines) {
    this.lines = lines;
    this.#source = lines.map(linePattern).join("");
  }

  /**
   * How much of the beginning of a text is exactly these lines; null if it is not.
   *
   * @param {string} text
   */
  endOfMatch(text) {
    const found = new RegExp(`^${this.#source}`).exec(text);
    return found === null ? null : found[0].length;
  }

  /** @param {string} text */
  matchesWhole(text) {
    return new RegExp(`^${this.#source}$`).test(text);
  }

  /**
   * Index of the first line that a text does not show; the number of lines if it shows all.
   *
   * @param {string} text
   */
  firstDifference(text) {
    for (let count = 1; count <= this.lines.length; count += 1) {
      if (new OutputPattern(this.lines.slice(0, count)).endOfMatch(text) === null) return count - 1;
    }
    return this.lines.length;
  }
}

/** @param {string} line */
export function isEllipsis(line) {
  return line.trim() === ELLIPSIS;
}

/**
 * The lines that a session's output is, as the page writes it.
 *
 * @param {string} shown
 */
export function shownLines(shown) {
  if (shown === "") return [];
  const lines = shown.replace(/\n$/, "").split("\n");
  return lines.map((line) => (line === "<BLANKLINE>" ? "" : line));
}

/** @param {string} line */
function linePattern(line) {
  if (isEllipsis(line)) return "(?:[^\\n]*\\n)*?";
  const parts = line.split(ELLIPSIS).map((part) => part.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&"));
  return `${parts.join("[^\\n]*?")}\\n`;
}
