"""Why a command or a piece of code cannot run in a browser."""

import pytest

from live_pages.browser_limits import argv_of, reason_of_command, reason_of_source

FILES = {
    "hello.py": "print('hello')\n",
    "starts.py": "import helper\n",
    "helper.py": "import subprocess\n",
    "package/__init__.py": "",
    "package/__main__.py": "from socketserver import ForkingTCPServer\n",
}


@pytest.mark.parametrize(
    "command",
    [
        "python hello.py",
        "python hello.py 'two words'",
        "python -m hello",
        "python -m http.server 8000",
        "echo $?",
    ],
)
def test_can_run(command):
    assert reason_of_command(command, FILES) == ""


@pytest.mark.parametrize(
    ("command", "word"),
    [
        ("python", "interactive interpreter"),
        ("python -i hello.py", "-i"),
        ("python nothing.py", "nothing.py"),
        ("python starts.py", "another process"),
        ("python -m package", "fork"),
        ("python -m pytest", "pytest"),
        ("cat hello.py", "cat"),
        ("python hello.py | sort", "shell"),
        ("echo $HOME", "shell"),
    ],
)
def test_cannot_run(command, word):
    reason = reason_of_command(command, FILES)
    assert word in reason
    assert reason.endswith(".")


@pytest.mark.parametrize(
    "source",
    [
        "import socket, asyncio, http.server\n",
        "try:\n    import uvloop\nexcept ImportError:\n    uvloop = None\n",
        "from typing import TYPE_CHECKING\nif TYPE_CHECKING:\n    import numpy\n",
        "import hello\n",
        "print 'Python 2'\n",
    ],
)
def test_source_can_run(source):
    assert reason_of_source(source, FILES) == ""


@pytest.mark.parametrize(
    ("source", "word"),
    [
        ("import ssl\n", "TLS"),
        ("def later():\n    from subprocess import run\n", "another process"),
        ("import os\nos.fork()\n", "fork"),
        ("from os import fork\n", "fork"),
        ("import signal\nsignal.alarm(1)\n", "timer"),
        ("import resource\n", "resource"),
        ("import httpx\n", "httpx"),
        ("import package.__main__\n", "fork"),
        ("from concurrent.futures import ProcessPoolExecutor\n", "another process"),
    ],
)
def test_source_cannot_run(source, word):
    files = {**FILES, "package/__main__/__init__.py": FILES["package/__main__.py"]}
    assert word in reason_of_source(source, files)


def test_modules_that_import_each_other_end():
    files = {"one.py": "import two\n", "two.py": "import one\n"}
    assert reason_of_command("python one.py", files) == ""


def test_words_of_a_command():
    assert argv_of("python a.py 'b c'") == ["python", "a.py", "b c"]
    assert argv_of("python a.py > b") == ["python a.py > b"]
