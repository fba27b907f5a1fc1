// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { answersOfKernel, readScripts } from "./scripts.js";

const scripts = readScripts();

test("there are at least a hundred scripts, each with a title of its own", () => {
  assert.ok(scripts.length >= 100, `there are ${scripts.length}`);
  assert.equal(new Set(scripts.map(({ title }) => title)).size, scripts.length);
});

for (const script of scripts) {
  test(`as on Linux: ${script.title}`, async () => {
    const answers = await answersOfKernel(script);
    /** @param {string[]} answered */
    const transcript = (answered) => script.calls.map((call, at) => `${call} -> ${answered[at]}`);
    assert.deepEqual(transcript(answers), transcript(script.answers));
  });
}
