// @ts-check
/** How what stands on a page is cut into slides, from sizes alone. */

/**
 * @typedef {"lead" | "block" | "follow" | "point"} Role `lead` introduces the block behind it;
 *   `follow`, such as a picture, and `point` belong to the block above them.
 *
 * @typedef {object} Item What is not cut, unless it has parts.
 * @property {Role} role
 * @property {number[]} heights In pixels, at each of the scales.
 * @property {boolean[]} isTooWide At each of the scales.
 * @property {number[][]} [parts] Heights of its parts, such as the rows of a table, at each scale;
 *   what is left of `heights`, such as the table's head, is shown with each piece.
 * @property {boolean} [begins] Whether it begins a slide.
 *
 * @typedef {object} Room
 * @property {number} height In pixels.
 * @property {number} gap Between two items, in pixels at scale 1.
 * @property {readonly number[]} scales From the largest type to the smallest.
 * @property {number} comfortable How many of the scales serve to keep together what belongs together.
 * @property {number} shared How many serve to put more of a section on one slide.
 *
 * @typedef {{ item: number, from?: number, to?: number }} Piece An item, or some of its parts.
 * @typedef {{ pieces: Piece[], scale: number, scrolls: boolean }} Cut One slide; `scale` is the
 *   index of a scale.
 */

// Two that belong together can be compared; three are a wall.
const MOST_BLOCKS = 2;
// In more pieces than this a picture is no picture any more: rather in smaller type, and whole.
const MOST_PIECES = 2;

/**
 * Cuts a section into slides. What belongs together stays together where the type need not become
 * small for it; a block larger than a slide gets smaller type, down to the last scale, and a slide
 * that still cannot hold it scrolls.
 *
 * @param {readonly Item[]} items
 * @param {Room} room
 * @returns {Cut[]}
 */
export function cut(items, room) {
  /** @type {Cut[]} */
  const slides = [];
  /** @type {Cut | undefined} */
  let open;
  for (const unit of units(items)) {
    const pieces = unit.map((item) => ({ item }));
    if (open && !items[/** @type {number} */ (unit[0])]?.begins) {
      const both = [...open.pieces, ...pieces];
      const blocks = both.filter(({ item }) => items[item]?.role === "block").length;
      const scale = scaleFor(both, Math.max(room.shared, open.scale + 1), items, room);
      if (blocks <= MOST_BLOCKS && !open.scrolls && scale !== undefined) {
        open.pieces = both;
        open.scale = scale;
        continue;
      }
    }
    const made = cutUnit(pieces, items, room);
    slides.push(...made);
    open = made.at(-1);
  }
  return slides;
}

/**
 * Items that should stand together: what leads to a block, the block, and what belongs to it.
 *
 * @param {readonly Item[]} items
 * @returns {number[][]}
 */
export function units(items) {
  /** @type {number[][]} */
  const found = [];
  items.forEach(({ role, begins }, index) => {
    const before = items[index - 1]?.role;
    const isNew =
      before === undefined ||
      begins ||
      (role === "lead" && before !== "lead") ||
      (role === "block" && before !== "lead");
    if (isNew) found.push([index]);
    else found.at(-1)?.push(index);
  });
  return found;
}

/**
 * @param {readonly Piece[]} pieces
 * @param {number} scale
 * @param {readonly Item[]} items
 * @param {Room} room
 */
function fits(pieces, scale, items, room) {
  const heights = pieces.map((piece) => heightOf(piece, scale, items));
  const gaps = room.gap * (room.scales[scale] ?? 1) * (pieces.length - 1);
  const isTooWide = pieces.some(({ item }) => items[item]?.isTooWide[scale]);
  return !isTooWide && heights.reduce((sum, one) => sum + one, gaps) <= room.height;
}

/**
 * @param {Piece} piece
 * @param {number} scale
 * @param {readonly Item[]} items
 */
function heightOf({ item, from = 0, to }, scale, items) {
  const { heights, parts } = /** @type {Item} */ (items[item]);
  const height = heights[scale] ?? 0;
  if (to === undefined || !parts) return height;
  const left = (parts[scale] ?? []).filter((_, index) => index < from || index >= to);
  return height - left.reduce((sum, one) => sum + one, 0);
}

/**
 * @param {Piece[]} pieces
 * @param {readonly Item[]} items
 * @param {Room} room
 * @returns {Cut[]}
 */
function cutUnit(pieces, items, room) {
  const whole = scaleFor(pieces, room.comfortable, items, room);
  if (whole !== undefined) return [{ pieces, scale: whole, scrolls: false }];
  // What leads to a block stays with it, whatever becomes of the type.
  const first = pieces.findIndex(({ item }) => items[item]?.role !== "lead");
  const core = pieces.slice(0, first === -1 ? pieces.length : first + 1);
  const rest = pieces.slice(core.length);
  const slides = cutCore(core, items, room);
  for (const piece of rest) {
    const open = /** @type {Cut} */ (slides.at(-1));
    const both = [...open.pieces, piece];
    // A sentence is better read below what it is about than alone on a slide.
    const isRead = open.scrolls && items[piece.item]?.role === "point";
    if (isRead || (!open.scrolls && fits(both, open.scale, items, room))) open.pieces = both;
    else slides.push(...cutCore([piece], items, room));
  }
  return slides;
}

/**
 * @param {Piece[]} core Leads, and one item that may have parts.
 * @param {readonly Item[]} items
 * @param {Room} room
 * @returns {Cut[]}
 */
function cutCore(core, items, room) {
  const last = /** @type {Piece} */ (core.at(-1));
  const count = items[last.item]?.parts?.[0]?.length ?? 0;
  const comfortable = scaleFor(core, room.comfortable, items, room);
  if (comfortable !== undefined) return [{ pieces: core, scale: comfortable, scrolls: false }];
  const scale = scaleFor(core, room.scales.length, items, room);
  if (count > 1) {
    const slides = fewest(core, count, items, room);
    if (slides.length <= MOST_PIECES || scale === undefined) return slides;
  }
  if (scale !== undefined) return [{ pieces: core, scale, scrolls: false }];
  if (core.every(({ item }) => items[item]?.role === "lead") && core.length > 1) {
    return core.flatMap((piece) => cutCore([piece], items, room));
  }
  return [{ pieces: core, scale: scaleThatScrolls(core, items, room), scrolls: true }];
}

/**
 * Cuts an item at the comfortable scale that makes the fewest pieces, and of these the largest.
 *
 * @param {Piece[]} core
 * @param {number} count How many parts its last item has.
 * @param {readonly Item[]} items
 * @param {Room} room
 * @returns {Cut[]}
 */
function fewest(core, count, items, room) {
  const widest = narrowEnough(core, items, room);
  let best = cutParts(core, count, widest, items, room);
  for (let scale = widest + 1; scale < room.comfortable; scale += 1) {
    const slides = cutParts(core, count, scale, items, room);
    const scrolling = (/** @type {Cut[]} */ all) => all.filter(({ scrolls }) => scrolls).length;
    const isBetter = slides.length - best.length || scrolling(slides) - scrolling(best);
    if (isBetter < 0) best = slides;
  }
  return best;
}

/**
 * @param {Piece[]} core
 * @param {number} count
 * @param {number} scale
 * @param {readonly Item[]} items
 * @param {Room} room
 * @returns {Cut[]}
 */
function cutParts(core, count, scale, items, room) {
  const { item } = /** @type {Piece} */ (core.at(-1));
  /** @type {Cut[]} */
  const slides = [];
  let above = core.slice(0, -1);
  for (let from = 0; from < count; ) {
    let to = from + 1;
    while (to < count && fits([...above, { item, from, to: to + 1 }], scale, items, room)) to += 1;
    const pieces = [...above, { item, from, to }];
    slides.push({ pieces, scale, scrolls: !fits(pieces, scale, items, room) });
    above = [];
    from = to;
  }
  return slides;
}

/**
 * @param {readonly Piece[]} pieces
 * @param {number} count How many of the scales may be used.
 * @param {readonly Item[]} items
 * @param {Room} room
 */
function scaleFor(pieces, count, items, room) {
  for (let scale = 0; scale < count; scale += 1) {
    if (fits(pieces, scale, items, room)) return scale;
  }
  return undefined;
}

/**
 * The first scale at which nothing is too wide; the last one if there is none.
 *
 * @param {readonly Piece[]} pieces
 * @param {readonly Item[]} items
 * @param {Room} room
 */
function narrowEnough(pieces, items, room) {
  const scale = room.scales.findIndex(
    (_, index) => !pieces.some(({ item }) => items[item]?.isTooWide[index]),
  );
  return scale === -1 ? room.scales.length - 1 : scale;
}

/**
 * Who has to scroll downwards anyway gets readable type, as long as no line is cut off.
 *
 * @param {readonly Piece[]} pieces
 * @param {readonly Item[]} items
 * @param {Room} room
 */
function scaleThatScrolls(pieces, items, room) {
  return Math.max(room.comfortable - 1, narrowEnough(pieces, items, room));
}
