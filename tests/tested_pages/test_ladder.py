import pytest
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace

from tested_pages.ladder import read_ladder
from tested_pages.wire_picture import sentence

DATAGRAMS = """\
# A comment, and an empty line:

server: socket()
server: bind(address)
client: socket()
server: recvfrom() waits
client -> server: sendto(data, address) -> recvfrom() returns
server → client [the answer]: sendto(reply, address) → recvfrom() returns
client: close()
server: and so on
"""


def read(text):
    picture, errors = read_ladder(text.splitlines())
    return picture, [(error.number, str(error)) for error in errors]


def test_each_line_is_a_row():
    picture, errors = read(DATAGRAMS)
    assert errors == []
    assert picture.lanes == ("server", "client")
    assert [sentence(picture, row) for row in picture.rows] == [
        "server: socket()",
        "server: bind(address)",
        "client: socket()",
        "server: recvfrom() waits",
        "client → server: sendto(data, address), recvfrom() returns",
        "server → client: the answer (sendto(reply, address), recvfrom() returns)",
        "client: close()",
        "server: and so on",
    ]


def test_code_is_told_from_words():
    picture, _ = read(
        "server: listen(queue) for clients\n"
        "server: sleeps\n"
        "client -> server: connect((host, port))\n"
        "client -> server: writes -> sock.recv(size) or recv_into(buffer) returns\n"
    )
    assert [(row.call, row.words) for row in picture.rows] == [
        ("listen(queue)", "for clients"),
        ("", "sleeps"),
        ("connect((host, port))", ""),
        ("", "writes"),
    ]
    assert picture.rows[3].received == "sock.recv(size) or recv_into(buffer)"
    assert picture.rows[3].received_words == "returns"


def test_a_call_waits_until_something_comes():
    picture, _ = read(
        "server: accept() waits\n"
        "client: socket()\n"
        "client -> server: connect(address) -> accept() returns\n"
        "client: recv() waits\n"
        "server: thinks\n"
        "client: gives up\n"
        "client: close()\n"
    )
    assert [(row.waiting, row.returned) for row in picture.rows] == [
        ((), ()),
        ((0,), ()),
        ((), (0,)),
        ((), ()),
        ((1,), ()),
        ((), (1,)),
        ((), ()),
    ]
    assert [row.outcome for row in picture.rows] == ["waits", "", "", "waits", "", "", ""]


def test_names_may_have_several_words():
    picture, errors = read("first client -> the server: connect() -> accept()\nα: socket()")
    assert errors == []
    assert picture.lanes == ("first client", "the server", "α")


EXPECTED = "; expected `program: call() words`, or `program -> program: call() -> call() words`"


@pytest.mark.parametrize(
    ("line", "message"),
    [
        ("server socket()", "cannot read 'server socket()'"),
        ("server:", "cannot read 'server:'"),
        (": socket()", "cannot read ': socket()'"),
        ("a -> b -> c: send()", "cannot read 'a -> b -> c: send()'"),
        ("a => b: send()", "cannot read 'a => b: send()'"),
        (
            "a: send() -> recv() returns",
            "'a: send() -> recv() returns' does not say who receives",
        ),
        (
            "a -> b: send() -> recv() -> recv()",
            "'a -> b: send() -> recv() -> recv()' has more than one receiving call",
        ),
        ("a [data]: send()", "'a [data]: send()' sends 'data' to nobody"),
        ("a -> a: send() -> recv()", "in 'a -> a: send() -> recv()' a sends to itself"),
    ],
)
def test_a_line_that_cannot_be_read(line, message):
    picture, errors = read(f"server: socket()\n{line}\nserver: close()")
    assert errors == [(2, message + EXPECTED)]
    assert [row.call for row in picture.rows] == ["socket()", "close()"]


PAGE = """\
# A page

```{ladder}
:caption: In *general*
:programs: client, server

server: socket()
server says nothing
client -> server: connect() -> accept()
```

1. In a list:

   ```{ladder}
   server: socket()
   client => server: connect()
   ```

```{ladder}
```

```{ladder}
:programs: nobody

server: socket()
```
"""


def test_a_page_with_ladders(tmp_path):
    (tmp_path / "index.md").write_text(PAGE)
    (tmp_path / "conf.py").write_text(
        "from tested_pages.ladder import setup_ladder\n"
        "extensions = ['myst_parser']\n"
        "def setup(app):\n    setup_ladder(app)\n"
    )
    with docutils_namespace(), (tmp_path / "warnings").open("w+") as warnings:
        output = tmp_path / "html"
        Sphinx(tmp_path, tmp_path, output, tmp_path / "doctrees", "html", status=None,
               warning=warnings, confoverrides={"nitpicky": True}).build()  # fmt: skip
        warnings.seek(0)
        said = warnings.read().replace("\x1b[31m", "").replace("\x1b[39;49;00m", "")
    html = (output / "index.html").read_text()
    assert '<figure class="wire wire-of-2 wire-ladder">' in html
    assert "<figcaption>In <em>general</em></figcaption>" in html
    assert html.index('<span class="wire-lane">client') < html.index(
        '<span class="wire-lane">server'
    )
    assert [line.partition("index.md:")[2] for line in said.splitlines()] == [
        f"8: WARNING: ladder: cannot read 'server says nothing'{EXPECTED}",
        f"16: WARNING: ladder: cannot read 'client => server: connect()'{EXPECTED}",
        f"19: WARNING: ladder: nothing to draw{EXPECTED}",
        "22: WARNING: ladder: no program is called 'nobody'; there are: server",
    ]
