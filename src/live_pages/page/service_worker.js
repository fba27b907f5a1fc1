// @ts-check
/**
 * Keeps what the reader has seen and run, for when there is no network. It is registered at the
 * first run, and stands at the site's root, since it may serve only what is below it.
 *
 * What is below `_static/live/` never changes under its name and is taken from what is kept; for
 * all else the network is asked first. There is one cache for each build of the scripts, and those
 * of other builds are removed.
 */

const scope = /** @type {any} */ (globalThis);
const ROOT = new URL("./", location.href).href;
const LIVE = `${ROOT}_static/live/`;
const BASE = `${LIVE}${LIVE_BUILD}/`;
// What the page's first script does with them is right for whatever build they are of.
const ALWAYS_ASKED_FOR = /\/live\.(js|css)$/;

scope.addEventListener("install", () => scope.skipWaiting());
scope.addEventListener("activate", (/** @type {any} */ event) => event.waitUntil(begin()));
scope.addEventListener("message", (/** @type {any} */ event) => event.waitUntil(keep(event.data)));
scope.addEventListener("fetch", (/** @type {any} */ event) => {
  const { method, url, headers } = event.request;
  if (method !== "GET" || !url.startsWith(ROOT) || headers.has("Range")) return;
  event.respondWith(isNamedByContent(url) ? keptFirst(event) : networkFirst(event));
});

async function begin() {
  for (const name of await caches.keys()) {
    if (name.startsWith(LIVE) && name !== BASE) await caches.delete(name);
  }
  await scope.clients.claim();
}

/**
 * Keeps what a page had loaded before this worker served it.
 *
 * @param {{ addresses: string[], hasRun: boolean }} page
 */
async function keep({ addresses, hasRun }) {
  const cache = await caches.open(BASE);
  const wanted = hasRun ? [...addresses, ...LIVE_FILES.map((name) => BASE + name)] : addresses;
  for (const address of wanted) {
    if (!address.startsWith(ROOT) || (await cache.match(address))) continue;
    try {
      // What the page has just loaded is in the browser's own cache.
      await store(address, await fetch(address, { cache: "force-cache" }));
    } catch {
      // Kept or not, it is only needed should the network be gone.
    }
  }
}

/** @param {any} event */
async function keptFirst(event) {
  return (await kept(event.request)) ?? fromNetwork(event);
}

/** @param {any} event */
async function networkFirst(event) {
  try {
    return await fromNetwork(event);
  } catch (error) {
    const found = await kept(event.request);
    if (found === undefined) throw error;
    return found;
  }
}

/** @param {any} event */
async function fromNetwork(event) {
  const response = await fetch(event.request);
  event.waitUntil(store(event.request, response.clone()).catch(() => {}));
  return response;
}

/**
 * @param {Request | string} request
 * @param {Response} response
 */
async function store(request, response) {
  // A browser refuses to open a page with an answer that came from another address.
  if (response.status !== 200 || response.redirected) return;
  await (await caches.open(BASE)).put(request, response);
}

/** @param {Request} request */
async function kept(request) {
  const cache = await caches.open(BASE);
  const ignoreSearch = request.mode === "navigate";
  return cache.match(request, { ignoreSearch, ignoreVary: true });
}

/** @param {string} url */
function isNamedByContent(url) {
  return url.startsWith(LIVE) && !ALWAYS_ASKED_FOR.test(new URL(url).pathname);
}
