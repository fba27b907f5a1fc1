// @ts-check
/**
 * All that a page loads for those who only read: adds a Run button to each block that can run, and
 * one to each exercise that can be answered, and loads the rest at the first press.
 */

import { button, element } from "./elements.js";
import { keepForOffline } from "./offline.js";
import { whyNot } from "./support.js";

const script = /** @type {HTMLScriptElement} */ (document.currentScript);
const base = new URL(`${LIVE_BUILD}/`, script.src).href;
const page = new URL(script.dataset.livePage ?? "", script.src).href;
const root = new URL("../../", script.src).href;
const ACTIONS = {
  session: { Run: "run", Edit: "edit" },
  code: { Run: "run", Edit: "edit" },
  listing: { Run: "run", Edit: "edit" },
  terminals: { Run: "run", "Play as shown": "play" },
};

/** @type {Promise<import("./page_run.js").PageRun> | undefined} */
let loading;

function load() {
  loading ??= import(`${base}page_run.js`).then((module) => module.openPage(page, base));
  // After a failure, such as a lost connection, the next press tries again.
  loading.catch(() => (loading = undefined));
  return loading;
}

/**
 * @param {string} id
 * @param {string} action
 * @param {HTMLElement} status
 */
async function act(id, action, status) {
  try {
    if (loading === undefined) status.textContent = "Loading …";
    const loaded = await load();
    await loaded.act(id, action);
    keepForOffline(root);
  } catch (error) {
    status.textContent = `This could not be loaded: ${error instanceof Error ? error.message : error}`;
  }
}

/**
 * @param {HTMLElement} place
 * @param {string} text
 */
function excuse(place, text) {
  place.append(element("p", { class: "live-reason", text: `${text} ${place.dataset.liveReason}` }));
}

/**
 * @param {HTMLElement} place
 * @param {string} id
 * @param {Record<string, string>} actions
 */
function addBar(place, id, actions) {
  const status = element("span", { class: "live-status", role: "status" });
  const bar = element("div", { class: "live-bar" });
  for (const [label, action] of Object.entries(actions)) {
    bar.append(button(label, () => void act(id, action, status), { "data-live-action": action }));
  }
  bar.append(status);
  place.append(bar);
  return status;
}

/** @param {HTMLElement} block */
function equip(block) {
  if (block.dataset.liveReason) return excuse(block, "Shown as recorded.");
  const id = block.dataset.live ?? "";
  const kind = /** @type {keyof typeof ACTIONS} */ (block.dataset.liveKind);
  const status = addBar(block, id, ACTIONS[kind]);
  block.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && event.ctrlKey) {
      event.preventDefault();
      void act(id, "run", status);
    }
  });
}

/** @param {HTMLElement} place */
function equipExercise(place) {
  if (place.dataset.liveReason) return excuse(place, "Not here in the page:");
  addBar(place, `exercise ${place.dataset.liveExercise}`, { "Answer here": "answer" });
}

const blocks = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("[data-live]")]);
const exercises = /** @type {HTMLElement[]} */ ([
  ...document.querySelectorAll("[data-live-exercise]"),
]);
const refusal = whyNot({ protocol: location.protocol, webAssembly: globalThis.WebAssembly });
if (refusal) {
  const first = [...blocks, ...exercises].find((block) => !block.dataset.liveReason);
  first?.before(element("p", { class: "live-note", role: "note", text: refusal }));
} else {
  blocks.forEach(equip);
  exercises.forEach(equipExercise);
}
