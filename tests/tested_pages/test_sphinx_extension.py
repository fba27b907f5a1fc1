"""Sphinx builds: which pages run when, what is said of them, and how they are shown."""

import html
import io
import json
import os
import re
import subprocess
import sys
import textwrap
from dataclasses import dataclass, replace
from pathlib import Path

import psutil
import pytest
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError, SphinxError
from sphinx.util.docutils import docutils_namespace, patch_docutils
from written_pages import needs_terminals

from tested_pages import page_runner, sphinx_extension, used_files
from tested_pages.host_process import HostProcess
from tested_pages.page_runner import PageRunner

CONFIGURATION = """\
extensions = ["myst_parser", "tested_pages.sphinx_extension"]
tested_pages_code = "../code"
myst_enable_extensions = ["colon_fence"]
html_theme = "basic"
suppress_warnings = ["config.cache"]
"""


@dataclass
class Build:
    """What a build said and left."""

    out: Path
    status: str
    warnings: list[str]
    statuscode: int

    def text(self, name="index.html"):
        return (self.out / name).read_text(encoding="utf-8")


class Project:
    """Pages, each of which notes that it ran, and their listings."""

    def __init__(self, root):
        self.root, self.docs, self.code = root, root / "docs", root / "code"
        self.notes = root / "notes.txt"
        self.docs.mkdir()
        self.code.mkdir()
        self.configure()

    def configure(self, more=""):
        (self.docs / "conf.py").write_text(CONFIGURATION + more, encoding="utf-8")

    def write(self, docname, text, notes=True):
        """Writes a page, below a fence that notes that it ran."""
        path = self.docs / f"{docname}.md"
        path.parent.mkdir(parents=True, exist_ok=True)
        begin = (
            f"```python\nwith open({str(self.notes)!r}, 'a') as notes:\n"
            f"    _ = notes.write({docname + ' '!r})\n```\n\n"
            if notes
            else ""
        )
        path.write_text(f"# {docname}\n\n" + begin + textwrap.dedent(text), encoding="utf-8")

    def write_index(self, *docnames):
        entries = "".join(f"{docname}\n" for docname in docnames)
        self.write("index", f"```{{toctree}}\n{entries}```\n", notes=False)

    def listing(self, name, text):
        path = self.code / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(textwrap.dedent(text), encoding="utf-8")

    def build(self, builder="html", jobs=1, strict=False):
        """Builds the pages with what earlier builds have left."""
        status, warnings = io.StringIO(), io.StringIO()
        out = self.root / builder
        with patch_docutils(self.docs), docutils_namespace():
            app = Sphinx(
                self.docs,
                self.docs,
                out,
                self.root / f"{builder}-trees",
                builder,
                status=status,
                warning=warnings,
                warningiserror=strict,
                parallel=jobs,
            )
            app.build()
        plain = re.sub(r"\x1b\[[0-9;]*m", "", warnings.getvalue()).replace(f"{self.docs}/", "")
        said = re.sub(r"\x1b\[[0-9;]*m", "", status.getvalue())
        return Build(out, said, plain.splitlines(), app.statuscode)

    def ran(self):
        """The pages that ran since the last call, in alphabetical order."""
        if not self.notes.exists():
            return []
        names = sorted(self.notes.read_text().split())
        self.notes.unlink()
        return names


@pytest.fixture
def project(tmp_path):
    return Project(tmp_path)


@pytest.fixture
def three(project):
    """A project of three pages, built once: with listings, with an included file, with neither."""
    project.write_index("one", "part/two", "three")
    project.write("one", "```python\n>>> import listing; listing.x\n5\n```\n")
    project.write("part/two", "```{literalinclude} /../code/other/shown.py\n```\n")
    project.write("three", "```python\n>>> 1 + 1\n2\n```\n")
    project.listing("one/listing.py", "x = 5\n")
    project.listing("one/data/words.txt", "one\n")
    project.listing("other/shown.py", "y = 1\n")
    assert project.build("dummy").warnings == []
    assert project.ran() == ["one", "part/two", "three"]
    return project


class TestEarlyStart:
    """The process that runs pages is started with a build that will need it."""

    @pytest.fixture
    def started(self, monkeypatch):
        """All that is started early; nothing else can be."""
        started = []

        class Noted(HostProcess):
            def __init__(self):
                super().__init__()
                started.append(self.pid)

        monkeypatch.setattr(sphinx_extension, "HostProcess", Noted)
        monkeypatch.setattr(page_runner, "HostProcess", None)
        return started

    def test_an_edited_page_runs_in_it(self, three, started):
        three.write("three", "```python\n>>> 1 + 1\n2\n>>> 2\n2\n```\n")
        assert three.build("dummy").warnings == []
        assert three.ran() == ["three"]
        assert len(started) == 1
        assert not any(map(psutil.pid_exists, started))

    def test_a_page_that_only_looks_edited_needs_none_in_the_end(self, three, started):
        # Newer than all that is known, but not than when it was read, as the clock may have it.
        known = three.root / "dummy-trees/environment.pickle"
        os.utime(known, (1, 1))
        assert three.build("dummy").warnings == []
        assert three.ran() == []
        assert len(started) == 1
        assert not any(map(psutil.pid_exists, started))

    def test_without_an_edit_there_is_none(self, three, started):
        (three.docs / ".#one.md").symlink_to("somebody@somewhere.1234:5678")
        three.build("dummy")
        assert started == []


class TestWhatRuns:
    """Exactly the outdated pages run."""

    def test_nothing_runs_when_nothing_changed(self, three):
        build = three.build("dummy")
        assert (build.warnings, three.ran()) == ([], [])
        assert "examples ran" not in build.status

    def test_a_changed_page_runs(self, three):
        three.write("three", "```python\n>>> 1 + 1\n2\n>>> 2\n2\n```\n")
        build = three.build("dummy")
        assert (build.warnings, three.ran()) == ([], ["three"])
        assert "3 examples ran on 1 page in " in build.status

    def test_a_new_page_runs(self, three):
        three.write("four", "```python\n>>> 4\n4\n```\n")
        three.write_index("one", "part/two", "three", "four")
        assert three.build("dummy").warnings == []
        assert three.ran() == ["four"]

    @pytest.mark.parametrize(
        "change",
        [
            lambda code: (code / "one/listing.py").write_text("x = 5  # changed\n"),
            lambda code: (code / "one/new.py").write_text(""),
            lambda code: (code / "one/data/words.txt").write_text("two\n"),
            lambda code: (code / "one/data/words.txt").unlink(),
            lambda code: (code / "one/data/words.txt").rename(code / "one/data/renamed.txt"),
        ],
        ids=["listing", "new file", "data", "removed file", "renamed file"],
    )
    def test_a_page_whose_code_folder_changed_runs(self, three, change):
        change(three.code)
        assert three.build("dummy").warnings == []
        assert three.ran() == ["one"]
        assert three.build("dummy").warnings == []
        assert three.ran() == []

    def test_a_page_whose_included_file_changed_runs(self, three):
        three.listing("other/shown.py", "y = 2\n")
        three.build("dummy")
        assert three.ran() == ["part/two"]

    def test_a_page_whose_included_file_is_gone_runs(self, three):
        (three.code / "other/shown.py").unlink()
        three.build("dummy")
        assert three.ran() == ["part/two"]

    def test_compiled_files_are_no_change(self, three):
        three.listing("one/__pycache__/listing.cpython-311.pyc", "x")
        three.build("dummy")
        assert three.ran() == []

    def test_all_pages_run_when_the_machine_changed(self, three, monkeypatch):
        monkeypatch.setattr(used_files, "_digest_of_machine", lambda: "another machine")
        three.build("dummy")
        assert three.ran() == ["one", "part/two", "three"]
        three.build("dummy")
        assert three.ran() == []

    def test_the_machine_is_all_its_python_and_the_version_of_python(self, tmp_path, monkeypatch):
        def digest():
            used_files._digest_of_machine.cache_clear()
            return used_files._digest_of_machine()

        try:
            monkeypatch.setattr(used_files, "PACKAGE", tmp_path)
            digests = {digest()}
            (tmp_path / "one.py").write_text("x = 1\n")
            digests.add(digest())
            (tmp_path / "folder").mkdir()
            (tmp_path / "folder/two.py").write_text("x = 1\n")
            digests.add(digest())
            monkeypatch.setattr(used_files.platform, "python_version", lambda: "3.99.0")
            digests.add(digest())
            assert len(digests) == 4
        finally:
            used_files._digest_of_machine.cache_clear()

    @needs_terminals
    def test_a_page_runs_when_another_page_s_listing_changed_that_a_command_names(self, project):
        project.write_index("one", "two")
        project.write("one", "")
        project.write("two", "```{terminal} x\n$ echo one/listing\none/listing\n```\n")
        project.listing("one/listing.py", "x = 5\n")
        assert project.build("dummy").warnings == []
        assert project.ran() == ["one", "two"]
        project.listing("one/listing.py", "x = 6\n")
        project.build("dummy")
        assert project.ran() == ["one", "two"]

    def test_a_failed_page_runs_until_it_passes(self, three):
        three.write("three", "```python\n>>> 1 + 1\n3\n```\n")
        for _ in range(2):
            build = three.build("dummy")
            [first, *_] = build.warnings
            assert first.startswith("three.md:10: WARNING: the page shows something else")
            assert three.ran() == ["three"]
        three.write("three", "```python\n>>> 1 + 1\n2\n```\n")
        assert three.build("dummy").warnings == []
        assert three.ran() == ["three"]
        assert three.build("dummy").warnings == []
        assert three.ran() == []

    def test_a_page_that_fails_by_its_listing_runs_until_it_passes(self, three):
        three.listing("one/listing.py", "x = 6\n")
        assert three.build("dummy").warnings[0].startswith("one.md:10: WARNING: ")
        assert three.ran() == ["one"]
        three.listing("one/listing.py", "x = 5\n")
        assert three.build("dummy").warnings == []
        assert three.ran() == ["one"]

    def test_a_page_that_is_gone_is_forgotten(self, project):
        project.write_index("one")
        project.write("one", "")
        assert "one" in json.loads(project.build().text("examples.json"))["pages"]
        (project.docs / "one.md").unlink()
        project.write("index", "")
        assert list(json.loads(project.build().text("examples.json"))["pages"]) == ["index"]

    def test_excluded_pages_do_not_run(self, project):
        project.configure('exclude_patterns = ["hidden"]\n')
        project.write_index()
        project.write("hidden/page", "```python\n>>> 1\n2\n```\n")
        assert project.build("dummy").warnings == []
        assert project.ran() == []

    def test_another_deadline_does_not_rerun_pages(self, three):
        three.configure("tested_pages_deadline = 77\n")
        three.build("dummy")
        assert three.ran() == []


class TestEditedProse:
    """The examples of a page whose prose was edited are shown as they last ran."""

    PAGE = """
    Some words.

    ```python
    >>> 1 + 1
    2
    ```

    ```{terminal} one
    $ echo hello
    hello
    ```

    ```{terminal} two
    $ echo bye
    bye
    ```
    """

    @pytest.fixture
    def page(self, project):
        project.write("index", self.PAGE)
        assert project.build().warnings == []
        assert project.ran() == ["index"]
        return project

    @needs_terminals
    def test_they_do_not_run_again(self, page):
        before = page.build()
        report = json.loads(before.text("examples.json"))["pages"]["index"]
        page.write("index", self.PAGE.replace("Some words.", "Other words.\n\n    And more."))
        after = page.build()
        assert (after.warnings, page.ran()) == ([], [])
        assert "no example ran, since none was edited, nor what it uses" in after.status
        moved = json.loads(after.text("examples.json"))["pages"]["index"]
        first, *others = report["examples"]
        assert moved["examples"] == [
            first,
            *({**example, "line": example["line"] + 2} for example in others),
        ]
        assert moved["ran_at"] == report["ran_at"]
        clean = re.search("<main.*?>.*</main>|<div class=.body.*", after.text(), re.DOTALL)[0]
        assert clean.count("hello") == 2
        assert "And more." in clean

    @needs_terminals
    def test_the_page_looks_as_after_a_run(self, page):
        text = self.PAGE.replace("Some words.", "Other words.\n\n    And more.")
        page.write("index", text)
        quick = page.build().text()
        page.write("index", text.replace("1 + 1", "2 + 0"))
        page.build()
        page.write("index", text)
        assert page.build().text() == quick
        assert page.ran() == ["index", "index"]

    @needs_terminals
    @pytest.mark.parametrize(
        ("old", "new"),
        [
            ("1 + 1", "0 + 2"),
            ("$ echo bye", "$ echo 'bye'"),
            # Two groups then, which matters to a wire.
            ("```{terminal} two", "Between.\n\n    ```{terminal} two"),
            ("Some words.", '% skip: next "a reason"'),
            ("Some words.", "```text\n    words\n    ```"),
        ],
        ids=["session", "command", "apart", "skip", "fence"],
    )
    def test_edited_examples_run(self, page, old, new):
        page.write("index", self.PAGE.replace(old, new))
        assert page.build().warnings == []
        assert page.ran() == ["index"]

    @needs_terminals
    def test_front_matter_is_no_prose(self, page):
        path = page.docs / "index.md"
        path.write_text("---\ncode: other\n---\n" + path.read_text())
        page.build()
        assert page.ran() == ["index"]

    def test_a_page_that_shows_its_lines_runs_when_they_move(self, project):
        page = """
            Words.

            ```python
            def line():
                import sys
                return sys._getframe().f_lineno
            ```

            ```python
            >>> line()  # in index.md
            14
            ```
            """
        project.write("index", page)
        assert project.build().warnings == []
        project.write("index", page.replace("Words.", "Words.\n\n            More."))
        [warning, *_] = project.build().warnings
        assert "the page shows something else" in warning
        assert project.ran() == ["index", "index"]

    def test_what_could_not_run_is_tried_again(self, project):
        project.write("index", '% skip: next "no reason"\n\n```python\n>>> 1\n1\n```\n')
        project.build()
        project.write("index", 'A.\n\n% skip: next "no reason"\n\n```python\n>>> 1\n1\n```\n')
        project.build()
        assert project.ran() == ["index", "index"]

    def test_a_page_that_was_saved_while_it_ran_runs_again(self, project):
        page = project.docs / "index.md"
        saved = (
            f"```python\nwith open({str(page)!r}, 'a') as page:\n    _ = page.write('{{}}')\n```\n"
        )
        project.write("index", saved.format(r"\n```python\n>>> 1\n1\n```\n"))
        project.build()
        page.write_text(page.read_text() + "More.\n")
        project.build()
        assert project.ran() == ["index", "index"]

    def test_the_report_of_a_page_that_failed_meanwhile_is_not_taken(self, page):
        page.write("index", self.PAGE.replace("hello\n    ```", "bye\n    ```"))
        assert page.build().warnings != []
        page.write("index", self.PAGE)
        assert page.build().warnings == []
        assert page.ran() == ["index", "index"]


class TestWhatIsSaid:
    """Failures are warnings at file and line."""

    def test_each_failure_is_a_warning(self, project):
        project.write_index()
        project.write(
            "index",
            """\
            ```python
            >>> 1 + 1
            3
            ```

            :::{note}
            ```pycon
            x
            ```
            :::
            """,
            notes=False,
        )
        warnings = project.build("dummy").warnings
        assert warnings == [
            "index.md:5: WARNING: the page shows something else than was printed: '3'; printed:",
            "    2 [tested_pages.session]",
            warnings[2],
        ]
        assert warnings[2].startswith("index.md:9: WARNING: the fence “pycon” is not run; ")
        assert warnings[2].endswith("[tested_pages.fence]")

    def test_the_status_says_how_pages_were_kept_apart(self, project, monkeypatch):
        monkeypatch.setenv("TESTED_PAGES_NETWORK", "shared")
        project.write("index", "")
        status = project.build("dummy").status
        assert re.search(r"1 example ran on 1 page in \d+\.\d s; pages that open ports one", status)

    def test_percent_signs_are_left_alone(self, project):
        project.write("index", "```python\n>>> '%s %d'\n''\n```\n")
        assert "    '%s %d' [tested_pages.session]" in project.build("dummy").warnings

    @pytest.mark.parametrize(("wrong", "status"), [(False, 0), (True, 1)])
    def test_a_strict_build_fails_and_fails_again(self, project, wrong, status):
        project.write("index", f"```python\n>>> 1 + 1\n{3 if wrong else 2}\n```\n")
        for _ in range(2):
            build = project.build("dummy", strict=True)
            assert build.statuscode == status
            assert any("index.md:10: WARNING" in line for line in build.warnings) is wrong

    def test_a_page_in_another_format_is_not_passed_over(self, project):
        project.write("index", "")
        (project.docs / "page.rst").write_text(":orphan:\n\nPage\n====\n\n>>> 1\n2\n")
        for _ in range(2):
            [warning] = project.build("dummy").warnings
            assert "page.rst: WARNING: the examples of this page are not run, since it is not" in (
                warning
            )

    def test_a_page_that_is_not_utf_8_says_so(self, project):
        project.write("index", "")
        (project.docs / "index.md").write_bytes(b"# A page\n\nCaf\xe9\n")
        command = [sys.executable, "-m", "sphinx", "-q", project.docs, project.root / "out"]
        done = subprocess.run(command, capture_output=True, text=True, check=False)
        assert done.returncode == 2
        first_line = done.stderr.splitlines()[0]
        assert "index.md:3: WARNING: this is not UTF-8, as a page must be: " in first_line

    def test_what_stops_all_pages_is_an_error_of_sphinx(self, project, monkeypatch):
        monkeypatch.setenv("TESTED_PAGES_NETWORK", "none")
        project.write("index", "```python\n>>> 1\n1\n```\n")
        with pytest.raises(SphinxError, match="TESTED_PAGES_NETWORK is “own” or “shared”"):
            project.build("dummy")


class TestWhatIsLeft:
    """The report, and the foot of each page."""

    def test_examples_json_has_every_page_of_every_build(self, three):
        three.write("three", "```python\n>>> 1 + 1\n3\n```\n")
        report = json.loads(three.build().text("examples.json"))
        assert list(report["pages"]) == ["index", "one", "part/two", "three"]
        page = report["pages"]["three"]
        assert page["python"] == ".".join(map(str, sys.version_info[:3]))
        assert page["network"] in {"own", "shared"}
        assert [(each["line"], each["kind"], each["result"]) for each in page["examples"]] == [
            (4, "code", "passed"),
            (10, "session", "failed"),
        ]
        assert page["examples"][1]["message"].startswith("the page shows something else")
        assert all(each["seconds"] >= 0 for each in page["examples"])

    def test_a_page_says_at_its_foot_what_ran(self, three):
        foot = re.search(
            r'class="examples-run[^>]*>\s*<p>(.*?)</p>', three.build().text("three.html")
        )
        assert foot[1].startswith("All 2 examples on this page ran on ")
        assert f"with Python {sys.version_info.major}." in foot[1]

    def test_a_page_without_examples_has_no_such_foot(self, three):
        assert "examples-run" not in three.build().text("index.html")

    def test_the_styles_are_there(self, three):
        build = three.build()
        assert "terminals.css" in build.text()
        assert (build.out / "_static/terminals.css").exists()

    def test_processes_may_share_the_reading(self, project):
        names = [f"page{number}" for number in range(8)]
        project.write_index(*names)
        for name in names:
            project.write(name, "```python\n>>> x = [1]\n```\n\n```{references} x\n```\n")
        build = project.build(jobs=2)
        assert build.warnings == []
        assert project.ran() == names
        for name in names:
            assert "<svg" in build.text(f"{name}.html")
            assert "All 3 examples" in build.text(f"{name}.html")
        assert project.build(jobs=2).warnings == []
        assert project.ran() == []


SCENE = """\
    ```{terminal} server
    $ python -c 'print("<Listening> on port 12345"); input()'
    <Listening> on port ...
    ```
    ```{terminal} client
    $ python -c 'print(input("Send: ")); print(input("Again: ") == "")'
    Send: a & b
    a & b
    Again: ⏎
    True
    ```

    ```{terminal} server
    ⌨ typed
    ```

    Text.

    ```{terminal} server
    $ cat
    ^D
    ```
    """


def plain(text):
    return html.unescape(re.sub(r"<[^>]*>", "", text))


def panes(text):
    """The terminals of a page: groups of names and HTML."""
    groups = re.split(r'<div class="terminals"', text)[1:]
    return [
        re.findall(
            r'<figcaption class="terminal-name">(.*?)</figcaption>'
            r'<div class="highlight"><pre tabindex="0">(.*?)</pre>',
            group,
            re.DOTALL,
        )
        for group in groups
    ]


@pytest.fixture(scope="module")
def shown(tmp_path_factory):
    """The terminals of a page."""
    project = Project(tmp_path_factory.mktemp("terminals"))
    project.write("index", SCENE, notes=False)
    build = project.build()
    assert build.warnings == []
    return panes(build.text())


@needs_terminals
class TestTerminals:
    """How terminals are shown."""

    def test_neighbours_are_one_group_and_others_are_not(self, shown):
        assert [[name for name, _ in group] for group in shown] == [
            ["server", "client"],
            ["server"],
        ]

    def test_fences_of_one_name_are_one_pane(self, shown):
        [(_, server), _] = shown[0]
        assert plain(server) == (
            """$ python -c 'print("<Listening> on port 12345"); input()'\n"""
            "<Listening> on port 12345\ntyped\n"
        )

    def test_typed_text_keys_and_output_are_told_apart(self, shown):
        [_, (_, client)] = shown[0]
        pieces = re.findall(r'<(span|kbd) class="terminal-(\w+)".*?>(.*?)</\1>', client, re.DOTALL)
        assert [(kind, html.unescape(text)) for _, kind, text in pieces] == [
            ("prompt", "$ "),
            ("typed", """python -c 'print(input("Send: ")); print(input("Again: ") == "")'"""),
            ("output", "Send: "),
            ("typed", "a & b"),
            ("output", "a & b\nAgain: "),
            ("key", "⏎"),
            ("output", "True\n"),
        ]
        assert {element for element, kind, _ in pieces if kind in {"typed", "key"}} == {"kbd"}
        [[(_, cat)]] = shown[1:]
        assert '<kbd class="terminal-key">^D</kbd>' in cat

    def test_nothing_of_a_program_becomes_html(self, shown):
        [(_, server), (_, client)] = shown[0]
        assert "&lt;Listening&gt;" in server
        assert "a &amp; b" in client

    def test_a_terminal_that_failed_shows_the_page_s_own_text(self, project):
        project.write("index", SCENE.replace("True", "False"), notes=False)
        build = project.build()
        assert build.warnings
        [[(_, server), (_, client)], _] = panes(build.text())
        assert "Send: a &amp; b" in client
        assert "port 12345" in plain(server)

    @pytest.mark.parametrize(
        ("before", "after"),
        [
            ("", ""),
            (":::{admonition} Title\n:class: tip\n", ":::\n"),
            ("::::{note}\n:::{tip}\nText.\n\n", ":::\n::::\n"),
            ("::::::{note}\n:::::{tip}\n::::{tip}\n", "::::\n:::::\n::::::\n"),
            ("`````{note}\n\n````{tip}\n", "````\n`````\n"),
        ],
    )
    def test_nested_terminals_show_what_ran(self, project, before, after):
        fence = "```{terminal} one\n$ expr 54320 + 1\n54...\n```\n"
        project.write("index", before + fence + after, notes=False)
        build = project.build()
        assert build.warnings == []
        assert "54321" in plain(build.text())

    def test_terminals_in_lists_show_what_ran(self, project):
        project.write(
            "index",
            """\
            1. First:

               ```{terminal} one
               $ expr 54320 + 1
               54...
               ```

               - and:

                 ```{terminal} one
                 $ expr 65430 + 2
                 65...
                 ```
            """,
            notes=False,
        )
        build = project.build()
        assert build.warnings == []
        assert "54321" in plain(build.text())
        assert "65432" in plain(build.text())

    def test_text_between_terminals_parts_them_also_in_a_list(self, project):
        fence = "```{terminal} one\n$ true\n```\n"
        project.write("index", f"{fence}\n% A comment.\n\n{fence}{fence}", notes=False)
        assert [len(group) for group in panes(project.build().text())] == [1, 1]

    @pytest.mark.parametrize("builder", ["text", "latex", "epub", "dirhtml", "singlehtml", "man"])
    def test_other_builders_show_it_too(self, project, builder):
        project.configure("version = '1'\ncopyright = 'us'\n")
        references = "\n```python\nx = [1]\n```\n\n```{references} x\n```\n"
        project.write("index", textwrap.dedent(SCENE) + references, notes=False)
        build = project.build(builder)
        assert build.warnings == []
        assert project.build(builder).warnings == []
        if builder == "text":
            text = build.text("index.txt")
            assert "Send: a & b\n" in text
            assert "<Listening> on port 12345" in text
            assert "All 6 examples on this page ran" in text

    def test_a_terminal_without_a_name_is_one_warning_more(self, project):
        project.write("index", "```{terminal}\n$ true\n```\n", notes=False)
        warnings = project.build().warnings
        message = "index.md:3: WARNING: a terminal needs a name: ```{terminal} server"
        assert any(message in warning for warning in warnings)

    def test_a_terminal_that_the_run_did_not_come_across_is_a_warning(self, project, monkeypatch):
        class RunsElsewhere(PageRunner):
            def run(self, docnames):
                for result in super().run(docnames):
                    examples = [
                        replace(example, fence_line=example.fence_line + 10)
                        for example in result.examples
                    ]
                    yield replace(result, examples=examples)

        monkeypatch.setattr(sphinx_extension, "PageRunner", RunsElsewhere)
        project.write("index", "```{terminal} one\n$ true\n```\n", notes=False)
        [warning] = project.build().warnings
        assert warning.startswith("index.md:3: WARNING: this {terminal} was not run; ")


def test_a_build_that_fails_in_the_middle_ends_what_it_runs(project):
    project.write_index("endless")
    project.write("endless", "```python\n>>> while True:\n...     pass\n```\n", notes=False)
    (project.docs / "conf.py").write_text(
        (project.docs / "conf.py").read_text()
        + "\ndef fail(app, docname, source):\n    raise OSError('no more')\n"
        + "\ndef setup(app):\n    app.connect('source-read', fail, priority=1)\n"
    )
    before = {process.pid for process in psutil.Process().children(recursive=True)}
    with pytest.raises(ExtensionError, match="no more"):
        project.build("dummy")
    assert {process.pid for process in psutil.Process().children(recursive=True)} <= before


class TestReadmes:
    """A README beside the folder of the pages is the page of its folder."""

    @pytest.fixture
    def chat(self, project):
        self.folder = project.root / "examples" / "chat"
        self.folder.mkdir(parents=True)
        (self.folder / "greeting.py").write_text("text = 'hello'\n")
        self.write("hello")
        project.write("index", "See {doc}`examples/chat`.\n\n```{toctree}\nexamples/chat\n```\n")
        return project

    def write(self, text):
        (self.folder / "README.md").write_text(
            "# Chat\n\nBack to {doc}`/index`.\n\n"
            "```{literalinclude} greeting.py\n```\n\n"
            f"```python\n>>> import greeting\n>>> greeting.text\n'{text}'\n```\n"
        )

    def test_it_runs_in_its_folder_and_is_built(self, chat):
        build = chat.build()
        assert build.warnings == []
        page = (build.out / "examples" / "chat.html").read_text()
        assert "greeting" in page
        assert 'href="../index.html"' in page
        assert json.loads((build.out / "examples.json").read_text())["pages"]["examples/chat"]

    def test_its_failures_are_at_its_lines(self, chat):
        self.write("goodbye")
        [first, *_] = chat.build("dummy").warnings
        assert "examples/chat/README.md:" in first
        assert first.startswith(f"{self.folder}/README.md:11: WARNING: the page shows something")
        self.write("hello")
        assert chat.build("dummy").warnings == []

    def test_an_edited_program_runs_it_again(self, chat):
        assert chat.build("dummy").warnings == []
        (self.folder / "greeting.py").write_text("text = 'goodbye'\n")
        assert any("README.md" in warning for warning in chat.build("dummy").warnings)

    def test_one_that_has_gone_is_gone(self, chat):
        assert chat.build().warnings == []
        (self.folder / "README.md").unlink()
        chat.write("index", "")
        build = chat.build()
        assert build.warnings == []
        assert "examples/chat" not in json.loads((build.out / "examples.json").read_text())["pages"]
