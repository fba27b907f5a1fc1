// @ts-check
/** Which sentences of a paragraph stand on a slide; the others are for whoever speaks. */

/**
 * @typedef {{ start: number, end: number }} Span Places in a text, the end not included.
 * @typedef {{ point: Span[], lead: Span[] }} KeySentences `point`: what belongs to what stands
 *   above; `lead`: what introduces the block below, and is on its slide.
 */

// Behind a full stop and what closes with it, before whatever a sentence may begin with.
const BOUNDARY = /(?<=[.?!]["”’')\]]*)\s+(?=[\p{Lu}\p{N}"“‘'([…])/gu;
const ABBREVIATION = /(?:\b(?:e\.g|i\.e|etc|vs|cf|No|Mr|Mrs|Dr)\.|\bp\. ?\d+)$/u;
const QUESTION = /\?["”’')\]]*$/u;
// It ends with a colon, or goes on in the list below.
const ANNOUNCEMENT = /[^.?!"”’')\]]$/u;
// A paragraph that is no longer than this is shown whole.
const SHORT = 110;

/**
 * The sentences of a text.
 *
 * @param {string} text Code in it should be masked by capital letters: it may begin a sentence with
 *   a small letter, and it may hold full stops.
 * @returns {Span[]} In order, without the spaces between them.
 */
export function sentences(text) {
  const spans = [];
  let start = text.length - text.trimStart().length;
  for (const match of text.matchAll(BOUNDARY)) {
    if (match.index <= start || ABBREVIATION.test(text.slice(start, match.index))) continue;
    spans.push({ start, end: match.index });
    start = match.index + match[0].length;
  }
  const end = text.trimEnd().length;
  if (end > start) spans.push({ start, end });
  return spans;
}

/**
 * What of a paragraph a slide shows: its first sentence, its questions, and the sentence that
 * introduces the block below it.
 *
 * @param {string} text As for `sentences`.
 * @param {object} place
 * @param {boolean} place.isBeforeBlock Whether code, a terminal or a picture follows at once.
 * @param {boolean} place.isBehindBlock Whether one stands right above.
 * @param {boolean} [place.isWhole] Whether the author wants all of it.
 * @returns {KeySentences}
 */
export function keySentences(text, { isBeforeBlock, isBehindBlock, isWhole = false }) {
  const all = sentences(text);
  const is = (/** @type {Span} */ span, /** @type {RegExp} */ pattern) =>
    pattern.test(text.slice(span.start, span.end));
  const last = all.at(-1);
  if (last === undefined) return { point: [], lead: [] };
  const isShort = isWhole || last.end - /** @type {Span} */ (all[0]).start <= SHORT;
  const kept = all.filter(
    (span, index) =>
      isShort ||
      index === 0 ||
      is(span, QUESTION) ||
      (span === last && isBeforeBlock && is(span, ANNOUNCEMENT)),
  );
  if (!isBeforeBlock) return { point: kept, lead: [] };
  // What explains the output above must not be seen before it, nor stand on the next slide.
  const announces = is(last, ANNOUNCEMENT) || is(last, QUESTION);
  if (!isBehindBlock || !announces) return { point: [], lead: kept };
  return { point: kept.filter((span) => span !== last), lead: [last] };
}
