// @ts-check
/** What a process does beside running one program to its end. */

import assert from "node:assert/strict";
import { afterEach, test } from "node:test";

import { CONNECTIONS, THREADS } from "./heavy_load.js";
import { killAll, makeNetwork, Program, run } from "./running.js";

const options = { timeout: 120_000 };

afterEach(killAll);

/** @param {Record<string, string>} [files] */
async function session(files) {
  const program = new Program(makeNetwork(), "session");
  await program.process.boot();
  return { program, ...program.process.session(files) };
}

test("a session shows values and keeps its names", options, async () => {
  const { execute } = await session({ "helper.py": "VALUE = 42\n" });
  assert.deepEqual(await execute("x = 20\n"), { output: "", failed: false });
  assert.deepEqual(await execute("x + 1\n"), { output: "21\n", failed: false });
  assert.deepEqual(await execute("'text'\nNone\nprint('printed')\n"), {
    output: "'text'\nprinted\n",
    failed: false,
  });
  assert.deepEqual(await execute("_\n"), { output: "'text'\n", failed: false });
  assert.deepEqual(await execute("import helper\nhelper.VALUE\n"), { output: "42\n", failed: false });
  assert.deepEqual(await execute("x\n", "exec"), { output: "", failed: false });
});

test("a session's traceback begins in the session", options, async () => {
  const { execute } = await session();
  const failed = await execute("def f():\n    return [][0]\n\nf()\n");
  assert.deepEqual(failed, {
    output:
      "Traceback (most recent call last):\n" +
      '  File "<stdin>", line 4, in <module>\n' +
      '  File "<stdin>", line 2, in f\n' +
      "IndexError: list index out of range\n",
    failed: true,
  });
  const unreadable = await execute("1 +\n");
  assert.equal(unreadable.failed, true);
  assert.match(unreadable.output, /^ {2}File "<stdin>", line 1\n.*SyntaxError: invalid syntax\n$/s);
  assert.deepEqual(await execute("1 + 1\n"), { output: "2\n", failed: false });
});

test("a session has sockets and threads", options, async () => {
  const { execute } = await session();
  await execute(
    "import socket, threading\nserver = socket.create_server(('127.0.0.1', 0))\n" +
      "def serve():\n    connection, address = server.accept()\n    connection.sendall(b'hi')\n" +
      "thread = threading.Thread(target=serve)\nthread.start()\n",
  );
  assert.deepEqual(
    await execute("client = socket.create_connection(server.getsockname())\nclient.recv(10)\n"),
    { output: "b'hi'\n", failed: false },
  );
});

test("a piece of a session runs in the main thread, whatever ran last", options, async () => {
  const { execute } = await session();
  await execute("import threading, time", "exec");
  const wait = "def wait():\n    time.sleep(0.02)\n    time.sleep(30)\n";
  await execute(wait, "exec");
  await execute("threading.Thread(target=wait, daemon=True).start()", "exec");
  await new Promise((resolve) => setTimeout(resolve, 500));
  const { output } = await execute("threading.current_thread().name");
  assert.equal(output, "'MainThread'\n");
});

test("Ctrl-C stops a piece of a session, and the session goes on", options, async () => {
  const { program, execute } = await session();
  await execute("x = 1\n");
  const waiting = execute("print('waits')\nimport time\ntime.sleep(1000)\n");
  await program.prints("waits\n");
  program.process.interrupt();
  const stopped = await waiting;
  assert.equal(stopped.failed, true);
  assert.match(stopped.output, /KeyboardInterrupt\n$/);
  assert.deepEqual(await execute("x\n"), { output: "1\n", failed: false });
});

test("Ctrl-C stops a program that computes, where memory is shared", options, async () => {
  const program = new Program(makeNetwork(), "loop");
  await program.process.boot();
  const source = "print('loops')\nwhile True:\n    pass\n";
  const status = program.process.run({ argv: ["loop.py"], files: { "loop.py": source } });
  await program.prints("loops\n");
  program.process.interrupt();
  assert.equal(await status, 130);
  assert.match(program.printed, /KeyboardInterrupt\n$/);
});

test("kill ends a program whatever it does, and frees its port", options, async () => {
  const network = makeNetwork();
  const program = new Program(network, "killed");
  await program.process.boot();
  const source =
    "import socket\ns = socket.create_server(('127.0.0.1', 9999))\nprint('up')\nwhile True: pass\n";
  const status = program.process.run({ argv: ["p.py"], files: { "p.py": source } });
  await program.prints("up\n");
  program.process.kill();
  assert.equal(await status, 137);
  const next = new Program(network, "next");
  await next.process.boot();
  const again = source.replace("while True: pass\n", "");
  assert.equal(await next.process.run({ argv: ["p.py"], files: { "p.py": again } }), 0);
});

test("python FILE ARGUMENTS, from a folder below", options, async () => {
  const source = "import sys, beside\nprint(sys.argv, __name__, beside.NAME, __file__)\n";
  const { printed, status } = await run("", {
    argv: ["-u", "below/main.py", "one", "-m"],
    files: { "below/main.py": source, "below/beside.py": "NAME = __name__\n" },
  });
  assert.deepEqual(
    [printed, status],
    ["['below/main.py', 'one', '-m'] __main__ beside /home/reader/below/main.py\n", 0],
  );
});

test("python -m MODULE", options, async () => {
  const files = {
    "package/__init__.py": "",
    "package/__main__.py": "import sys\nprint(__name__, sys.argv[1:])\nraise SystemExit(4)\n",
  };
  const { printed, status } = await run("", { argv: ["-m", "package", "-x"], files });
  assert.deepEqual([printed, status], ["__main__ ['-x']\n", 4]);
});

test("python -m MODULE tells of an error without the machinery", options, async () => {
  const { printed } = await run("", { argv: ["-m", "broken"], files: { "broken.py": "1 / 0\n" } });
  assert.equal(
    printed,
    'Traceback (most recent call last):\n  File "broken.py", line 1, in <module>\n    1 / 0\n' +
      "    ~~^~~\nZeroDivisionError: division by zero\n",
  );
});

test("a program that hides a module of the standard library is told so", options, async () => {
  const files = { "one/statistics.py": "import statistics\nprint(statistics.mean([1, 2]))\n" };
  const own = await run("", { argv: ["one/statistics.py"], files });
  assert.match(
    own.printed,
    /'mean' \(consider renaming '.*one\/statistics\.py' since it has the same name as the standard/,
  );
  const beside = await run("import sys, statistics\nprint(statistics.mean([1, 2]))\n", { files });
  assert.deepEqual(beside, { printed: "1.5\n", status: 0 });
});

test("python -c TEXT, --version, and what it does not know", options, async () => {
  assert.deepEqual(await run("", { argv: ["-c", "import sys; print(sys.argv)", "a"] }), {
    printed: "['-c', 'a']\n",
    status: 0,
  });
  assert.match((await run("", { argv: ["--version"] })).printed, /^Python 3\.\d+\.\d+\n$/);
  assert.deepEqual(await run("", { argv: ["missing.py"] }), {
    printed:
      "python: can't open file '/home/reader/missing.py': [Errno 2] No such file or directory\n",
    status: 2,
  });
  assert.match((await run("", { argv: ["-Z"] })).printed, /^Unknown option: -Z\nusage: /);
});

test("a syntax error is shown with its line", options, async () => {
  const { printed, status } = await run("print('no'\n");
  assert.equal(
    printed,
    '  File "program.py", line 1\n    print(\'no\'\n         ^\nSyntaxError: \'(\' was never closed\n',
  );
  assert.equal(status, 1);
});

test("what cannot be done is refused in one sentence", options, async () => {
  const { printed } = await run(`
import asyncio, http.client, os, socketserver, subprocess, sys, urllib.request
for action in (
    lambda: subprocess.run([sys.executable, "-V"]),
    lambda: os.fork(),
    lambda: os.system("ls"),
    lambda: __import__("ssl"),
):
    try:
        action()
    except (NotImplementedError, ImportError) as problem:
        print(type(problem).__name__, problem)
`);
  const rest =
    "; this page's recorded run shows what happens, and python on your machine does it.\n";
  assert.equal(
    printed,
    `NotImplementedError Python in the browser cannot start another process${rest}` +
      `NotImplementedError Python in the browser cannot copy a process with fork${rest}` +
      `NotImplementedError Python in the browser cannot start another process${rest}` +
      `ImportError Python in the browser cannot encrypt connections with TLS${rest}`,
  );
});

test("a prompt is announced once for each line that is waited for", options, async () => {
  const program = new Program(makeNetwork(), "asks");
  await program.process.boot();
  const source = "a = input('First: ')\nb = input('Second: ')\nprint(a + b)\n";
  const status = program.process.run({ argv: ["p.py"], files: { "p.py": source } });
  await program.asks(1);
  assert.equal(program.printed, "First: ");
  program.process.type("one ");
  await program.asks(2);
  assert.equal(program.printed, "First: Second: ");
  program.process.type("two");
  assert.equal(await status, 0);
  assert.equal(program.printed, "First: Second: one two\n");
  assert.equal(program.prompts, 2);
});

test("40 threads with 20 echoes each leave the interpreter whole", options, async () => {
  const { printed, status } = await run(THREADS);
  assert.deepEqual([printed, status], ["40 True\n", 0]);
});

test("100 connections of asyncio with 10 lines each", options, async () => {
  const { printed } = await run(CONNECTIONS);
  assert.equal(printed, "all\n");
});
