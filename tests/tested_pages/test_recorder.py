import json
import os
import re
import signal
import subprocess
import sys
import threading
from dataclasses import replace
from pathlib import Path

import pytest

from tested_pages.socket_calls import (
    SocketCall,
    read_socket_calls,
    recording_environment,
    settled_socket_calls,
    with_closes_at_exit,
)

PROGRAMS = Path(__file__).parent / "recorded_programs"

DEADLINE = 120


def environment(**variables):
    """The test's own environment without what another run may have left there."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    return {**kept, "PYTHONDONTWRITEBYTECODE": "1", **variables}


def sleeps(pid):
    """Whether the process's first thread waits for something."""
    return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] == "S"


def run(arguments, variables, folder):
    """Run a program to its end, with Ctrl-C each time that it says `waiting` and waits.

    Returns:
        Standard output, standard error, exit status.
    """
    with (folder / "errors").open("w+") as errors:
        process = subprocess.Popen(
            [sys.executable, *arguments],
            env=variables,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=errors,
            text=True,
        )
        output = []
        for line in process.stdout:
            output.append(line)
            if line == "waiting\n":
                while not sleeps(process.pid):
                    assert process.poll() is None
                process.send_signal(signal.SIGINT)
        status = process.wait(DEADLINE)
        errors.seek(0)
        return "".join(output), errors.read(), status


def steady(text):
    """The text without what differs from one run to the next anyway: ports and addresses."""
    text = re.sub(r"(?<=127\.0\.0\.1', )\d+|(?<=port )\d+|(?<=port=)\d+", "PORT", text)
    return re.sub(r"0x[0-9a-f]+|pid=\d+|started \d+", "ID", text)


@pytest.mark.parametrize("program", sorted(PROGRAMS.glob("*.py")), ids=lambda path: path.stem)
def test_a_recorded_program_behaves_as_ever(program, tmp_path):
    plain = run([program], environment(), tmp_path)
    record = tmp_path / "record.jsonl"
    variables = environment()
    variables.update(recording_environment(record, "a terminal", variables))
    recorded = run([program], variables, tmp_path)
    assert [steady(text) for text in recorded[:2]] == [steady(text) for text in plain[:2]]
    assert recorded[2] == plain[2]
    assert read_socket_calls(record)


def record(source, folder, name="a terminal", **variables):
    """The calls of a program that is given as text, and what `run` returned."""
    (folder / "program.py").write_text(source)
    record_file = folder / "record.jsonl"
    existing = environment(**variables)
    existing.update(recording_environment(record_file, name, existing))
    finished = run(["program.py"], existing, folder)
    return read_socket_calls(record_file), finished


CONVERSATION = """
import socket
server = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
server.bind(("127.0.0.1", 0))
server.listen(5)
client = socket.socket()
client.connect(server.getsockname())
connection, address = server.accept()
client.sendall(b"hello" * 100)
assert connection.recv(300)
client.shutdown(socket.SHUT_WR)
connection.recv(300)
connection.recv(300)
connection.close()
"""


def test_each_call_is_recorded_with_what_it_did(tmp_path):
    calls, _ = record(CONVERSATION, tmp_path, "the server's")
    names = "socket bind listen socket connect accept sendall recv shutdown recv recv close"
    assert [call.call for call in calls] == [*names.split(), "close", "close"]
    assert {call.terminal for call in calls} == {"the server's"}
    assert len({call.pid for call in calls}) == len({call.thread for call in calls}) == 1
    assert [call.number for call in calls] == list(range(1, len(calls) + 1))
    made, bind, listen, other, connect, accept, sendall, recv, shutdown, rest, end, *closes = calls
    assert (made.family, made.type, made.local) == ("AF_INET", "SOCK_STREAM", ("0.0.0.0", 0))
    assert bind.address == ("127.0.0.1", 0)
    assert bind.local == listen.local == connect.address == connect.peer == connection(accept)[0]
    assert listen.asked == 5
    assert connect.local == accept.peer == recv.peer == sendall.local
    assert (sendall.asked, sendall.size, sendall.data) == (500, 500, (b"hello" * 13)[:64])
    assert (recv.asked, recv.size, recv.data) == (300, 300, (b"hello" * 13)[:64])
    assert (rest.size, end.size, end.data) == (200, 0, b"")
    assert shutdown.detail == "SHUT_WR"
    assert made.socket == bind.socket == listen.socket == accept.socket
    assert other.socket == connect.socket == sendall.socket == shutdown.socket
    assert accept.accepted == recv.socket == rest.socket
    assert [(call.socket, call.detail) for call in closes] == [
        (accept.accepted, ""),
        (made.socket, "collected"),
        (other.socket, "collected"),
    ]
    assert all(call.began <= call.ended for call in calls)


def connection(call):
    return call.local, call.peer


def test_every_method_that_moves_bytes_is_recorded(tmp_path):
    calls, _ = record((PROGRAMS / "datagrams.py").read_text(), tmp_path)
    moved = [(call.call, call.size, call.data) for call in calls if call.size is not None]
    assert moved == [
        ("sendto", 0, b""),
        ("sendto", 1, b"x"),
        ("sendto", 2, b"xx"),
        ("recvfrom", 0, b""),
        ("recvfrom_into", 1, b"x"),
        ("recvmsg", 2, b"xx"),
        ("sendmsg", 6, b"onetwo"),
        ("sendto", 5, b"three"),
        ("recvmsg_into", 6, b"onetwo"),
        ("recv", 2, b"th"),
        ("recv_into", 3, b"thr"),
        ("send", 9, b"connected"),
        ("recv", 9, b"connected"),
    ]
    assert [call.detail for call in calls if call.call == "recv"] == ["MSG_PEEK", ""]
    received = [call for call in calls if call.call.startswith("recvfrom")]
    assert {call.peer[1] for call in received} == {calls[3].local[1]}
    (connect,) = (call for call in calls if call.call == "connect")
    assert connect.local[0] == "127.0.0.1"


def test_files_that_are_sent_are_recorded(tmp_path):
    calls, _ = record((PROGRAMS / "streams.py").read_text(), tmp_path)
    (sendfile,) = (call for call in calls if call.call == "sendfile" and call.size)
    assert sendfile.data == b"four\nfive\n"


def test_errors_are_recorded(tmp_path):
    calls, (_, errors, status) = record(
        """
import errno, select, socket
closed = socket.socket()
closed.bind(("127.0.0.1", 0))
client = socket.socket()
assert client.connect_ex(closed.getsockname()) == errno.ECONNREFUSED
later = socket.socket()
later.setblocking(False)
later.connect_ex(closed.getsockname())
select.select([], [later], [])
later.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
try:
    socket.socket(family=987)
except OSError:
    pass
client.connect(closed.getsockname())
""",
        tmp_path,
    )
    assert status == 1
    assert errors.endswith("ConnectionRefusedError: [Errno 111] Connection refused\n")
    failed = [(call.call, call.error) for call in calls if call.error]
    assert failed == [
        ("connect_ex", "ConnectionRefusedError"),
        ("connect_ex", "BlockingIOError"),
        ("getsockopt", "ConnectionRefusedError"),
        ("socket", "OSError"),
        ("connect", "ConnectionRefusedError"),
    ]
    refused = next(call for call in reversed(calls) if call.call == "connect")
    assert refused.error_text == "[Errno 111] Connection refused"
    assert refused.size is None


def test_a_call_that_never_ends_is_recorded(tmp_path):
    source = """
import os, signal, socket, threading
server = socket.socket(type=socket.SOCK_DGRAM)
server.bind(("127.0.0.1", 0))
print("waiting", flush=True)
signal.signal(signal.SIGINT, signal.SIG_DFL)
server.recvfrom(1024)
"""
    calls, (_, _, status) = record(source, tmp_path)
    assert status == -signal.SIGINT
    assert [(call.call, call.ended) for call in calls][-1] == ("recvfrom", None)


def test_a_socket_keeps_its_name_and_no_other_gets_it(tmp_path):
    calls, _ = record(
        """
import socket
first = socket.socket()
number = first.fileno()
first.close()
second = socket.socket()
assert second.fileno() == number
second.close()
third = socket.socket(fileno=socket.socket().detach())
third.listen()
""",
        tmp_path,
    )
    names = [(call.call, call.socket) for call in calls]
    assert names[0][1] == names[1][1] != names[2][1] == names[3][1] != names[4][1]
    assert names[4:] == [(call, names[4][1]) for call in ("socket", "listen", "close")]


def test_what_a_program_forks_and_starts_is_recorded(tmp_path):
    calls, (_, _, status) = record((PROGRAMS / "processes.py").read_text(), tmp_path)
    assert status == 3
    pids = {call.pid for call in calls}
    # The parent, two children that it forked, another that made no call of its own but the last
    # ones, and the Python that was started with the environment it inherited.
    assert len(pids) == 5
    parent, child = calls[0].pid, next(call.pid for call in calls if call.call == "connect")
    (accept,) = (call for call in calls if call.call == "accept")
    assert accept.pid == parent
    assert child != parent
    inherited = [call for call in calls if call.pid != parent and call.socket == accept.accepted]
    assert next(call.call for call in inherited) == "close"


def test_sockets_that_libraries_make_for_themselves_are_left_out(tmp_path):
    calls, _ = record("import asyncio\nasyncio.run(asyncio.sleep(0))\n", tmp_path)
    assert calls == []
    calls, _ = record((PROGRAMS / "loops.py").read_text(), tmp_path)
    assert {call.family for call in calls} == {"AF_INET"}
    assert {call.caller for call in calls if call.call == "connect"} == {"asyncio.selector_events"}


def test_the_next_sitecustomize_is_found(tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text("import builtins; builtins.seen = __file__")
    source = (
        "import os, sys, socket; socket.socket()\n"
        "print(seen, sys.modules['sitecustomize'].__file__, os.environ['PYTHONPATH'])"
    )
    site = str(tmp_path / "site")
    calls, (output, errors, _) = record(source, tmp_path, PYTHONPATH=site)
    assert (output.split(), errors) == ([f"{site}/sitecustomize.py"] * 2 + [site], "")
    assert calls


@pytest.mark.parametrize("failure", ["raise ImportError('not here')", "1 / 0"])
def test_a_sitecustomize_that_fails_says_what_it_always_says(failure, tmp_path):
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "sitecustomize.py").write_text(failure)
    (tmp_path / "program.py").write_text("import socket; socket.socket()")
    site = str(tmp_path / "site")
    plain = run(["program.py"], environment(PYTHONPATH=site), tmp_path)
    assert plain[1].startswith("Error in sitecustomize")
    calls, recorded = record("import socket; socket.socket()", tmp_path, PYTHONPATH=site)
    assert recorded == plain
    assert calls


def test_an_empty_search_path_stays_empty(tmp_path):
    source = "import os, sys; print(repr(os.environ['PYTHONPATH']), '' in sys.path)"
    (tmp_path / "program.py").write_text(source)
    plain = run(["program.py"], environment(PYTHONPATH=""), tmp_path)
    _, recorded = record(source, tmp_path, PYTHONPATH="")
    assert recorded == plain


def test_a_program_runs_where_nothing_can_be_recorded(tmp_path):
    (tmp_path / "program.py").write_text(CONVERSATION + "print('done', client.fileno())\n")
    variables = environment()
    variables.update(recording_environment(tmp_path / "missing" / "record", "a", variables))
    assert run(["program.py"], variables, tmp_path) == ("done 4\n", "", 0)


def test_a_record_has_an_end(tmp_path):
    source = """
import socket
sending = socket.socket(type=socket.SOCK_DGRAM)
for _ in range(12_000):
    sending.fileno() == sending.getsockopt(socket.SOL_SOCKET, socket.SO_TYPE)
    sending.connect(("127.0.0.1", 9))
print("done")
"""
    calls, (output, _, _) = record(source, tmp_path)
    assert output == "done\n"
    assert len(calls) == 10_000
    assert calls[-1].call == "record full"


def test_threads_share_a_record_and_are_told_apart(tmp_path):
    calls, _ = record((PROGRAMS / "threads.py").read_text(), tmp_path)
    assert {call.thread for call in calls} >= set(range(1, 10))
    assert len([call for call in calls if call.call == "send"]) == 8


def a_call(**values):
    known = {
        "terminal": "server", "pid": 7, "thread": 1, "number": 1, "socket": "7.1",
        "family": "AF_INET", "type": "SOCK_STREAM", "call": "recv", "began": 10, "ended": 20,
    }  # fmt: skip
    return SocketCall(**{**known, **values})


@pytest.mark.parametrize(
    "call",
    [
        a_call(),
        a_call(ended=None, size=0, asked=0),
        a_call(data=b"\0\xff", size=2000, peer=("::1", 5, 0, 0), local=("::1", 6, 0, 0)),
        a_call(family="AF_UNIX", address="/a/path", local="", error="OSError", error_text="no"),
    ],
)
def test_a_call_survives_json(call):
    again = SocketCall.from_json(json.loads(json.dumps(call.as_json())))
    assert again == replace(call, local=call.local or None)


def test_what_is_no_record_is_refused_with_its_line(tmp_path):
    record_file = tmp_path / "record"
    assert read_socket_calls(record_file) == []
    good = json.dumps(a_call().as_json())
    record_file.write_text(f"{good}\n{good[:20]}")
    assert read_socket_calls(record_file) == [a_call()]
    for bad in ("{}", "[1]", "no JSON", good.replace('"began"', '"begun"')):
        record_file.write_text(f"{good}\n{bad}\n")
        with pytest.raises(ValueError, match=r"record:2: not a recorded socket call"):
            read_socket_calls(record_file)


def test_a_call_under_way_is_awaited_unless_it_waits_itself(tmp_path):
    record_file = tmp_path / "record"
    waiting = a_call(ended=None)
    sent = a_call(call="shutdown", number=2, ended=None)
    done = replace(sent, ended=30)
    record_file.write_text(f"{json.dumps(waiting.as_json())}\n{json.dumps(sent.as_json())}\n")
    assert settled_socket_calls(record_file, 0.01) == [waiting, sent]

    def finish():
        with record_file.open("a") as file:
            file.write(f"{json.dumps(done.as_json())}\n")

    timer = threading.Timer(0.05, finish)
    timer.start()
    assert settled_socket_calls(record_file, DEADLINE) == [waiting, done]
    timer.join()


def test_the_system_closes_what_a_process_leaves_open():
    calls = [
        a_call(call="socket", socket="7.1", began=1),
        a_call(call="socket", socket="7.2", began=2),
        a_call(call="accept", socket="7.1", accepted="7.3", began=3, size=5, data=b"hello"),
        a_call(call="close", socket="7.2", began=4),
        a_call(call="recv", socket="7.2", began=5, error="OSError"),
        a_call(call="socket", socket="7.4", began=6, error="OSError"),
        a_call(call="send", socket="8.1", pid=8, began=7),
    ]
    found = with_closes_at_exit(reversed(calls), {7: 100, 9: 200})
    assert found[:7] == calls
    added = [(call.socket, call.call, call.detail, call.began, call.ended) for call in found[7:]]
    assert added == [(name, "close", "process ended", 100, 100) for name in ("7.1", "7.3")]
    assert {(call.size, call.data, call.accepted) for call in found[7:]} == {(None, b"", "")}
