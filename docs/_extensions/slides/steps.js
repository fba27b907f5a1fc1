// @ts-check
/** In which order what is on a slide appears: first what is typed, then what it prints. */

/**
 * @typedef {"shown" | "input" | "output"} Kind `shown`: prose, a picture, a listing.
 * @typedef {{ kind: Kind, block: number }} Chunk `block` tells which one of the slide it is in.
 */

/**
 * At which press each chunk appears; 0 is with the slide. An output waits for a press, what is
 * typed next appears with it, and what stands below the block waits for one more press, so that
 * there is time to speak about the output.
 *
 * @param {readonly Chunk[]} chunks In the order in which they are to appear.
 * @returns {number[]} For each chunk its step.
 */
export function steps(chunks) {
  let step = 0;
  /** @type {Chunk | undefined} */
  let before;
  return chunks.map((chunk) => {
    const isBehindOutput = before?.kind === "output" && before.block !== chunk.block;
    if (chunk.kind === "output" || isBehindOutput) step += 1;
    before = chunk;
    return step;
  });
}

/**
 * Which lines belong together: neighbours of one kind.
 *
 * @template Line
 * @param {readonly Line[]} lines
 * @param {(line: Line) => string} keyOf
 * @returns {Line[][]}
 */
export function runs(lines, keyOf) {
  /** @type {Line[][]} */
  const found = [];
  let key = "";
  for (const line of lines) {
    const next = keyOf(line);
    const open = found.at(-1);
    if (open && next === key) open.push(line);
    else found.push([line]);
    key = next;
  }
  return found;
}
