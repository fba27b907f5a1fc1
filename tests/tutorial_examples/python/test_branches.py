"""The programs of the page on branches, and the checks of its exercises."""

import math
import subprocess
import sys
from pathlib import Path

import pytest

import tutorial_examples

PAGE = "python/branches"
FOLDER = Path(tutorial_examples.__file__).parent / PAGE


@pytest.mark.parametrize(
    ("program", "degrees", "printed"),
    [
        ("coat.py", "14", "Take a coat.\nTake a hat.\nOff you go.\n"),
        ("coat.py", "15", "Off you go.\n"),
        ("coat.py", "-3", "Take a coat.\nTake a hat.\nOff you go.\n"),
        ("hat.py", "14", "Take a coat.\nTake a hat.\nOff you go.\n"),
        ("hat.py", "15", "Take a hat.\nOff you go.\n"),
    ],
)
def test_what_to_put_on(run_listing, program, degrees, printed):
    done = run_listing(PAGE, program, typed=f"{degrees}\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"Degrees: {printed}", "")


@pytest.mark.parametrize(
    ("age", "price"),
    [(0, "half"), (5, "half"), (17, "half"), (18, "full"), (90, "full")],
)
def test_nobody_gets_a_ticket_for_nothing(run_listing, age, price):
    done = run_listing(PAGE, "ticket.py", typed=f"{age}\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"Age: {price} price\n", "")


@pytest.mark.parametrize("port", [22, 80, -1])
def test_every_port_is_taken_for_that_of_ssh(run_listing, port):
    done = run_listing(PAGE, "is_ssh.py", typed=f"{port}\n")
    assert done.stdout == f"Port: {port} is the port of ssh, and that is {port}\n"


@pytest.mark.parametrize(
    ("x", "y"), [("15", 30), ("16", 46), ("30", 60), ("31", 31), ("33", 33), ("-15", 0)]
)
def test_each_way_of_the_if_statement(tmp_path, x, y):
    source = (FOLDER / "if_statement.py").read_text(encoding="utf-8")
    assert source.count("x = 30\n") == 1
    program = tmp_path / "if_statement.py"
    program.write_text(source.replace("x = 30\n", f"x = {x}\n"), encoding="utf-8")
    done = subprocess.run([sys.executable, program], capture_output=True, text=True, check=True)
    assert done.stdout == f"y = {y}, sin(y) = {math.sin(y):.4f}\n"


def test_the_sine_of_sixty_degrees():
    assert f"{math.sin(math.radians(60)):.4f}" == "0.8660"


@pytest.mark.parametrize(
    ("command", "answer"),
    [
        ("on", "The lamp is on."),
        (" off ", "The lamp is off."),
        ("on off", "The lamp does not understand 'on off'"),
        ("ON", "The lamp does not understand 'ON'"),
        ("dim 0", "The lamp shines at 0 %."),
        ("dim 007", "The lamp shines at 7 %."),
        ("dim 100", "The lamp shines at 100 %."),
        ("dim 101", "dim needs one number up to 100, not ['101']"),
        ("dim -1", "dim needs one number up to 100, not ['-1']"),
        ("dim", "dim needs one number up to 100, not []"),
        ("dim 1 2", "dim needs one number up to 100, not ['1', '2']"),
        ("dim half", "dim needs one number up to 100, not ['half']"),
        ("", "There was no command."),
        ("   ", "There was no command."),
    ],
)
def test_the_lamp(run_listing, command, answer):
    done = run_listing(PAGE, "lamp.py", typed=f"{command}\n")
    assert (done.returncode, done.stdout, done.stderr) == (0, f"Lamp: {answer}\n", "")


def test_the_two_lines_of_the_mixed_file_look_alike():
    text = (FOLDER / "mixed.txt").read_text(encoding="utf-8")
    tab, spaces = text.splitlines()[2:]
    assert tab.startswith("\tp")
    assert spaces.startswith("        p")
    assert tab.expandtabs(8).index("print") == spaces.index("print")


def test_three_mistakes_of_the_fare_are_reported_and_the_fourth_is_not(tmp_path):
    source = (FOLDER / "broken_fare.txt").read_text(encoding="utf-8")
    fare = tmp_path / "fare.py"

    def run(age):
        fare.write_text(source, encoding="utf-8")
        return subprocess.run(
            [sys.executable, fare], input=f"{age}\n", capture_output=True, text=True, check=False
        )

    mends = [
        ("age < 6\n", "age < 6:\n", 2, "SyntaxError: expected ':'"),
        ("else if", "elif", 6, "SyntaxError: expected ':'"),
        (
            "  print",
            "print",
            10,
            "IndentationError: unindent does not match any outer indentation level",
        ),
    ]
    for wrong, right, line, message in mends:
        complaint = run(10).stderr.splitlines()
        assert complaint[0].endswith(f"line {line}")
        assert complaint[-1] == message
        assert source.count(wrong) == 1
        source = source.replace(wrong, right)
    assert run(10).stdout == "Age: 3.00\n"


@pytest.mark.parametrize(
    ("age", "price"),
    [(0, "0.00"), (5, "0.00"), (6, "1.50"), (17, "1.50"), (18, "3.00"), (64, "3.00"), (65, "2.00")],
)
def test_the_fares(run_listing, age, price):
    assert run_listing(PAGE, "fare.py", typed=f"{age}\n").stdout == f"Age: {price}\n"


@pytest.mark.parametrize("name", ["fare", "port_kind", "reply"])
def test_the_solutions_pass_their_checks(check_answer, name):
    source = (FOLDER / f"{name}.py").read_text(encoding="utf-8")
    assert check_answer(PAGE, name, source).outcome == "solved"


def expect_complaint(verdict, message):
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


FARE = """
age = int(input("Age: "))
if age < 6:
    fare = 0.0
elif age < 18:
    fare = 1.5
elif age < 65:
    fare = 3.0
else:
    fare = 2.0
print(f"{fare:.2f}")
"""


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        (
            "elif age < 18:\n    fare = 1.5\nelif age < 65:\n    fare = 3.0\n",
            "elif age < 65:\n    fare = 3.0\nelif age < 18:\n    fare = 1.5\n",
            "is it the one for this age",
        ),
        ("elif", "if", "is it the one for this age"),
        ("print(f", "    print(f", "the last line belongs to no block"),
        ("elif age < 18", "else if age < 18", "raised SyntaxError: expected ':' at answer.py:5"),
        ("print(f", "  print(f", "raised IndentationError: unindent does not match"),
        ("age < 18", "age <= 18", "expected 'Age: 3.00', but it is 'Age: 1.50'"),
        ("{fare:.2f}", "{fare}", "expected 'Age: 0.00', but it is 'Age: 0.0'"),
        ("int(input(", "(input(", "raised TypeError: '<' not supported between"),
    ],
)
def test_wrong_fares(check_answer, right, wrong, message):
    assert right in FARE
    expect_complaint(check_answer(PAGE, "fare", FARE.replace(right, wrong)), message)


PORT_KIND = """
def port_kind(port):
    if port < 1 or port > 65535:
        return "no port"
    elif port < 1024:
        return "system"
    elif port < 49152:
        return "user"
    else:
        return "dynamic"
"""


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ("port < 1024", "port <= 1024", "look at the numbers on the borders"),
        ("port < 49152", "port < 50000", "look at the numbers on the borders"),
        (
            'port < 1024:\n        return "system"\n    elif port < 49152:\n        return "user"',
            'port < 49152:\n        return "user"\n    elif port < 1024:\n        return "system"',
            "port_kind(22) returned 'user'; expected 'system' (the first condition",
        ),
        ("port < 1 or port > 65535", "port > 65535", "0 and what is below are no ports"),
        (
            "port < 1 or port > 65535",
            "port < 0 or port > 65535",
            "0 and what is below are no ports",
        ),
        ("port < 1 or port > 65535", "port < 1", "what is above 65535 is no port"),
        ("port < 1 or port > 65535", "port < 1 or port >= 65535", "65535 is a port"),
        ("port < 1 or port > 65535", "port < 1 or > 65535", "raised SyntaxError"),
        ('return "system"', 'print("system")', "it printed the answer; return it instead"),
    ],
)
def test_wrong_port_kinds(check_answer, right, wrong, message):
    assert right in PORT_KIND
    expect_complaint(check_answer(PAGE, "port_kind", PORT_KIND.replace(right, wrong)), message)


REPLY = """
def reply(line):
    match line.split():
        case ["upper", *words]:
            return " ".join(words).upper()
        case ["count", *words]:
            return str(len(words))
        case ["quit"]:
            return "bye"
        case _:
            return "what?"
"""


@pytest.mark.parametrize(
    ("right", "wrong", "message"),
    [
        ('["upper", *words]', '["upper", words]', "one with a star takes any number"),
        ('" ".join(words).upper()', "[word.upper() for word in words]", "join the words"),
        ('" ".join(words).upper()', "line.upper()", "the command is not one of the words"),
        (
            '" ".join(words).upper()',
            "line.removeprefix('upper').upper()",
            "returned ' HELLO THERE'",
        ),
        ('" ".join(words).upper()', "line[6:].upper()", "split without an argument"),
        ("str(len(words))", "len(words)", "the answer is a string; str makes one"),
        ("str(len(words))", "str(len(line.split()))", "the command is not one of the words"),
        ("str(len(words))", "str(len(line) - 6)", "these are the letters; count the words"),
        ('["count", *words]', '["count", word, *words]', "returned '1'; expected '2'"),
        ('["quit"]', '["quit", *words]', "quit stands alone"),
        ('["quit"]', "quit", "raised SyntaxError: name capture 'quit' makes remaining"),
    ],
)
def test_wrong_replies(check_answer, right, wrong, message):
    assert right in REPLY
    expect_complaint(check_answer(PAGE, "reply", REPLY.replace(right, wrong)), message)


def test_a_reply_without_an_end(check_answer):
    source = REPLY.replace("        case _:\n", '        case ["hello"] | [_, *_]:\n')
    expect_complaint(check_answer(PAGE, "reply", source), "end with case _")


def test_a_reply_with_ifs_is_as_good(check_answer):
    source = """
def reply(line):
    command, *words = line.split() or [""]
    if command == "upper":
        return " ".join(words).upper()
    if command == "count":
        return str(len(words))
    return "bye" if [command, *words] == ["quit"] else "what?"
"""
    assert check_answer(PAGE, "reply", source).outcome == "solved"


def test_a_reply_that_compares_beginnings(check_answer):
    source = """
def reply(line):
    if line.startswith("upper"):
        return " ".join(line.split()[1:]).upper()
    if line.startswith("count"):
        return str(len(line.split()) - 1)
    return "bye" if line == "quit" else "what?"
"""
    expect_complaint(check_answer(PAGE, "reply", source), "compare whole words")
