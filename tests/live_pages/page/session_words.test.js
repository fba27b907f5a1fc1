// @ts-check
import assert from "node:assert/strict";
import { test } from "node:test";

import { outcomeOf } from "../../../src/live_pages/page/sessions.js";
import { summary } from "../../../src/live_pages/page/session_view.js";
import { NEEDS, FROM_FILE, whyNot } from "../../../src/live_pages/page/support.js";

test("a piece is the same as on the page or not", () => {
  const piece = { source: "x\n", output: "[1, ...]\n" };
  assert.equal(outcomeOf(piece, "[1, 2]\n", false).same, true);
  assert.equal(outcomeOf(piece, "[1, 2]", false).same, true);
  assert.equal(outcomeOf(piece, "", false).same, false);
  assert.equal(outcomeOf({ source: "x = 1\n", output: "" }, "", false).same, true);
  assert.deepEqual(outcomeOf(piece, "", true), {
    source: "x\n",
    output: "",
    shown: null,
    same: true,
  });
});

test("the bar says how many differ", () => {
  const [same, other] = [{ same: true }, { same: false }];
  assert.match(summary([same, same], false), /the same as on the page/);
  assert.match(summary([same, other, other], false), /^2 of 3 printed something else/);
  assert.match(summary([other], false), /^It printed something else/);
  assert.equal(summary([other], true), "Your code ran.");
});

test("a browser that cannot wait is told what can", () => {
  const able = { Suspending: 1, promising: 1 };
  assert.equal(whyNot({ protocol: "https:", webAssembly: able }), "");
  assert.equal(whyNot({ protocol: "https:", webAssembly: { promising: 1 } }), NEEDS);
  assert.equal(whyNot({ protocol: "https:", webAssembly: undefined }), NEEDS);
  assert.equal(whyNot({ protocol: "file:", webAssembly: able }), FROM_FILE);
});
