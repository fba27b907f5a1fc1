// @ts-check
/** Where one is among the slides, as the fragment of the address says it. */

/**
 * @typedef {{ anchor: string, index: number, part: number }} Position Of what a slide begins with:
 *   the section or exercise that it is in, its number there, and which part of it comes first.
 */

const POSITION = /^(?<anchor>.*?)(?:\/(?<index>\d+)(?:\.(?<part>\d+))?)?$/su;

/**
 * @param {string} fragment Without the `#`, decoded.
 * @returns {Position}
 */
export function readPosition(fragment) {
  const { anchor = "", index = "0", part = "0" } = POSITION.exec(fragment)?.groups ?? {};
  return { anchor, index: Number(index), part: Number(part) };
}

/**
 * The slide that shows a position: on another screen the page may be cut elsewhere, so it is the
 * last one of the section that begins no later.
 *
 * @param {readonly string[]} positions Where each slide begins.
 * @param {string} wanted
 * @returns {number} Its index, or -1 if no slide has the anchor.
 */
export function slideAt(positions, wanted) {
  const { anchor, index, part } = readPosition(wanted);
  return positions.findLastIndex((text) => {
    const one = readPosition(text);
    if (one.anchor !== anchor) return false;
    return one.index < index || (one.index === index && one.part <= part);
  });
}
