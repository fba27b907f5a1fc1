// @ts-check
/**
 * Shows the page as slides when its address asks for it with `?slides`. The page's script loads
 * this when a reader follows the link to the slides, or comes with such an address.
 */

import { element } from "../../../src/live_pages/page/elements.js";
import { SlidesView } from "./view.js";

const { src } = /** @type {HTMLScriptElement} */ (document.currentScript);

/** @type {SlidesView | null} */
let view = null;

function isAsked() {
  return new URLSearchParams(location.search).has("slides");
}

function afterLeaving() {
  view = null;
  if (!isAsked()) return;
  const address = new URL(location.href);
  address.search = "";
  history.replaceState(history.state, "", address);
}

function update() {
  const article = document.querySelector("article");
  if (isAsked() && view === null && article) view = new SlidesView(article, afterLeaving);
  else if (!isAsked() && view !== null) view.leave();
}

/** Nothing is measured before its style is there, and what other scripts add to the page. */
async function ready() {
  const style = element("link", { rel: "stylesheet", href: src.replace(/\.js$/u, ".css") });
  await new Promise((resolve) => {
    style.addEventListener("load", resolve);
    document.head.append(style);
  });
  if (document.readyState === "loading") {
    await new Promise((resolve) => document.addEventListener("DOMContentLoaded", resolve));
  }
}

void ready().then(() => {
  addEventListener("popstate", update);
  // Sent by the link to the slides once it has changed the address.
  addEventListener("slides", update);
  update();
});
