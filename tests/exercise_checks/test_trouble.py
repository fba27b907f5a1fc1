"""What is made of the tracebacks that a program leaves."""

from pathlib import Path

import pytest

from exercise_checks import trouble

MINE = Path("/home/ann/mine.py")

RESET = """\
Traceback (most recent call last):
  File "/home/ann/mine.py", line 20, in <module>
    main()
  File "/home/ann/mine.py", line 12, in serve
    data = sock.recv(1024)
           ^^^^^^^^^^^^^^^
ConnectionResetError: [Errno 104] Connection reset by peer
"""
CHAINED = (
    RESET
    + """
During handling of the above exception, another exception occurred:

Traceback (most recent call last):
  File "/home/ann/mine.py", line 21, in <module>
    main()
  File "/usr/lib/python3/json/decoder.py", line 300, in decode
    raise JSONDecodeError(text)
json.decoder.JSONDecodeError: Expecting value: line 1 column 1 (char 0)
"""
)
SYNTAX = """\
  File "/home/ann/mine.py", line 3
    def main(:
             ^
SyntaxError: invalid syntax
"""
INTERRUPT = """\
Traceback (most recent call last):
  File "/home/ann/mine.py", line 8, in <module>
    sock, address = listener.accept()
KeyboardInterrupt
"""
NO_MEMORY = """\
Traceback (most recent call last):
  File "/home/ann/mine.py", line 15, in serve
    data += sock.recv(4096)
object address  : 0x7fab84b4d180
object refcount : 3
object type     : 0x7fab852f4de0
object type name: MemoryError
object repr     : MemoryError()
lost sys.stderr
"""
REPORTED = f"""\
----------------------------------------
Exception occurred during processing of request from ('127.0.0.1', 40000)
{RESET}----------------------------------------
"""


@pytest.mark.parametrize(
    ("errors", "expected"),
    [
        (RESET, "ConnectionResetError: [Errno 104] Connection reset by peer at mine.py:12"),
        (CHAINED, "JSONDecodeError: Expecting value: line 1 column 1 (char 0) at mine.py:21"),
        (SYNTAX, "SyntaxError: invalid syntax at mine.py:3"),
        (NO_MEMORY, "MemoryError at mine.py:15"),
        (INTERRUPT, "KeyboardInterrupt at mine.py:8"),
        (REPORTED, "ConnectionResetError: [Errno 104] Connection reset by peer at mine.py:12"),
        (RESET.replace("ann", "eve"), "ConnectionResetError: [Errno 104] Connection reset by peer"),
    ],
)
def test_a_traceback_is_told_in_one_line(errors, expected):
    assert str(trouble.find(errors, MINE)) == expected


@pytest.mark.parametrize("errors", ["", "Stopped\n", '  File "/home/ann/mine.py", line 3\n'])
def test_where_there_is_no_traceback_none_is_found(errors):
    assert trouble.find(errors, MINE) is None


def test_the_hint_depends_on_the_role():
    found = trouble.find(RESET, MINE)
    assert trouble.hint(found, "server").startswith("catch ConnectionError")
    assert trouble.hint(found, "client") == ""


def test_each_thread_has_a_place(tmp_path):
    mine = tmp_path / "mine.py"
    mine.write_text("one\n    two()\nthree\n")
    dump = f"""\
Fatal Python error: Aborted

Thread 0x00007f01 (most recent call first):
  File "/usr/lib/python3/socket.py", line 300 in accept
  File "{mine}", line 2 in serve
  File "{mine}", line 1 in <module>

Thread 0x00007f03 (most recent call first):
  File "{mine}", line 2 in serve

Thread 0x00007f04 (most recent call first):
  File "/usr/lib/python3/threading.py", line 30 in wait

Current thread 0x00007f02 (most recent call first):
  File "{mine}", line 3 in <module>
"""
    assert trouble.places(dump, mine) == "mine.py:2, 'two()' and mine.py:3, 'three'"
    assert trouble.places("", mine) == ""
