// @ts-check
/**
 * Every example of the site that can run in a browser does, in page order, and says what it says on
 * the page. `python -m live_pages --out build/live_pages`, which `nox -s live` runs before, writes what
 * this reads; LIVE_PAGES="sockets/tcp sockets/udp" runs these pages only.
 */

import assert from "node:assert/strict";
import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { after, describe, test } from "node:test";

import { ReadPage } from "./read_page.js";

const FOLDER = new URL("../../../build/live_pages/", import.meta.url);
// Each page has some Pythons at a time, of which most wait for another.
const PAGES_AT_A_TIME = 3;
const PATIENCE_MILLISECONDS = 1_500_000;

const names = globSync("**/*.json", { cwd: FOLDER }).sort();
const only = process.env.LIVE_PAGES?.split(" ");
const counts = { ran: 0, same: 0, cannot: 0 };

test("there are pages to run", () => {
  const advice = "write them: python -m live_pages --out build/live_pages";
  assert.ok(names.length > 0, `there are none in ${FOLDER.pathname}; ${advice}`);
});

describe("pages", { concurrency: PAGES_AT_A_TIME }, () => {
  for (const name of names) {
    const docname = name.replace(/\.json$/, "");
    if (only && !only.includes(docname)) continue;
    test(docname, { timeout: PATIENCE_MILLISECONDS }, async () => {
      const page = new ReadPage(JSON.parse(await readFile(new URL(name, FOLDER), "utf8")));
      try {
        const differences = await page.readAll();
        assert.deepEqual(differences, []);
      } finally {
        page.close();
        for (const key of /** @type {const} */ (["ran", "same", "cannot"])) {
          counts[key] += page.counts[key];
        }
      }
    });
  }
});

after(() => {
  const { ran, same, cannot } = counts;
  console.log(`${ran} examples of pages ran, ${same} as the page shows them; ${cannot} cannot`);
});
