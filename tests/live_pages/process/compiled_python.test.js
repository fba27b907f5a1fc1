// @ts-check
import assert from "node:assert/strict";
import { readFile } from "node:fs/promises";
import { after, test } from "node:test";

import { PYTHON_FILES, compiledPython } from "../../../src/live_pages/compiled/compiled_python.js";
import { killAll, run } from "./running.js";

after(killAll);

test("what is compiled is there already the next time", async () => {
  assert.equal((await compiledPython()).href, (await compiledPython()).href);
});

test("each module of Python's side has its bytecode", async () => {
  const files = JSON.parse(await readFile(new URL(PYTHON_FILES, await compiledPython()), "utf8"));
  const modules = Object.keys(files).filter((name) => name.endsWith(".py"));
  assert.ok(modules.includes("start.py"));
  const bytecode = Object.keys(files).filter((name) => name.endsWith(".pyc"));
  const wanted = modules.map((name) => `__pycache__/${name.replace(".py", ".cpython-314.pyc")}`);
  assert.deepEqual(bytecode.sort(), wanted.sort());
});

test("what a program begins with, and what it often imports, is not compiled again", async () => {
  const source = `
import http.server, sys
import live_process.start as side
print(http.server.__file__, side.__cached__.endswith(".pyc"))
text = [name for name, module in sys.modules.items()
        if str(getattr(module, "__file__", "")).startswith("/lib/python314.zip/")
        and module.__file__.endswith(".py") and module.__spec__.origin != "frozen"]
print(text)
`;
  const { printed } = await run(source);
  assert.equal(printed, "/lib/python314.zip/http/server.pyc True\n[]\n");
});

test("tracebacks and inspect still find the library's text", async () => {
  const source = `
import inspect, queue, textwrap
print(inspect.getsource(textwrap.dedent).splitlines()[0], inspect.getsourcefile(queue))
try:
    queue.Queue().get_nowait()
except queue.Empty as problem:
    import traceback
    print(traceback.format_exc().splitlines()[-2])
`;
  const { printed } = await run(source);
  assert.equal(
    printed,
    "def dedent(text): /lib/python314.zip/queue.py\n    raise Empty\n",
  );
});
