"""What a browser is told of a page's examples."""

import json
import textwrap

import pytest

from live_pages.browser_limits import ENCRYPTS
from live_pages.page_blocks import (
    GOES_ON,
    TALKS_TO_LOST,
    FrontMatterError,
    is_program,
    live_page,
)

SERVER = "import socket\nprint('Listening')\n"


@pytest.fixture
def read(tmp_path):
    """Writes a page with its files, and reads it."""
    docs, code = tmp_path / "docs", tmp_path / "code"
    (docs / "sockets").mkdir(parents=True)
    folder = code / "sockets" / "page"
    folder.mkdir(parents=True)

    def read(text, files=None):
        path = docs / "sockets" / "page.md"
        path.write_text(textwrap.dedent(text), encoding="utf-8")
        for name, content in (files or {}).items():
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)
        return live_page("sockets/page", path, docs, code)

    return read


def test_session(read):
    page = read(
        """\
        # Page

        ```python
        >>> 1 + 1
        2
        >>> for n in range(2):
        ...     n
        ...
        0
        1
        ```

        ```python
        x = 1
        ```
        """
    )
    session, code = page.blocks
    assert (session.kind, session.line, session.id) == ("session", 3, "live-1")
    assert [(piece.source, piece.output) for piece in session.pieces] == [
        ("1 + 1\n", "2\n"),
        ("for n in range(2):\n    n\n", "0\n1\n"),
    ]
    assert (code.kind, code.pieces[0].source, code.pieces[0].output) == ("code", "x = 1\n", "")
    assert page.bodies["live-2"] == "x = 1\n"


def test_output_of_older_pythons_is_not_expected(read):
    [block] = read(
        """\
        ```python
        >>> 1
        new
        ```

        ```{before} 3.13
        >>> 1
        old
        ```
        """
    ).blocks
    assert block.pieces[0].output == "new\n"


def test_python_2_and_skipped_examples_have_a_reason(read):
    page = read(
        """\
        ```python2
        >>> print 1
        1
        ```

        % skip: next "needs a microphone"

        ```python
        >>> listen()
        ```
        """
    )
    assert [bool(block.reason) for block in page.blocks] == [True, True]


def test_what_goes_on_from_what_cannot_run_has_a_reason(read):
    page = read(
        """\
        ```python
        >>> import ssl
        >>> context = ssl.create_default_context()
        ```

        ```python
        >>> def check():
        ...     return context.check_hostname
        ...
        ```

        ```python
        >>> context = 1
        >>> context
        1
        ```

        ```python
        >>> context + 1
        2
        >>> check
        ```
        """
    )
    assert ["goes on" in block.reason for block in page.blocks] == [False, True, False, True]
    assert "TLS" in page.blocks[0].reason


def test_terminals(read):
    page = read(
        """\
        ```{terminal} server
        $ python server.py
        Listening
        ```
        ```{terminal} client
        $ python client.py "two words"
        Send: hello
        ⌨ unasked
        ^D
        ```

        Text between.

        ```{terminal} server
        ^C
        ```
        """,
        {"server.py": SERVER.encode(), "client.py": b"input()\n"},
    )
    both, later = page.blocks
    assert [fence.terminal for fence in both.fences] == ["server", "client"]
    assert both.fences[1].steps == [
        {
            "kind": "command",
            "text": 'python client.py "two words"',
            "argv": ["python", "client.py", "two words"],
        },
        {"kind": "output", "text": "Send: hello"},
        {"kind": "typed", "text": "unasked"},
        {"kind": "key", "text": "^D"},
    ]
    assert (both.continues, later.continues) == ([], ["live-1"])
    assert both.text == "server\nclient"


def test_terminals_that_go_on_from_what_cannot_run(read):
    page = read(
        """\
        ```{terminal} server
        $ cat server.py
        ```

        Text between.

        ```{terminal} server
        ^C
        ```
        """,
        {"server.py": SERVER.encode()},
    )
    assert ["cat" in page.blocks[0].reason, "goes on" in page.blocks[1].reason] == [True, True]


def test_listings_are_whole_programs_of_the_page(read):
    page = read(
        """\
        ```{literalinclude} /../code/sockets/page/server.py
        :language: python
        ```

        ```{literalinclude} ../../code/sockets/page/server.py
        :start-after: import
        ```

        ```{literalinclude} /../code/sockets/page/definitions.py
        ```
        """,
        {"server.py": SERVER.encode(), "definitions.py": b'"""Text."""\nx = 1\n'},
    )
    assert [(block.kind, block.file, block.line) for block in page.blocks] == [
        ("listing", "server.py", 1)
    ]


def test_files_are_text_of_the_page(read):
    page = read(
        "# Page\n",
        {"a.py": SERVER.encode(), "b/c.txt": "é".encode(), "d.bin": b"\xff", ".cache/x": b"x"}
        | {".password": b"x"},
    )
    assert page.files == {".password": "x", "a.py": SERVER, "b/c.txt": "é"}
    assert json.loads(json.dumps(page.as_json()))["docname"] == "sockets/page"


def test_weather_is_of_the_terminals_that_run_a_program(read):
    page = read(
        "---\nweather: {a.py: [loss, delay], b.py: [loss]}\n---\n\n# Page\n\n"
        "```{terminal} one\n$ python a.py\n```\n\nText.\n\n"
        "```{terminal} two\n$ python b.py\n```\n\nText.\n\n"
        "```{terminal} three\n$ python c.py\n```\n",
        {"a.py": b"", "b.py": b"", "c.py": b""},
    )
    assert [block.weather for block in page.blocks] == [["loss", "delay"], ["loss"], []]


@pytest.mark.parametrize("weather", ["{a.py: [rain]}", "{a.py: loss}", "[loss]", "loss"])
def test_unknown_weather(read, weather):
    with pytest.raises(FrontMatterError, match="delay, duplication, jitter"):
        read(f"---\nweather: {weather}\n---\n\n# Page\n")


def test_weather_for_a_program_that_nobody_runs(read):
    with pytest.raises(FrontMatterError, match=r"no terminal runs: gone\.py"):
        read("---\nweather: {gone.py: [loss]}\n---\n\n# Page\n")


def test_empty_values_are_left_out_of_the_json(read):
    [block] = read("```python\nx = 1\n```\n").as_json()["blocks"]
    assert block == {
        "id": "live-1",
        "kind": "code",
        "line": 1,
        "pieces": [{"source": "x = 1\n", "output": ""}],
    }


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("import a\nx = 1\ndef f(): ...\n", False),
        ("print(1)\n", True),
        ("if __name__ == '__main__':\n    main()\n", True),
        ('"""Only text."""\n', False),
        ("(", False),
    ],
)
def test_is_program(source, expected):
    assert is_program(source) is expected


def test_what_talks_to_a_program_that_cannot_run_goes_on_from_it(read):
    page = read(
        """\
        ```{terminal} server
        $ python server.py
        Listening on 127.0.0.1 port 9999
        ```

        ```python
        >>> sock = create_connection(("127.0.0.1", 9999))
        ```

        ```python
        >>> 8888
        ```

        ```{terminal} server
        ^C
        ```

        ```python
        >>> 9999
        ```
        """,
        {"server.py": b"import ssl\n"},
    )
    assert [block.reason for block in page.blocks] == [ENCRYPTS, GOES_ON, "", GOES_ON, ""]


def test_a_program_with_files_of_one_that_cannot_run_goes_on_from_it(read):
    page = read(
        """\
        ---
        files_from: {count.py: writer}
        ---

        ```{terminal} writer
        $ python write.py
        ```

        Text.

        ```{terminal} reader
        $ python count.py words
        3
        ```

        Text.

        ```{terminal} reader
        $ python other.py words
        ```
        """,
        {"write.py": b"import ssl\n", "count.py": b"", "other.py": b""},
    )
    assert [block.reason for block in page.blocks] == [ENCRYPTS, GOES_ON, ""]


@pytest.mark.parametrize(
    ("files_from", "message"),
    [
        ("{gone.py: one}", r"no terminal runs: gone\.py"),
        ("{a.py: two}", "that the page does not have: two"),
        ("[a.py]", "the terminal that makes its files; not"),
    ],
)
def test_files_from_what_there_is_not(read, files_from, message):
    with pytest.raises(FrontMatterError, match=message):
        read(
            f"---\nfiles_from: {files_from}\n---\n\n```{{terminal}} one\n$ python a.py\n```\n",
            {"a.py": b""},
        )


def test_a_listing_whose_partners_cannot_run_talks_to_nobody(read):
    listing = "```{{literalinclude}} /../code/sockets/page/{}\n```\n\n"
    page = read(
        listing.format("client.py") + listing.format("lonely.py") + "```{terminal} server\n"
        "$ python server.py\n```\n```{terminal} client\n$ python client.py\n```\n\nText.\n\n"
        "```{terminal} one\n$ python lonely.py\n$ ls\n```\n",
        {"server.py": b"import ssl\n", "client.py": b"print()\n", "lonely.py": b"print()\n"},
    )
    assert [block.reason for block in page.blocks if block.file] == [TALKS_TO_LOST, ""]
