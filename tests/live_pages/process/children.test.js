// @ts-check
/** What a program has to do with one that it has started, as the checks of exercises do. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { killAll, makeNetwork, Program } from "./running.js";

const options = { timeout: 240_000 };
const BEGIN = `\
import os, pathlib, time
from live_process.exercise_check import PageProgram

CHILD = pathlib.Path("/home/reader/child.py")
`;

afterEach(killAll);

/**
 * Runs a program that may start others.
 *
 * @param {string} parent
 * @param {string} child The text of child.py.
 * @returns {Promise<string>} What the parent has printed.
 */
async function run(parent, child) {
  const network = makeNetwork();
  const program = new Program(network, "parent", {
    startChild: async (watcher) => {
      const { process } = new Program(network, "child", watcher);
      await process.boot();
      return process;
    },
  });
  await program.process.boot();
  const files = { "parent.py": BEGIN + parent, "child.py": child };
  await program.process.run({ argv: ["parent.py"], files });
  return program.printed;
}

test("both find in the child's folder what the other makes of it", options, async () => {
  const parent = `
folder = pathlib.Path("/tmp/shared")
folder.mkdir()
(folder / "old").write_text("gone soon")
(folder / "text").write_text("hello")
(folder / "by_link").symlink_to(folder / "text")
child = PageProgram(CHILD, (), folder)
while not (folder / "made" / "new").exists():
    assert child.status is None, child.complained
    time.sleep(0.01)
(folder / "later").write_text("")
child.wait(60)
print(child.status, child.printed, child.complained)
print(sorted(os.listdir(folder)), (folder / "made" / "new").read_text())
print((folder / "a.sock").is_socket())
`;
  const child = `
import os, socket, time
print(open("by_link").read())
server = socket.socket(socket.AF_UNIX)
server.bind("a.sock")
os.remove("old")
os.mkdir("made")
with open("made/new", "w") as file:
    file.write("by the child")
while not os.path.exists("later"):
    time.sleep(0.01)
print("found")
`;
  assert.equal(
    await run(parent, child),
    "0 b'hello\\nfound\\n' b''\n" +
      "['a.sock', 'by_link', 'later', 'made', 'text'] by the child\nTrue\n",
  );
});

test("a program that waits says where, however long it has waited", options, async () => {
  const parent = `
child = PageProgram(CHILD, (), None)
while not child.printed:
    time.sleep(0.01)
time.sleep(1)
child.tell_places(60)
print(child.complained.decode())
child.end()
`;
  const child = "print('begun')\ninput()\n";
  assert.match(await run(parent, child), /File "\/home\/reader\/child.py", line 2 in <module>/);
});

test("a program that takes more memory than it may gets a MemoryError", options, async () => {
  const parent = `
import contextlib, socket
child = PageProgram(CHILD, (), None)
while b"ready" not in child.printed:
    time.sleep(0.01)
child.limit_memory(10_000_000)
with socket.create_connection(("127.0.0.1", 9999)) as sock, contextlib.suppress(OSError):
    for _ in range(80):
        sock.sendall(bytes(1_000_000))
    child.wait(60)
print(child.complained.decode())
`;
  const child = `
import socket
with socket.create_server(("127.0.0.1", 9999)) as server:
    print("ready")
    sock, _ = server.accept()
    taken = []
    while piece := sock.recv(65536):
        taken.append(piece)
`;
  assert.match(await run(parent, child), /line 7, in <module>[^]*MemoryError$/m);
});
