"""The programs of the page on loops, and the checks of its exercises."""

import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest

import tutorial_examples

PAGE = "python/loops"
FOLDER = Path(tutorial_examples.__file__).parent / PAGE
ON_POSIX = sys.platform != "win32"


def evaluated(expression, *names):
    """What Python prints for an expression, after importing these names from their listings."""
    lines = [f"from {name} import {name}" for name in names]
    done = subprocess.run(
        [sys.executable, "-B", "-c", "\n".join([*lines, f"print({expression})"])],
        cwd=FOLDER,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout.rstrip("\n")


@pytest.mark.parametrize(
    ("program", "printed"),
    [
        ("while_loop.py", "1\n2\n3\n4\n5\n6\n7\n8\n9\n"),
        ("while_else.py", "1\n2\nhello\n"),
        ("while_else_break.py", "1\n"),
        ("for_list.py", "1\n7\n13\n2\n"),
        ("for_range.py", "0\n1\n2\n3\n4\n"),
        ("for_else.py", "0\n"),
        ("read_ports.py", "['ssh', '22']\n['http', '80']\n"),
        ("nested_break.py", "a\nx\n"),
    ],
)
def test_what_the_loops_print(run_listing, program, printed):
    done = run_listing(PAGE, program)
    assert (done.returncode, done.stdout, done.stderr) == (0, printed, "")


@pytest.mark.parametrize(
    ("program", "old", "new", "printed"),
    [
        ("read_ports.py", '"END", "draft 99"', '"draft 99"', "ssh 22 http 80 draft 99"),
        ("read_ports.py", '"# ports"', '"END"', ""),
        # A blank is true, and so no empty line; nothing is left of it by split.
        ("read_ports.py", '"", ', '" ", ', "ssh 22 http 80"),
        ("nested_break.py", "            break\n", "            continue\n", "a c x z"),
    ],
)
def test_the_loops_with_one_thing_changed(tmp_path, program, old, new, printed):
    source = (FOLDER / program).read_text(encoding="utf-8")
    assert source.count(old) == 1
    changed = tmp_path / program
    changed.write_text(source.replace(old, new), encoding="utf-8")
    done = subprocess.run([sys.executable, changed], capture_output=True, text=True, check=True)
    assert re.sub(r"[^\w]+", " ", done.stdout).strip() == printed


def test_an_else_without_a_break_might_stand_behind_the_loop(tmp_path):
    source = (FOLDER / "while_else.py").read_text(encoding="utf-8")
    assert source.count('else:\n    print("hello")') == 1
    program = tmp_path / "while_behind.py"
    program.write_text(
        source.replace('else:\n    print("hello")', 'print("hello")'), encoding="utf-8"
    )
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True)
    assert done.stdout == "1\n2\nhello\n"


@pytest.mark.skipif(not ON_POSIX, reason="Windows has no signal that ends only one child")
def test_the_endless_loop_is_ended_by_an_interrupt():
    with subprocess.Popen(
        [sys.executable, "-u", "endless.py"],
        cwd=FOLDER,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as process:
        assert process.stdout
        assert process.stdout.readline() == "3\n"
        process.send_signal(signal.SIGINT)
        printed, complaint = process.communicate()
    assert set(printed.splitlines()) <= {"3"}
    assert complaint.splitlines()[-1] == "KeyboardInterrupt"


@pytest.mark.parametrize(
    ("typed", "answers"),
    [
        ("\nhello\n", ""),
        ("hello\n\nmore\n", "HELLO\n"),
        # A blank is no empty line.
        (" \nstraße\n\n", " \nSTRASSE\n"),
    ],
)
def test_upper_lines(run_listing, typed, answers):
    done = run_listing(PAGE, "upper_lines.py", typed=typed)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.replace("Send: ", "") == answers


@pytest.mark.parametrize(
    ("typed", "printed"),
    [
        ("socket\n", "Guess 1: Yes\n"),
        ("Socket\nsocket \nsocket\n", "Guess 1: No\nGuess 2: No\nGuess 3: Yes\n"),
        ("\n\n\n", "Guess 1: No\nGuess 2: No\nGuess 3: No\nIt was socket\n"),
    ],
)
def test_guess(run_listing, typed, printed):
    done = run_listing(PAGE, "guess.py", typed=typed)
    assert (done.returncode, done.stdout, done.stderr) == (0, printed, "")


def test_steps_of_large_numbers():
    assert evaluated("steps(2**200), steps(2**60 + 1)", "steps") == "200 479"


def test_pieces_are_the_text():
    joined = "all(''.join(pieces('abcdefgh', n)) == 'abcdefgh' for n in range(1, 12))"
    assert evaluated(joined, "pieces") == "True"
    assert evaluated("pieces('äß😀', 2)", "pieces") == "['äß', '😀']"


@pytest.mark.parametrize("name", ["steps", "pieces", "guess"])
def test_the_solutions_pass_their_checks(check_answer, name):
    source = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
    assert check_answer(PAGE, name, source).outcome == "solved"


def expect_complaint(verdict, message):
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


STEPS = """
def steps(n):
    count = 0
    while n != 1:
        n = n // 2 if n % 2 == 0 else 3 * n + 1
        count += 1
    return count
"""


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("count = 0", "count = 1", "count the steps, not the numbers"),
        ("n != 1", "n > 2", "the last step, to 1, counts too"),
        ("    return count", "        return count", "return after the loop, not within it"),
        ("n // 2 if", "n / 2 if", "large floats are not exact"),
        (
            "count += 1",
            "count += 1\n    if count == 0:\n        return 3",
            "1 is there already; ask before the first step",
        ),
        ("    return count", "    print(count)", "it printed the answer; return it instead"),
    ],
)
def test_wrong_steps(check_answer, right, wrong, message):
    assert right in STEPS
    expect_complaint(check_answer(PAGE, "steps", STEPS.replace(right, wrong)), message)


def test_steps_that_return_the_numbers(check_answer):
    source = STEPS.replace("count = 0", "count = []").replace("count += 1", "count.append(n)")
    expect_complaint(check_answer(PAGE, "steps", source), "these are the numbers")


@pytest.mark.parametrize(
    ("result", "message"),
    [
        ("[text[s:s + size] for s in range(len(text))]", "the pieces overlap"),
        ("[text[s] for s in range(0, len(text), size)]", "each piece is a slice"),
        ("[text[s:s + size] for s in range(0, len(text) - size, size)]", "must not be lost"),
        ("[text[s:s + size] for s in range(0, len(text) + 1, size)]", "an empty piece at the end"),
        ("[text[s:size] for s in range(0, len(text), size)]", "returned ['abc', '', '']"),
        ("[text[:size]]", "return after the loop"),
        ("text[:size]", "return after the loop"),
        (
            "[text[s:s + size] for s in range(0, len(text), size)] or ['']",
            "of an empty text there are no pieces",
        ),
    ],
)
def test_wrong_pieces(check_answer, result, message):
    source = f"def pieces(text, size):\n    return {result}\n"
    expect_complaint(check_answer(PAGE, "pieces", source), message)


GUESS = """
for attempt in range(1, 4):
    word = input(f"Guess {attempt}: ")
    if word == "socket":
        print("Yes")
        break
    print("No")
else:
    print("It was socket")
"""


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("        break\n", "", "expected nothing, but it is 'No' (the right word ends"),
        (
            '        break\n    print("No")',
            '    else:\n        print("No")',
            "break leaves the loop",
        ),
        ('else:\n    print("It', 'print("It', "else is run if there was no break"),
        ("range(1, 4)", "range(3)", "expected 'Guess 1: Yes', but it is 'Guess 0: Yes'"),
        ("range(1, 4)", "range(1, 3)", "expected 'Guess 3: Yes', but it is 'It was socket'"),
        ('    print("No")\n', "", "expected 'Guess 1: No', but it is 'Guess 1: Guess 2: Yes'"),
        ('    print("No")\nelse:\n', '    else:\n        print("No")\n', "line 2 of the output"),
    ],
)
def test_wrong_guesses(check_answer, right, wrong, message):
    assert right in GUESS
    expect_complaint(check_answer(PAGE, "guess", GUESS.replace(right, wrong)), message)
