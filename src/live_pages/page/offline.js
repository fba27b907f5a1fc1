// @ts-check
/** Lets the browser keep the site for when there is no network, from the first run on. */

/** Undefined where the page came over a connection that anybody may change. */
const container = /** @type {ServiceWorkerContainer | undefined} */ (navigator.serviceWorker);
let hasRun = false;

/** Tells the worker, which may just have begun, what was loaded without it. */
function tell() {
  const loaded = performance.getEntriesByType("resource").map(({ name }) => name);
  const addresses = [location.href.replace(/#.*/, ""), ...loaded];
  container?.controller?.postMessage({ addresses, hasRun });
}

// It begins after the first run, or with a new build of the site.
container?.addEventListener("controllerchange", tell);

/**
 * Keeps the page and all that runs it.
 *
 * @param {string} root Address of the site.
 */
export function keepForOffline(root) {
  if (hasRun || container === undefined) return;
  hasRun = true;
  tell();
  // Some browsers and some windows keep nothing; then nothing works without a network.
  container.register(`${root}service_worker.js`).catch(() => {});
}
