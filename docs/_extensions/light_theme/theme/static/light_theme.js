// All that a page needs a script for: light or dark, copying, where one is, and the way to the search.
"use strict";

const root = document.documentElement;
const icon = (/** @type {string} */ path) =>
  `<svg class="light-icon" viewBox="0 0 24 24" aria-hidden="true"><path d="${path}"/></svg>`;

// Light or dark, or as the system has it. The head of the page has set what was chosen before.
/** @typedef {"auto" | "light" | "dark"} Mode */
/** @type {Mode[]} */
const MODES = ["auto", "light", "dark"];
/** @type {Record<Mode, string>} */
const MODE_ICONS = {
  auto: icon("M12 3a9 9 0 1 0 0 18V3m0 0a9 9 0 0 1 0 18M13 5v14M15 6v12M17 8v8"),
  light: icon(
    "M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8M12 2v2M12 20v2M2 12h2M20 12h2" +
      "M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5",
  ),
  dark: icon("M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.500 10.500z"),
};
const systemIsDark = matchMedia("(prefers-color-scheme: dark)");
const modeButton = /** @type {HTMLButtonElement} */ (document.querySelector(".light-mode"));

/** The mode that is shown; what an old version of the site has stored may be none. */
function currentMode() {
  return MODES.find((mode) => mode === root.dataset.mode) ?? "auto";
}

/** @param {Mode} mode */
function showMode(mode) {
  root.dataset.mode = mode;
  root.dataset.theme = mode === "auto" ? (systemIsDark.matches ? "dark" : "light") : mode;
  modeButton.innerHTML = MODE_ICONS[mode];
  const name = mode === "auto" ? "as the system" : mode;
  modeButton.setAttribute("aria-label", `Colours: ${name}`);
  modeButton.title = `Colours: ${name}`;
}

modeButton.addEventListener("click", () => {
  const mode = MODES[(MODES.indexOf(currentMode()) + 1) % MODES.length] ?? "auto";
  showMode(mode);
  try {
    localStorage.setItem("mode", mode);
  } catch {
    // Without storage the choice holds for this page.
  }
});
systemIsDark.addEventListener("change", () => showMode(currentMode()));
// Paper is white.
addEventListener("beforeprint", () => (root.dataset.theme = "light"));
addEventListener("afterprint", () => showMode(currentMode()));
showMode(currentMode());
modeButton.hidden = false;

// Copying: what one types, never a prompt or a program's output.
const NOT_COPIED = ".linenos, .terminal-prompt, .terminal-output, .terminal-key";
const PROMPT = /^(>>> |\.\.\. )/;
const COPY = icon("M9 9h11v11H9zM15 9V4H4v11h5");
const COPIED = icon("M4 12l5 6L20 6");

/** @param {Element} block */
function textToCopy(block) {
  const clone = /** @type {Element} */ (block.cloneNode(true));
  clone.querySelectorAll(NOT_COPIED).forEach((part) => part.remove());
  const lines = clone.textContent.replace(/\n$/, "").split("\n");
  const typed = lines.filter((line) => PROMPT.test(line));
  return (typed.length ? typed.map((line) => line.replace(PROMPT, "")) : lines).join("\n");
}

/** @param {string} text */
async function copy(text) {
  if (navigator.clipboard) return navigator.clipboard.writeText(text);
  // A page from the file system or over plain http has no clipboard of its own.
  const area = document.createElement("textarea");
  area.value = text;
  document.body.append(area);
  area.select();
  document.execCommand("copy");
  area.remove();
}

for (const block of document.querySelectorAll("div.highlight pre")) {
  const button = document.createElement("button");
  button.type = "button";
  button.className = "copybtn";
  button.title = "Copy";
  button.setAttribute("aria-label", "Copy");
  button.innerHTML = COPY;
  button.addEventListener("click", async () => {
    await copy(textToCopy(block));
    button.innerHTML = COPIED;
    setTimeout(() => (button.innerHTML = COPY), 2000);
  });
  block.after(button);
}

// What scrolls sideways can be scrolled by the keyboard.
function markScrollable() {
  const scrolling = "pre, .references-picture, .pst-scrollable-table-container";
  for (const block of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll(scrolling))) {
    if (block.scrollWidth > block.clientWidth) block.tabIndex = 0;
    else block.removeAttribute("tabindex");
  }
}
addEventListener("resize", markScrollable);
markScrollable();

// Where one is: in the list of pages, and in the list of sections.
/** @type {HTMLElement | null} */
const here = document.querySelector(".light-pages [aria-current=page]");
const list = document.querySelector(".light-pages");
if (here && list) list.scrollTop = here.offsetTop - list.clientHeight / 3;
const links = new Map();
/** @type {NodeListOf<HTMLAnchorElement>} */
const sectionLinks = document.querySelectorAll(".light-contents a[href^='#']");
for (const link of sectionLinks) {
  const section = document.getElementById(decodeURIComponent(link.hash.slice(1)));
  if (section) links.set(section, link);
}
const visible = new Set();
const observer = new IntersectionObserver(
  (changes) => {
    for (const { target, isIntersecting } of changes) {
      if (isIntersecting) visible.add(target);
      else visible.delete(target);
    }
    const current = [...links.keys()].findLast((section) => visible.has(section));
    for (const [section, link] of links) {
      if (section === current) link.setAttribute("aria-current", "true");
      else link.removeAttribute("aria-current");
    }
  },
  { rootMargin: "-15% 0px -80% 0px" },
);
for (const section of links.keys()) observer.observe(section);
const contents = document.getElementById("light-contents");
contents?.addEventListener("click", (event) => {
  if (event.target instanceof Element && event.target.closest("a") && contents.matches(":popover-open")) contents.hidePopover();
});

// The slides, which are loaded for those who ask for them; from then on they see to themselves.
/** @type {HTMLAnchorElement | null} */
const slidesLink = document.querySelector(".light-slides");

function showSlides() {
  const loadedBefore = document.querySelector("script[src$='slides/slides.js']");
  if (loadedBefore) {
    dispatchEvent(new Event("slides"));
    return;
  }
  const script = document.createElement("script");
  script.src = `${root.dataset.content_root ?? "./"}_static/slides/slides.js`;
  document.head.append(script);
}
if (slidesLink) {
  slidesLink.hidden = false;
  slidesLink.addEventListener("click", (event) => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    history.pushState(null, "", `?slides${location.hash}`);
    showSlides();
  });
  if (new URLSearchParams(location.search).has("slides")) showSlides();
}

// The search: `/` and Ctrl-K lead to its field.
/** @type {HTMLInputElement | null} */
const field = document.querySelector(".light-search input");
addEventListener("keydown", (event) => {
  const typing = event.target instanceof Element && event.target.closest("input, textarea, [contenteditable]");
  const asked = (event.key === "k" && (event.ctrlKey || event.metaKey)) || (event.key === "/" && !typing);
  if (!asked || event.altKey || !field) return;
  event.preventDefault();
  if (!field.checkVisibility()) document.getElementById("light-sidebar")?.showPopover();
  field.focus();
});
