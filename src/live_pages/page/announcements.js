// @ts-check

import { element } from "./elements.js";

/** @type {HTMLElement | undefined} */
let region;

/**
 * Says something to those who do not see the page.
 *
 * @param {string} text One sentence.
 */
export function announce(text) {
  if (region === undefined) {
    region = element("div", { class: "live-announcements", "aria-live": "polite" });
    document.body.append(region);
  }
  // The same sentence twice is said twice only if it is another element.
  region.replaceChildren(element("p", { text }));
}
