import os
import subprocess
import sys

import psutil
import pytest

from tested_pages.process_tree import process_tree

PARENT = """
import subprocess, sys, threading
child = "import subprocess, sys; subprocess.run([sys.executable, '-c', sys.argv[1]])"
grandchild = "print(1, flush=True); input()"
command = [sys.executable, "-c", child, grandchild]
thread = threading.Thread(target=subprocess.run, args=(command,))
thread.start()
thread.join()
"""


def test_grandchildren_belong_to_it_even_those_that_a_thread_started():
    with subprocess.Popen(
        [sys.executable, "-c", PARENT], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    ) as program:
        assert program.stdout is not None
        program.stdout.readline()  # written by the grandchild
        tree = process_tree(program.pid)
        assert tree[0].pid == program.pid
        assert {process.pid for process in tree[1:]} == {
            process.pid for process in psutil.Process(program.pid).children(recursive=True)
        }
        assert len(tree) == 3
        program.communicate(b"\n")


def test_a_process_without_children_is_alone():
    with subprocess.Popen(
        [sys.executable, "-c", "input()"], stdin=subprocess.PIPE, stderr=subprocess.DEVNULL
    ) as program:
        assert [process.pid for process in process_tree(program.pid)] == [program.pid]
        program.communicate(b"\n")


def test_a_process_that_has_gone_is_an_error():
    with subprocess.Popen([sys.executable, "-c", ""]) as program:
        program.wait()
        with pytest.raises(psutil.NoSuchProcess):
            process_tree(program.pid)


def test_the_first_is_the_caller_itself_when_asked():
    assert process_tree(os.getpid())[0].pid == os.getpid()
