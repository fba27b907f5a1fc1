"""The copy button, in a real browser: it copies what one types and nothing else."""

import functools
import http.server
import io
import threading
from pathlib import Path

import pytest
from chromium import ARGUMENTS, WITHOUT_WINDOWS, find_chromium, wait_until
from playwright.sync_api import sync_playwright
from sphinx.application import Sphinx
from sphinx.util.docutils import docutils_namespace, patch_docutils
from written_pages import needs_terminals

EXTENSIONS_OF_THE_SITE = Path(__file__).parents[2] / "docs/_extensions"
CHROMIUM = find_chromium(WITHOUT_WINDOWS)

pytestmark = [
    needs_terminals,
    pytest.mark.skipif(not CHROMIUM, reason="no Chromium found; CHROMIUM may name one"),
]

PAGE = """\
# A page

```{terminal} client
$ echo Welcome
Welcome
```
```{terminal} client
$ python -c 'print(input("Send: ")); input("More: "); print("<end> & so on")'
Send: hello there
hello there
More: ⏎
<end> & so on
$ echo one; echo two
one
two
```

```{terminal} other
$ cat
⌨ one line
one line
^D
$ true
```

```python
>>> x = 1
>>> for letter in "ab":
...     print(letter)
...
a
b
```

```python
def double(x):
    return 2 * x


y = double(3)
```
"""


@pytest.fixture(scope="module")
def site(tmp_path_factory):
    """The address of a page that is built with the site's theme."""
    monkeypatch = pytest.MonkeyPatch()
    monkeypatch.syspath_prepend(EXTENSIONS_OF_THE_SITE)
    root = tmp_path_factory.mktemp("copy")
    (root / "docs").mkdir()

    (root / "docs/index.md").write_text(PAGE, encoding="utf-8")
    warnings = io.StringIO()
    configuration = {
        "extensions": ["myst_parser", "tested_pages.sphinx_extension", "light_theme"],
        "html_theme": "light_theme",
    }
    with patch_docutils(root / "docs"), docutils_namespace():
        app = Sphinx(
            root / "docs",
            None,
            root / "html",
            root / "trees",
            "html",
            configuration,
            status=None,
            warning=warnings,
        )
        app.build()
    assert warnings.getvalue() == ""
    handler = functools.partial(QuietHandler, directory=str(root / "html"))
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}"
        server.shutdown()
    monkeypatch.undo()


class QuietHandler(http.server.SimpleHTTPRequestHandler):
    """Serves files and says nothing."""

    def log_message(self, *arguments):
        pass


@pytest.fixture(scope="module")
def copied(site):
    """What each button of the page copies, in page order."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
        context = browser.new_context()
        context.grant_permissions(["clipboard-read", "clipboard-write"], origin=site)
        page = context.new_page()
        page.goto(f"{site}/index.html")
        page.wait_for_selector("button.copybtn", state="attached")
        texts = []
        for button in page.query_selector_all("button.copybtn"):
            page.evaluate("navigator.clipboard.writeText('nothing was copied')")
            button.evaluate("button => button.click()")
            wait_until(
                page, "async () => await navigator.clipboard.readText() !== 'nothing was copied'"
            )
            texts.append(page.evaluate("navigator.clipboard.readText()"))
        browser.close()
    return texts


def test_every_block_has_a_button(copied):
    assert len(copied) == 4


def test_of_a_terminal_commands_and_answers_are_copied(copied):
    assert copied[0].split("\n") == [
        "echo Welcome",
        """python -c 'print(input("Send: ")); input("More: "); print("<end> & so on")'""",
        "hello there",
        "",
        "echo one; echo two",
    ]


def test_keys_are_not_copied(copied):
    assert copied[1].split("\n")[:2] == ["cat", "one line"]
    assert "^D" not in copied[1]
    assert copied[1].split("\n")[-1] == "true"


def test_of_a_session_the_code_is_copied(copied):
    assert copied[2].rstrip("\n") == 'x = 1\nfor letter in "ab":\n    print(letter)'


def test_plain_code_is_copied_whole(copied):
    assert copied[3].rstrip("\n") == "def double(x):\n    return 2 * x\n\n\ny = double(3)"
