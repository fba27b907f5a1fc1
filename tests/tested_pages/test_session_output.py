"""What a session prints for an exception, which must not depend on the Python that runs it."""

import pytest

from tested_pages.session_output import INTERACTIVE_FILENAME, run_piece, traceback_text


def printed_for(source):
    error = run_piece(source, "single", INTERACTIVE_FILENAME, {"counter": 1})
    assert error is not None
    return traceback_text(error)


@pytest.mark.parametrize(
    ("source", "message"),
    [
        ("count", "NameError: name 'count' is not defined. Did you mean: 'counter'?"),
        (
            "'a'.uper()",
            "AttributeError: 'str' object has no attribute 'uper'. Did you mean: 'upper'?",
        ),
        ("int('a')", "ValueError: invalid literal for int() with base 10: 'a'"),
    ],
)
def test_the_traceback_of_an_exception(source, message):
    assert printed_for(source).splitlines() == [
        "Traceback (most recent call last):",
        '  File "<stdin>", line 1, in <module>',
        message,
    ]


def test_a_syntax_error_has_no_traceback():
    assert printed_for("print 'x'").splitlines() == [
        '  File "<stdin>", line 1',
        "    print 'x'",
        "    ^^^^^^^^^",
        "SyntaxError: Missing parentheses in call to 'print'. Did you mean print(...)?",
    ]


def test_a_syntax_error_that_code_raises_has_one():
    assert printed_for("raise SyntaxError('mine')").splitlines() == [
        "Traceback (most recent call last):",
        '  File "<stdin>", line 1, in <module>',
        "SyntaxError: mine",
    ]


def test_what_led_to_an_exception_is_told_first():
    lines = printed_for(
        "try:\n    1 + 'a'\nexcept TypeError as e:\n    raise OSError('b') from e\n"
    ).splitlines()
    assert "TypeError: unsupported operand type(s) for +: 'int' and 'str'" in lines
    assert lines[-1] == "OSError: b"
