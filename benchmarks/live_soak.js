// @ts-check
/**
 * Runs in Node.js, again and again, what is hard on the Python of the browser: 40 threads with 20
 * echoes each, and 100 connections of asyncio with 10 lines each. `nox -s soak -- --live` starts it.
 */

import { run } from "../tests/live_pages/process/running.js";
import { CONNECTIONS, THREADS } from "../tests/live_pages/process/heavy_load.js";

const rounds = Number(process.argv[2] ?? 10);
let failures = 0;

/**
 * @param {string} name
 * @param {string} source
 * @param {string} wanted
 */
async function one(name, source, wanted) {
  const { printed, status } = await run(source);
  if (printed === wanted && status === 0) return;
  failures += 1;
  console.log(`${name}: status ${status}, printed ${JSON.stringify(printed)}`);
}

for (let round = 1; round <= rounds; round += 1) {
  await one("threads", THREADS, "40 True\n");
  await one("connections", CONNECTIONS, "all\n");
  const megabytes = Math.round(process.memoryUsage().rss / 1e6);
  console.log(`round ${round} of ${rounds}: ${failures} failures, ${megabytes} MB`);
}
process.exit(failures === 0 ? 0 : 1);
