"""Terminals of a page: real programs, and transcripts that say exactly what happened."""

import os
import selectors
import signal
import sys
import textwrap

import pytest
from written_pages import failures, needs_linux, needs_terminals

from tested_pages.pseudo_terminal import PseudoTerminalProcess
from tested_pages.terminals import PageTerminals, TranscriptFailure
from tested_pages.transcript import Command, Key, Output, Typed, read_transcript

pytestmark = needs_terminals

# Only a broken machine waits for so long.
PATIENCE = 120.0

ASKING = """\
    while text := input("Send: "):
        print(text.upper())
    print("Stopped")
    """

# A server that prints what it gets, until Ctrl-C.
SERVER = """\
    import socket

    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    sock.bind(("127.0.0.1", 11111))
    print("Listening")
    try:
        while True:
            data, address = sock.recvfrom(1024)
            print(data.decode())
            sock.sendto(data.upper(), address)
    except KeyboardInterrupt:
        print("Stopped")
    """

CLIENT = """\
    import socket

    sock = socket.socket(socket.AF_INET, socket.SOCK_DGRAM)
    try:
        while True:
            sock.sendto(input("Send: ").encode(), ("127.0.0.1", 11111))
            print(sock.recv(1024).decode())
    except EOFError:
        pass
    """

TALKING = """\
    import time
    print("one")
    print("two")
    try:
        time.sleep(1000)
    except KeyboardInterrupt:
        print("three")
    """


def terminal(transcript, name="one"):
    """A page with one terminal, whose transcript begins in line 2."""
    lines = "".join(f"{line}\n" for line in transcript)
    return f"```{{terminal}} {name}\n{lines}```\n"


def python(code):
    """A command that runs a line of Python."""
    return f"$ python -c {quoted(code)}"


def quoted(code):
    assert "'" not in code
    return f"'{code}'"


def artifact(result):
    """What the page shows of its only terminal."""
    [example] = result.examples
    return [tuple(segment) for segment in example.artifact]


def test_a_transcript_is_read_as_steps():
    body = "$ python x.py\nListening\nSend: hello\n^C\n⌨ typed\n^D\n⌨ ⏎\n$\n"
    assert read_transcript(body, 5) == [
        Command(5, "python x.py"),
        Output(6, "Listening"),
        Output(7, "Send: hello"),
        Key(8, "^C"),
        Typed(9, "typed"),
        Key(10, "^D"),
        Typed(11, ""),
        Command(12, ""),
    ]


def test_output_is_compared(pages):
    result = pages.passes(terminal([python("print(1); print(2)"), "1", "2"]))
    assert artifact(result) == [
        ("prompt", "$ "),
        ("command", python("print(1); print(2)").removeprefix("$ ")),
        ("output", "\n1\n2\n"),
    ]


@pytest.mark.parametrize(
    ("transcript", "line"),
    [
        (["$ echo 1", "2"], 3),
        (["$ echo 1", "1 "], 3),
        (["$ echo 1", " 1"], 3),
        (["$ echo 1", "1", ""], 4),
        (["$ echo 1", "1", "2"], 4),
        (["$ echo 1", "", "1"], 3),
        (["$ printf '1\\n2\\n3\\n'", "1", "x", "3"], 4),
        (["$ printf '1\\n2\\n3\\n'", "1", "3"], 4),
    ],
)
def test_a_line_that_is_not_as_shown_fails(pages, transcript, line):
    failure = pages.fails(terminal(transcript))
    assert failure.line == line
    assert f"the page shows: {transcript[line - 2]!r}" in failure.message


@pytest.mark.parametrize(
    ("transcript", "line"),
    [
        (["$ echo 1"], 2),
        (["$ printf '1\\n2\\n'", "1"], 3),
        (["$ printf '1\\n2\\n'", "1", "$ true"], 3),
        (["$ printf '1\\n\\n'", "1"], 3),
        (["$ printf '1\\n2'", "1"], 3),
        (["$ printf '1\\n '", "1"], 3),
    ],
)
def test_more_output_than_shown_fails(pages, transcript, line):
    failure = pages.fails(terminal(transcript))
    assert failure.line == line
    assert "the program printed more than the page shows" in failure.message
    assert "it then printed:\n" in failure.message


def test_a_program_may_end_without_a_newline(pages):
    pages.passes(terminal(["$ printf 1", "1", "$ printf 2", "2"]))


def test_a_program_may_print_nothing(pages):
    pages.passes(terminal(["$ true", "$ true"]))


def test_several_programs_run_one_after_another(pages):
    pages.passes(terminal(["$ echo 1", "1", "$ echo 2", "2"]))


def test_errors_are_shown_like_other_output(pages):
    code = 'import sys; print("error", file=sys.stderr); print("output")'
    pages.passes(terminal([python(code), "error", "output"]))


def test_output_in_many_small_pieces_is_joined(pages):
    code = """\
        import os
        for byte in "é Grüße 你好\\n".encode() * 200:
            os.write(1, bytes([byte]))
        """
    lines = ["é Grüße 你好"] * 200
    pages.passes(terminal(["$ python pieces.py", *lines]), {"pieces.py": code})


def test_a_megabyte_of_output_can_be_left_out(pages):
    code = 'print(*range(150_000), sep="\\n"); print("end")'
    transcript = [python(code), "0", "...", "149999", "end"]
    pages.passes(terminal(transcript))


def test_a_megabyte_of_output_that_is_wrong_is_cut_short(pages):
    code = 'print(*range(150_000), sep="\\n"); print("x" * 1_000_000)'
    failure = pages.fails(terminal([python(code), "0", "...", "end"]))
    assert failure.line == 5
    assert len(failure.message) < 20_000
    assert "more lines)" in failure.message
    assert "more characters)" in failure.message


def test_output_without_end_is_stopped(pages):
    failure = pages.fails(terminal(["$ yes " + "y" * 1000, "...", "end"]))
    assert "printed more than 4000000 characters" in failure.message
    assert len(failure.message) < 500_000


def test_typed_answers_follow_prompts(pages):
    result = pages.passes(
        terminal(
            ["$ python ask.py", "Send: hello", "HELLO", "Send: a b", "A B", "Send: ⏎", "Stopped"]
        ),
        {"ask.py": ASKING},
    )
    assert artifact(result)[2:] == [
        ("output", "\nSend: "),
        ("typed", "hello"),
        ("output", "\nHELLO\nSend: "),
        ("typed", "a b"),
        ("output", "\nA B\nSend: "),
        ("key", "⏎"),
        ("output", "\nStopped\n"),
    ]


@pytest.mark.parametrize("answer", ["é 你好", "a...z", "^", " x ", "\\n", "Send: ", "#"])
def test_anything_can_be_typed(pages, answer):
    pages.passes(
        terminal(["$ python ask.py", f"Send: {answer}", answer.upper(), "Send: ⏎", "Stopped"]),
        {"ask.py": ASKING},
    )


def test_a_wrong_answer_of_the_program_fails_at_its_line(pages):
    failure = pages.fails(
        terminal(["$ python ask.py", "Send: hello", "hello", "Send: ⏎", "Stopped"]),
        {"ask.py": ASKING},
    )
    assert failure.line == 4
    assert "it then printed:\n    HELLO" in failure.message
    assert "after, as shown:\n    $ python ask.py\n    Send: hello" in failure.message


def test_a_program_that_does_not_ask_gets_no_answer(pages):
    failure = pages.fails(terminal(["$ echo Send:", "Send: hello"]))
    assert failure.line == 3
    assert "the page shows: 'Send: hello'" in failure.message


def test_a_program_that_asks_again_instead_of_answering_fails(pages):
    transcript = ["$ python ask.py", "Send: hello", "HELLO", "Send: ⏎", "Stopped"]
    code = 'while True: input("Send: ")\n'
    failure = pages.fails(terminal(transcript), {"ask.py": code})
    assert failure.line == 4


def test_a_prompt_may_wait_for_the_next_fence(pages):
    page = terminal(["$ python ask.py", "Send: a", "A"]) + "\nText.\n\n" + terminal(["Send: ^D"])
    code = 'try:\n    while True: print(input("Send: ").upper())\nexcept EOFError:\n    pass\n'
    pages.passes(page, {"ask.py": code})


def test_text_is_typed_where_there_is_no_prompt(pages):
    code = "print(input() + input() + '.')"
    result = pages.passes(terminal(["$ python ask.py", "⌨ one", "⌨ ⏎", "one."]), {"ask.py": code})
    assert ("typed", "one") in artifact(result)
    assert ("key", "⏎") in artifact(result)


def test_a_line_that_begins_like_a_prompt_and_goes_on_by_itself_is_left_out(pages):
    code = """\
        import time
        print("Working: ", end="", flush=True)
        time.sleep(0.3)
        print("done")
        """
    result = pages.passes(terminal(["$ python work.py", "Working: ..."]), {"work.py": code})
    assert artifact(result)[-1] == ("output", "\nWorking: done\n")


def test_a_program_that_computes_in_the_middle_of_a_line_is_not_waiting(pages):
    code = """\
        print("Sum: ", end="", flush=True)
        print(sum(range(3_000_000)))
        """
    pages.passes(terminal(["$ python work.py", "Sum: 4499998500000"]), {"work.py": code})


def test_a_password_that_stays_hidden_can_be_typed(pages):
    code = """\
        import getpass
        print(getpass.getpass("Password: ") == "secret")
        print(input("Name: "))
        """
    transcript = ["$ python login.py", "Password: secret", "True", "Name: Ada", "Ada"]
    pages.passes(terminal(transcript), {"login.py": code})


def test_an_interactive_python_is_a_program_like_others(pages):
    transcript = [
        "$ python -q",
        ">>> x = 20",
        ">>> x + 1",
        "21",
        ">>> for letter in 'ab':",
        "...     print(letter)",
        "... ⏎",
        "a",
        "b",
        ">>> y",
        "Traceback (most recent call last):",
        "  ...",
        "NameError: name 'y' is not defined",
        ">>> exit()",
    ]
    pages.passes(terminal(transcript))


def test_control_c_ends_a_program(pages):
    result = pages.passes(
        terminal(["$ python server.py", "Listening", "^C", "Stopped"]), {"server.py": SERVER}
    )
    assert artifact(result)[2:] == [
        ("output", "\nListening\n"),
        ("key", "^C"),
        ("output", "\nStopped\n"),
    ]


@pytest.mark.parametrize("before", [["one", "two"], ["..."], ["one", "..."]])
@pytest.mark.parametrize("shown", ["\nthree\n^C", "\nthree^C\n", "\n^Cthree\n", "^C\nthree\n"])
def test_a_program_may_answer_control_c_before_the_terminal_shows_it(
    tmp_path, monkeypatch, before, shown
):
    # Linux does so now and then, when another program takes its processor; here it never shows
    # the key, and the program does.
    monkeypatch.setattr(
        PseudoTerminalProcess, "press", lambda program, key: os.kill(program.pid, signal.SIGINT)
    )
    code = TALKING.replace('"three"', f'{shown!r}, end=""')
    (tmp_path / "talk.py").write_text(textwrap.dedent(code))
    lines = ["$ python talk.py", *before, "^C", "three"]
    terminals = PageTerminals(tmp_path, lambda name: os.environ, PATIENCE)
    segments = terminals.play("one", read_transcript("".join(f"{line}\n" for line in lines), 1))
    assert terminals.finish() == []
    output = "\n" + "".join(f"{line}\n" for line in before)
    assert segments[2:] == [("output", output), ("key", "^C"), ("output", "\nthree\n")]


def test_control_c_that_the_terminal_does_not_show_fails(tmp_path, monkeypatch):
    code = """\
        import termios, time
        attributes = termios.tcgetattr(0)
        attributes[3] &= ~termios.ECHOCTL
        termios.tcsetattr(0, termios.TCSANOW, attributes)
        print("one")
        while True:
            try:
                time.sleep(1000)
            except KeyboardInterrupt:
                pass
        """
    (tmp_path / "hide.py").write_text(textwrap.dedent(code))
    terminals = PageTerminals(tmp_path, lambda name: os.environ, PATIENCE)
    try:
        terminals.play("one", read_transcript("$ python hide.py\none\n", 1))
        monkeypatch.setattr(terminals, "_deadline_seconds", 1.0)
        with pytest.raises(TranscriptFailure, match="the terminal did not show the key"):
            terminals.play("one", read_transcript("^C\n", 3))
    finally:
        terminals.close()


def test_control_c_at_a_prompt(pages):
    code = 'try:\n    input("Send: ")\nexcept KeyboardInterrupt:\n    print("Stopped")\n'
    pages.passes(terminal(["$ python ask.py", "Send: ^C", "Stopped"]), {"ask.py": code})


def test_control_c_finds_the_program_where_it_waits(pages):
    code = 'import time\nprint("Up")\nsum(range(2_000_000))\ntime.sleep(1000)\n'
    transcript = [
        "$ python wait.py",
        "Up",
        "^C",
        "Traceback (most recent call last):",
        '  File "wait.py", line 4, in <module>',
        "    time.sleep(1000)",
        "...",
        "KeyboardInterrupt",
        "$ echo $?",
        "130",
    ]
    pages.passes(terminal(transcript), {"wait.py": code})


def test_control_c_reaches_a_program_that_never_rests(pages):
    code = """\
        def work():
            while True:
                len([])
        print("Up")
        try:
            work()
        except KeyboardInterrupt:
            print("Down")
        """
    pages.passes(terminal(["$ python busy.py", "Up", "^C", "Down"]), {"busy.py": code})


def test_control_c_is_not_for_a_program_that_has_ended(pages):
    failure = pages.fails(terminal(["$ echo 1", "1", "^C"]))
    assert failure.line == 4
    assert "the program had ended" in failure.message


@pytest.mark.parametrize("end", ["", "print()"])
def test_a_new_line_after_control_d_is_the_page_s_own(pages, end):
    code = f"""\
        try:
            input("Send: ")
        except EOFError:
            {end or "pass"}
            print("Stopped")
        """
    result = pages.passes(terminal(["$ python ask.py", "Send: ^D", "Stopped"]), {"ask.py": code})
    assert artifact(result)[2:] == [
        ("output", "\nSend: "),
        ("key", "^D"),
        ("output", "\nStopped\n"),
    ]


@pytest.mark.parametrize("key", ["^C", "^D", "⌨ text"])
@pytest.mark.parametrize("more", ["two", ""])
def test_output_that_the_page_does_not_show_before_a_key_fails(pages, key, more):
    code = f"""\
        print("one")
        print({more!r})
        try:
            input()
        except (EOFError, KeyboardInterrupt):
            pass
        """
    failure = pages.fails(terminal(["$ python ask.py", "one", key]), {"ask.py": code})
    assert failure.line == 4
    assert "the program printed more than the page shows before this" in failure.message


def test_a_key_loses_nothing_that_was_printed(tmp_path):
    code = 'import os, time\nos.write(1, b"one\\n")\ntime.sleep(1000)\n'
    program = PseudoTerminalProcess([sys.executable, "-c", code], tmp_path, dict(os.environ))
    try:
        with selectors.DefaultSelector() as selector:
            selector.register(program, selectors.EVENT_READ)
            assert selector.select(PATIENCE)
            program.press(b"\x03")
            printed = ""
            while "KeyboardInterrupt" not in printed:
                assert selector.select(PATIENCE)
                printed += program.read()
        assert printed.startswith("one\n^C")
    finally:
        program.close()


def test_control_d_without_a_prompt(pages):
    pages.passes(terminal(["$ cat", "⌨ one", "one", "^D"]))


@pytest.mark.parametrize("lines", [["^Z"], ["^c"], ["^\\"]])
def test_other_keys_are_refused(pages, lines):
    failure = pages.fails(terminal(["$ cat", *lines, "^D"]))
    assert failure.line == 3
    assert failure.message == f"the keys that can be pressed are ^C and ^D, not {lines[0]}"


@pytest.mark.parametrize(
    ("shown", "passes"),
    [
        (["1", "2", "3"], True),
        (["...", "2", "3"], True),
        (["1", "...", "3"], True),
        (["1", "2", "..."], True),
        (["..."], True),
        (["1", "...", "2", "...", "3"], True),
        (["1", "2", "3", "..."], True),
        (["1", "...", "2", "3"], True),
        (["...", "3", "..."], True),
        (["...", "2"], False),
        (["2", "..."], False),
        (["...", "4"], False),
        (["1", "...", "4", "..."], False),
        (["3", "...", "1"], False),
    ],
)
def test_an_ellipsis_on_its_own_line_stands_for_any_lines(pages, shown, passes):
    result = pages.run(terminal(["$ printf '1\\n2\\n3\\n'", *shown]))
    assert (failures(result) == []) is passes


@pytest.mark.parametrize(
    ("shown", "passes"),
    [
        ("port 54321", True),
        ("port ...", True),
        ("...54321", True),
        ("p...1", True),
        ("... 5...", True),
        ("port 5...2", False),
        ("port...6...", False),
    ],
)
def test_an_ellipsis_in_a_line_stands_for_any_text_of_it(pages, shown, passes):
    result = pages.run(terminal(["$ printf 'port 54321\\n2\\n'", shown, "2"]))
    assert (failures(result) == []) is passes


def test_what_an_ellipsis_leaves_out_in_a_line_is_shown_as_it_was(pages):
    result = pages.passes(terminal(["$ echo port 54321", "port ..."]))
    assert artifact(result)[-1] == ("output", "\nport 54321\n")


@pytest.mark.parametrize(
    "transcript",
    [
        ["one", "two", "^C", "three"],
        ["...", "^C", "three"],
        ["one", "...", "^C", "three"],
        ["...", "two", "^C", "three"],
        ["one", "two", "...", "^C", "three"],
        ["one", "two", "^C", "..."],
        ["...", "^C", "..."],
    ],
)
def test_an_ellipsis_may_stand_before_and_after_control_c(pages, transcript):
    pages.passes(terminal(["$ python talk.py", *transcript]), {"talk.py": TALKING})


@pytest.mark.parametrize(
    ("transcript", "line"),
    [
        (["^C", "three"], 3),
        (["one", "^C", "three"], 4),
        (["two", "^C", "three"], 3),
        (["one", "two", "^C"], 5),
        (["one", "two", "^C", "three", "four"], 7),
        (["...", "^C"], 4),
        (["...", "two", "^C"], 5),
        (["...", "one", "^C", "three"], 5),
    ],
)
def test_what_is_not_shown_around_control_c_fails(pages, transcript, line):
    failure = pages.fails(terminal(["$ python talk.py", *transcript]), {"talk.py": TALKING})
    assert failure.line == line


def test_an_ellipsis_at_the_end_of_a_fence_covers_what_comes_before_the_next_one(pages):
    pages.passes(
        terminal(["$ python talk.py", "..."]) + "\nText.\n\n" + terminal(["^C", "three"]),
        {"talk.py": TALKING},
    )


def test_an_ellipsis_before_a_typed_answer(pages):
    code = 'print("Welcome"); print("here"); print(input("Name: "))'
    transcript = ["$ python ask.py", "...", "Name: Ada", "Ada"]
    pages.passes(terminal(transcript), {"ask.py": code})


CONVERSATION = textwrap.dedent("""\
    ```{terminal} server
    $ python server.py
    Listening
    ```

    Text.

    ```{terminal} first client
    $ python client.py
    Send: hello
    HELLO
    ```
    ```{terminal} second client
    $ python client.py
    Send: me too
    ME TOO
    Send: ^D
    ```

    ```{terminal} first client
    Send: bye
    BYE
    Send: ^D
    ```

    ```{terminal} server
    hello
    me too
    bye
    ^C
    Stopped
    $ echo $?
    0
    ```
    """)
PROGRAMS = {"server.py": SERVER, "client.py": CLIENT}


def test_several_terminals_run_at_once(pages):
    result = pages.passes(CONVERSATION, PROGRAMS, count=5)
    assert [example.fence_line for example in result.examples] == [1, 8, 13, 20, 26]


@pytest.mark.parametrize(
    ("right", "wrong", "line"),
    [
        ("\nhello\n", "\n", 27),
        ("me too\nbye", "bye", 28),
        ("bye\n^C", "^C", 29),
        ("Stopped\n", "", 30),
        ("BYE", "Bye", 22),
    ],
)
def test_what_other_terminals_make_a_server_print_is_compared(pages, right, wrong, line):
    assert CONVERSATION.count(right) >= 1
    changed = wrong.join(CONVERSATION.rsplit(right, 1))
    assert failures(pages.run(changed, PROGRAMS))[0].line == line


def test_after_a_failure_the_terminals_that_follow_are_not_run(pages):
    result = pages.run(CONVERSATION.replace("HELLO", "Hello"), PROGRAMS)
    outcomes = [(example.outcome, example.message) for example in result.examples]
    assert [outcome for outcome, _ in outcomes] == ["passed", "failed"] + ["not run"] * 3
    assert {message for _, message in outcomes[2:]} == {"a terminal went wrong at line 11"}


def test_a_crash_is_shown_whole(pages):
    code = 'print("one")\nprint("two")\n1 / 0\n'
    failure = pages.fails(terminal(["$ python crash.py", "one", "three"]), {"crash.py": code})
    assert failure.line == 4
    for text in [
        "it ended with exit status 1",
        "the page shows: 'three'",
        '    one\n    two\n    Traceback (most recent call last):\n      File "crash.py", line 3',
        "    ZeroDivisionError: division by zero",
        "after, as shown:\n    $ python crash.py",
    ]:
        assert text in failure.message


def test_a_crash_by_a_signal_tells_its_status(pages):
    code = "import os, signal; os.kill(os.getpid(), signal.SIGSEGV)"
    failure = pages.fails(terminal([python(code)]))
    assert failure.line == 2
    assert "it ended with exit status 139" in failure.message


SLEEP = "import time\ntime.sleep(1000)\n"

# What hangs: a transcript of `program.py`, the program, the line that fails, what is said of it.
HANGS = {
    "a program that prints nothing": (
        ["one"],
        SLEEP,
        3,
        ["did not print what the page shows within 10 seconds", "it still runs"],
    ),
    "a program that prints a part": (
        ["one", "two", "three"],
        'print("one")\nprint("two")\n' + SLEEP,
        5,
        ["it then printed:\n    one\n    two", "the page shows: 'three'"],
    ),
    "a program in the middle of a line": (
        ["one"],
        'print("on", end="", flush=True)\n' + SLEEP,
        3,
        ["it then printed:\n    on", "it waits after 'on'", "a prompt ends in a space"],
    ),
    "a program after an answer": (["Send: x", "X"], 'input("Send: ")\n' + SLEEP, 4, []),
    "a prompt without a space": (
        ["Send: x"],
        'input("Send:")',
        3,
        ["it waits after 'Send:', which is no prompt, since a prompt ends in a space"],
    ),
    "a prompt that the page leaves unanswered": (
        ["Send: "],
        'input("Send: ")',
        3,
        ["it waits after 'Send: '"],
    ),
    "a program that is left running": (
        ["one"],
        'print("one")\n' + SLEEP,
        3,
        ["the program does not end; end it on the page, for instance with a line ^C"],
    ),
    "a program that runs when the next is started": (
        ["one", "$ echo 1", "1"],
        'print("one")\n' + SLEEP,
        3,
        ["the program does not end; end it on the page"],
    ),
    "a program that ignores ^C": (
        ["one", "^C", "two"],
        """\
        import signal
        signal.signal(signal.SIGINT, signal.SIG_IGN)
        print("one")
        while True:
            signal.pause()
        """,
        5,
        ["it still runs"],
    ),
}


@pytest.fixture(scope="module")
def hung(pages):
    """What became of the pages that hang; they hang together, since that takes long."""
    cases = [
        (terminal(["$ python program.py", *transcript]) + "\nText.\n", {"program.py": code})
        for transcript, code, _, _ in HANGS.values()
    ]
    return dict(zip(HANGS, pages.run_together(cases, deadline=10.0), strict=True))


@pytest.mark.parametrize("name", HANGS)
def test_a_hang_is_stopped_and_shows_where(hung, name):
    _, _, line, texts = HANGS[name]
    [failure] = failures(hung[name])
    assert failure.line == line
    for text in texts:
        assert text in failure.message


@pytest.mark.parametrize(
    ("transcript", "passes"),
    [
        ([python("raise SystemExit(3)")], False),
        ([python("raise SystemExit(3)"), "$ echo $?", "3"], True),
        ([python("raise SystemExit(3)"), "$ echo $?", "4"], False),
        ([python("raise SystemExit(3)"), "$ echo 3", "3"], False),
        (["$ false", "$ true"], False),
        (["$ false", "$ echo $?", "1", "$ echo $?", "0"], True),
        (
            [
                python("1 / 0"),
                "Traceback (most recent call last):",
                "...",
                "ZeroDivisionError: division by zero",
            ],
            True,
        ),
        (
            [
                python("x ="),
                '  File "<string>", line 1',
                "    x =",
                "       ^",
                "SyntaxError: invalid syntax",
            ],
            True,
        ),
        ([python("raise SystemExit(chr(120))"), "x"], False),
        ([python("raise SystemExit(chr(120))"), "x", "$ echo $?", "1"], True),
        ([python("1 / 0"), "..."], False),
        ([python("1 / 0"), "...", "$ echo $?", "1"], False),
    ],
)
def test_a_status_other_than_0_is_explained(pages, transcript, passes):
    assert (failures(pages.run(terminal(transcript))) == []) is passes


def test_an_unexplained_status_says_what_to_do(pages):
    failure = pages.fails(terminal(["$ false"]))
    assert failure.line == 2
    assert "show its exit status with a line $ echo $?" in failure.message


def test_a_status_may_be_shown_in_the_next_fence(pages):
    pages.passes(terminal(["$ false"]) + "\nText.\n\n" + terminal(["$ echo $?", "1"]))


@pytest.mark.parametrize(
    ("command", "problem"),
    [
        ("$ no-such-program", "No such file or directory: 'no-such-program'"),
        ("$ echo 'x", "No closing quotation"),
        ("$", "there is no command after the $"),
        ("$ cd /", "every program starts in the page's folder"),
        ("$ export X=1", "every program starts in the page's folder"),
    ],
)
def test_what_cannot_be_started_says_why(pages, command, problem):
    failure = pages.fails(terminal(["$ echo 1", "1", command]))
    assert failure.line == 4
    assert failure.message.startswith("cannot start “")
    assert problem in failure.message


@pytest.mark.parametrize(
    "line", ["Listening", "Send: hello", "...", "^C", "^D", "⌨ x", "# comment"]
)
def test_a_transcript_begins_with_a_command(pages, line):
    failure = pages.fails(terminal([line]))
    assert failure.line == 2
    assert "nothing runs in terminal “one”; a transcript begins with a line $ command" in (
        failure.message
    )


def test_a_shell_is_there_for_what_needs_one(pages):
    pages.passes(
        terminal(
            [
                "$ echo one | tr a-z A-Z > file.txt; cat file.txt",
                "ONE",
                "$ cat *.txt && NAME=two python -c 'import os; print(os.environ[\"NAME\"])'",
                "ONE",
                "two",
                "$ NAME=three env | grep NAME",
                "NAME=three",
            ]
        )
    )


def test_python_is_the_one_that_builds(pages):
    code = "import sys; print(sys.executable)"
    result = pages.passes(
        terminal([python(code), "...", "$ python -c 'import sys' && echo yes", "yes"])
    )
    assert result.python == ".".join(map(str, sys.version_info[:3]))
    assert not pages.run(terminal([python(code), sys.executable])).failures


def test_paths_below_the_page_s_folder_are_shown_from_there(pages):
    code = """\
        from pathlib import Path
        import os, sys
        print(Path("x.txt").absolute(), Path(__file__), flush=True)
        for piece in [str(Path("y.txt").absolute())[:5], str(Path("y.txt").absolute())[5:], "\\n"]:
            os.write(1, piece.encode())
        print(Path(__file__).absolute())
        sys.exit(f"{Path.cwd()}/z.txt")
        """
    pages.passes(
        terminal(
            ["$ python paths.py", "x.txt paths.py", "y.txt", "paths.py", "z.txt", "$ echo $?", "1"]
        ),
        {"paths.py": code},
    )


def test_a_path_that_comes_in_pieces_is_waited_for(pages):
    code = """\
        import os, time
        for letter in os.path.abspath("x.txt"):
            os.write(1, letter.encode())
            time.sleep(0.002)
        os.write(1, b"\\n")
        """
    pages.passes(terminal(["$ python slow.py", "x.txt"]), {"slow.py": code})


def test_other_output_that_begins_like_the_folder_is_not_changed(pages):
    pages.passes(terminal([python('print("/tm", end="")'), "/tm", python('print("/")'), "/"]))


def test_programs_see_the_same_surroundings_everywhere(pages):
    code = """\
        import os, shutil, sys, time
        print(sorted(name for name in os.environ if not name.startswith("__")))
        print(sys.stdout.encoding, time.tzname[0], shutil.get_terminal_size())
        print(os.path.expanduser("~") == os.environ["HOME"], os.listdir(os.environ["HOME"]))
        print(os.isatty(0), os.isatty(1), os.isatty(2))
        """
    names = (
        "HOME LANG LC_ALL NO_COLOR PATH PYTEST_DISABLE_PLUGIN_AUTOLOAD PYTHONDONTWRITEBYTECODE"
        " PYTHON_BASIC_REPL TERM TMPDIR"
    )
    pages.passes(
        terminal(
            [
                "$ python see.py",
                str([*names.split(), "TZ"]),
                "utf-8 UTC os.terminal_size(columns=80, lines=24)",
                "True []",
                "True True True",
            ]
        ),
        {"see.py": code},
    )


def test_programs_work_on_a_copy_of_the_listings(pages):
    docname = pages.write(
        terminal(
            [
                "$ cat data/words.txt",
                "one",
                python('open("data/words.txt", "w").write("two"); open("new.txt", "w").close()'),
                "$ ls -1",
                "data",
                "new.txt",
            ]
        ),
        {"data/words.txt": "one\n"},
    )
    [result] = pages.runner().run([docname])
    assert failures(result) == []
    folder = pages.code / docname
    assert sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*")) == [
        "data",
        "data/words.txt",
    ]
    assert (folder / "data/words.txt").read_text() == "one\n"


LEAVES_SLEEP = """\
    import subprocess, sys

    streams = dict.fromkeys(["stdin", "stdout", "stderr"], subprocess.DEVNULL)
    subprocess.Popen(["sleep", sys.argv[1]], **streams, start_new_session=True)
    print("started")
    """


@needs_linux
def test_a_program_left_in_the_background_fails(pages):
    failure = pages.fails(
        terminal(["$ python leave.py 1000", "started"]), {"leave.py": LEAVES_SLEEP}
    )
    assert failure.line == 1
    assert failure.message == "the page left a process behind: sleep 1000; end it on the page"


@needs_linux
def test_a_daemon_that_left_its_session_fails(pages):
    code = """\
        import os, time
        if os.fork() == 0:
            os.setsid()
            if os.fork() == 0:
                for descriptor in range(3):
                    os.close(descriptor)
                time.sleep(1000)
            os._exit(0)
        os.wait()
        print("started")
        """
    failure = pages.fails(terminal(["$ python daemon.py", "started"]), {"daemon.py": code})
    assert failure.line == 1
    assert "daemon.py; end it on the page" in failure.message


def test_a_program_that_ends_soon_after_its_parent_is_fine(pages):
    pages.passes(terminal(["$ python leave.py 0.3", "started"]), {"leave.py": LEAVES_SLEEP})


def test_a_program_may_use_helpers_of_python_s_own(pages):
    code = """\
        import multiprocessing
        if __name__ == "__main__":
            with multiprocessing.get_context("spawn").Pool(1) as pool:
                print(pool.map(abs, [-1, 2]))
        """
    pages.passes(terminal(["$ python pool.py", "[1, 2]"]), {"pool.py": code})
