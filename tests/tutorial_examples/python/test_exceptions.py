"""The programs of the page on exceptions, with what the page does not show."""

import importlib.util
import socket
from pathlib import Path

import pytest

import tutorial_examples

PAGE = "python/exceptions"
FOLDER = Path(tutorial_examples.__file__).parent / PAGE


def load(name):
    spec = importlib.util.spec_from_file_location(name, FOLDER / f"{name}.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_share_needs_numbers(run_listing):
    assert run_listing(PAGE, "share.py", typed="90\n4\n").stdout.endswith("Each pays 22.5\n")
    done = run_listing(PAGE, "share.py", typed="ninety\n")
    assert done.stderr.endswith("ValueError: invalid literal for int() with base 10: 'ninety'\n")


@pytest.mark.parametrize(
    ("typed", "refused"), [("4\n", 0), (" 4 \n", 0), ("4.0\nfour\n\n4\n", 3), ("1e3\n-4\n", 1)]
)
def test_ask_number_asks_again(run_listing, typed, refused):
    done = run_listing(PAGE, "ask_number.py", typed=typed)
    assert done.returncode == 0
    assert done.stdout.count("is no whole number") == refused
    assert f"A table for {typed.split()[-1]}" in done.stdout


def test_ask_number_lets_the_end_of_input_through(run_listing):
    assert "EOFError" in run_listing(PAGE, "ask_number.py", typed="four\n").stderr


def test_a_missing_setting_is_no_value_error(monkeypatch):
    settings = load("settings")
    monkeypatch.setitem(settings.SETTINGS, "port", "80")
    assert settings.port() == 80
    monkeypatch.delitem(settings.SETTINGS, "port")
    with pytest.raises(KeyError):
        settings.port()


class FakeSocket:
    """Connects as it is told to, and notes whether it was closed."""

    def __init__(self, error):
        self.error = error
        self.is_closed = False

    def settimeout(self, seconds):
        pass

    def connect(self, address):
        if self.error:
            raise self.error

    def close(self):
        self.is_closed = True


@pytest.mark.parametrize(
    ("error", "answer"),
    [(None, "open"), (ConnectionRefusedError(), "refused"), (TimeoutError(), "no answer")],
)
def test_knock_closes_its_socket(monkeypatch, error, answer):
    fake = FakeSocket(error)
    monkeypatch.setattr(socket, "socket", lambda: fake)
    assert load("knock").knock(("127.0.0.1", 9999)) == answer
    assert fake.is_closed


def test_knock_lets_other_errors_through_and_closes_its_socket(monkeypatch):
    fake = FakeSocket(PermissionError())
    monkeypatch.setattr(socket, "socket", lambda: fake)
    with pytest.raises(PermissionError):
        load("knock").knock(("127.0.0.1", 9999))
    assert fake.is_closed


@pytest.mark.parametrize(
    ("exercise", "solution"),
    [("number", "to_number.py"), ("port", "port_number.py"), ("order", "predicted.py")],
)
def test_the_solutions_pass_their_checks(check_answer, exercise, solution):
    source = (FOLDER / solution).read_text(encoding="utf-8")
    assert check_answer(PAGE, exercise, source).outcome == "solved"


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        ('text = text.replace(",", ".")', "", "(replace the comma by a point first)"),
        ("float(text)", "float(txet)", "raised NameError: name 'txet' is not defined"),
        ("return None", 'return "no number"', "returned 'no number'; expected None"),
        ("float(text)", 'int(text.partition(".")[0])', "returned 2; expected 2.5"),
        ("except ValueError:", "except TypeError:", "to_number('two') raised ValueError"),
    ],
)
def test_wrong_numbers(check_answer, old, new, message):
    source = (FOLDER / "to_number.py").read_text(encoding="utf-8")
    assert old in source
    verdict = check_answer(PAGE, "number", source.replace(old, new))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


BARE = """
def to_number(text):
    try:
        return float(text.replace(",", "."))
    except{what}:
        return None
"""


@pytest.mark.parametrize("what", ["", " Exception", " (ValueError, AttributeError)"])
def test_a_number_that_hides_its_callers_mistake(check_answer, what):
    verdict = check_answer(PAGE, "number", BARE.format(what=what))
    assert verdict.outcome == "not as expected"
    assert "hides a mistake of its caller; catch ValueError" in verdict.message


def test_a_slip_under_a_bare_except_is_hinted_at(check_answer):
    source = BARE.format(what="").replace("float(text", "float(txet")
    assert "is there a slip in the try?" in check_answer(PAGE, "number", source).message


@pytest.mark.parametrize(
    ("old", "new", "message"),
    [
        (" from error", "", "has no cause; write except ValueError as error"),
        ("1 <=", "0 <=", "port_number('0') returned 0; expected it to raise a ValueError"),
        ("<= 65535", "< 65535", "port_number('65535') raised ValueError"),
        ("return port", "return text", "returned '1'; expected 1 (make an int of it)"),
        ('f"no port: {text}")\n    return', '"no port")\n    return', "the message 'no port: 0'"),
        ('raise ValueError(f"no port: {text}") from error', "return None", "returned None"),
    ],
)
def test_wrong_ports(check_answer, old, new, message):
    source = (FOLDER / "port_number.py").read_text(encoding="utf-8")
    assert old in source
    verdict = check_answer(PAGE, "port", source.replace(old, new))
    assert verdict.outcome == "not as expected"
    assert message in verdict.message


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["try", "returned", "finally"], "(finally runs before the caller gets the value)"),
        (["try", "returned"], "(finally is for always, after a return too)"),
        (["try", "finally"], "(the caller prints what is returned)"),
        (["try", "else", "finally", "returned"], "(else has its turn only if the try comes to"),
        ("try finally returned", "(write a list, with quotes around each word)"),
        (["except"], "words is ['except']; expected ['try', 'finally', 'returned']"),
    ],
)
def test_wrong_orders(check_answer, words, message):
    verdict = check_answer(PAGE, "order", f"words = {words!r}")
    assert verdict.outcome == "not as expected"
    assert message in verdict.message
