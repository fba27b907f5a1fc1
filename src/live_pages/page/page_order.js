// @ts-check
/** What of a page comes before what, and which programs the page has running where. */

/** @typedef {import("./played_page.js").Block} Block */

/**
 * The page's order. What is done in it, its acts, are its sessions, its pieces of code and its
 * groups of terminals.
 */
export class PageOrder {
  #blocks;

  /** @param {readonly Block[]} blocks All of the page. */
  constructor(blocks) {
    this.#blocks = blocks;
  }

  /** @param {Block} block */
  position(block) {
    return this.#blocks.indexOf(block);
  }

  /**
   * The groups above a block of which a program goes on there or further down.
   *
   * @param {Block} block
   */
  openAt(block) {
    const position = this.position(block);
    const goesOn = new Set(this.#blocks.slice(position).flatMap(({ continues }) => continues ?? []));
    return this.#blocks.slice(0, position).filter(({ id, reason }) => goesOn.has(id) && !reason);
  }

  /**
   * What has to be done before a block so that it finds what it finds on the page: for a session,
   * all those above it; and the groups of terminals whose programs run beside any of them.
   *
   * @param {Block} block
   * @returns {Block[]} In page order.
   */
  actsBefore(block) {
    const above = this.#blocks.slice(0, this.position(block)).filter(isAct);
    /** @type {Set<Block>} */
    const groups = new Set();
    let sessions = isTerminals(block) ? [] : above.filter((act) => !isTerminals(act));
    for (let size = -1; size !== groups.size + sessions.length; ) {
      size = groups.size + sessions.length;
      for (const act of [block, ...groups, ...sessions]) {
        for (const group of this.openAt(act)) groups.add(group);
      }
      const isOfNeeded = (/** @type {Block} */ act) =>
        isTerminals(act)
          ? act.continues?.some((id) => [...groups].some((group) => group.id === id))
          : this.openAt(act).some((group) => groups.has(group));
      for (const act of above) if (isTerminals(act) && isOfNeeded(act)) groups.add(act);
      const last = above.findLastIndex((act) => !isTerminals(act) && isOfNeeded(act));
      const upToThere = above.slice(0, last + 1).filter((act) => !isTerminals(act));
      if (upToThere.length > sessions.length) sessions = upToThere;
    }
    return above.filter((act) => groups.has(act) || sessions.includes(act));
  }
}

/** @param {Block} block */
export function isTerminals({ kind }) {
  return kind === "terminals";
}

/** @param {Block} block */
function isAct({ kind, reason }) {
  return kind !== "listing" && !reason;
}
