// @ts-check
/** What the keys do while slides are shown. */

/**
 * @typedef {"next" | "previous" | "nextSlide" | "previousSlide" | "first" | "last" | "all" |
 *   "overview" | "presenter" | "notes" | "dark" | "black" | "fullScreen" | "larger" | "smaller" |
 *   "usual" | "help" | "leave"} Action
 */

/** @type {{ action: Action, keys: string[], shown: string, does: string }[]} */
export const KEYS = [
  {
    action: "next",
    keys: ["ArrowRight", " ", "PageDown", "n"],
    shown: "→, Space, Page Down, N",
    does: "show the next output, or the next slide",
  },
  {
    action: "previous",
    keys: ["ArrowLeft", "PageUp", "Backspace", "p"],
    shown: "←, Page Up, Backspace, P",
    does: "take the last output back, or go to the slide before",
  },
  { action: "nextSlide", keys: ["ArrowDown"], shown: "↓", does: "go to the next slide at once" },
  {
    action: "previousSlide",
    keys: ["ArrowUp"],
    shown: "↑",
    does: "go to the slide before at once",
  },
  { action: "first", keys: ["Home"], shown: "Home", does: "go to the first slide" },
  { action: "last", keys: ["End"], shown: "End", does: "go to the last slide" },
  { action: "all", keys: ["a"], shown: "A", does: "show all that this slide still hides" },
  { action: "overview", keys: ["o"], shown: "O", does: "look at all slides" },
  { action: "notes", keys: ["t"], shown: "T", does: "show the text of the page below the slide" },
  {
    action: "presenter",
    keys: ["s"],
    shown: "S",
    does: "open a window for the speaker: the text, the next slide, the time",
  },
  { action: "fullScreen", keys: ["f"], shown: "F", does: "fill the screen" },
  { action: "larger", keys: ["+", "="], shown: "+", does: "make the type larger" },
  { action: "smaller", keys: ["-"], shown: "−", does: "make the type smaller" },
  { action: "usual", keys: ["0"], shown: "0", does: "make the type as large as it was" },
  { action: "dark", keys: ["d"], shown: "D", does: "change between light and dark" },
  { action: "black", keys: ["b", "."], shown: "B, .", does: "make the screen black, and back" },
  { action: "help", keys: ["?"], shown: "?", does: "show this list" },
  { action: "leave", keys: ["Escape"], shown: "Escape", does: "go back to the page, here" },
];

/**
 * What a key asks for.
 *
 * @param {{ key: string, shiftKey?: boolean, ctrlKey?: boolean, altKey?: boolean, metaKey?: boolean }} pressed
 * @param {"nothing" | "button" | "text"} focused What has the focus: a button keeps the keys that
 *   press it, and who types keeps all.
 * @returns {Action | undefined}
 */
export function actionOf({ key, shiftKey, ctrlKey, altKey, metaKey }, focused) {
  if (ctrlKey || altKey || metaKey || focused === "text") return undefined;
  if (focused === "button" && key === " ") return undefined;
  if (key === " " && shiftKey) return "previous";
  const lower = key.length === 1 ? key.toLowerCase() : key;
  return KEYS.find(({ keys }) => keys.includes(lower))?.action;
}
