"""`python -m tested_pages`: runs pages by name, for those who write them."""

import subprocess
import sys

import pytest
from written_pages import WrittenPages

GOOD = "```python\n>>> 1 + 1\n2\n```\n"
BAD = "# A page\n\n```python\n>>> 1 + 1\n3\n```\n\n```pycon\nx\n```\n"


@pytest.fixture
def site(tmp_path):
    """A checkout with two pages, as the command expects it."""
    written = WrittenPages(tmp_path)
    written.code = tmp_path / "src/tutorial_examples"
    written.write(GOOD, docname="python/good")
    written.write(BAD, docname="bad")
    return tmp_path


def command(folder, *arguments):
    return subprocess.run(
        [sys.executable, "-m", "tested_pages", *arguments],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )


def test_a_page_that_passes_is_status_0(site):
    done = command(site, "python/good")
    assert done.returncode == 0
    assert done.stdout.startswith("1 example ran on 1 page in ")
    assert done.stderr == ""


@pytest.mark.parametrize("arguments", [["bad"], []])
def test_failures_are_told_at_file_and_line(site, arguments):
    done = command(site, *arguments)
    assert done.returncode == 1
    first, printed, second, summary = done.stdout.splitlines()
    bad = str((site / "docs/bad.md").relative_to(site))
    assert first.startswith(f"{bad}:5: the page shows something else than was printed: '3'")
    assert printed == "    2"
    assert second.startswith(f"{bad}:8: the fence “pycon” is not run")
    assert ("on 1 page, 2 not as shown" if arguments else "on 2 pages, 2 not as shown") in summary


@pytest.mark.parametrize(
    "name",
    [
        "python/good",
        "python/good.md",
        "docs/python/good.md",
        "docs/python/good",
        "./docs/python/good.md",
    ],
)
def test_a_page_may_be_named_by_name_or_by_file(site, name):
    assert command(site, name).returncode == 0


def test_a_page_may_be_named_by_its_absolute_path(site):
    assert command(site, site / "docs/python/good.md").returncode == 0


def test_other_folders_may_be_given(site, tmp_path_factory):
    elsewhere = tmp_path_factory.mktemp("elsewhere")
    folders = ("--docs", site / "docs", "--code", site / "src/tutorial_examples")
    done = command(elsewhere, "python/good", *folders)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_page_that_is_not_there_is_named(site):
    done = command(site, "python/goood")
    assert done.returncode == 2
    assert "there is no page docs/python/goood.md" in done.stderr.replace("\\", "/")


def test_a_similar_name_is_offered(site):
    assert "did you mean python/good?" in command(site, "python/goood").stderr
    assert "did you mean python/good?" in command(site, "good").stderr
    assert "did you mean" not in command(site, "something/else").stderr


@pytest.mark.parametrize("folder", ["nowhere", "src"])
def test_a_folder_without_pages_is_no_success(site, folder):
    done = command(site, "--docs", folder)
    assert done.returncode == 2
    assert f"there are no pages in {folder}" in done.stderr


def test_the_summary_says_how_pages_were_kept_apart(site, monkeypatch):
    monkeypatch.setenv("TESTED_PAGES_NETWORK", "shared")
    if sys.platform == "win32":
        assert "(this system cannot fork processes)" in command(site, "python/good").stdout
    else:
        assert command(site, "python/good").stdout.endswith(
            "; pages that open ports one at a time, without a network of their own (it is so set)\n"
        )


@pytest.mark.skipif(sys.platform == "win32", reason="there is no such choice on Windows")
def test_a_wrong_setting_is_one_sentence(site, monkeypatch):
    monkeypatch.setenv("TESTED_PAGES_NETWORK", "none")
    done = command(site, "python/good")
    assert done.returncode == 2
    assert "TESTED_PAGES_NETWORK is “own” or “shared”, not “none”" in done.stderr
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize("deadline", ["0", "-1", "soon"])
def test_a_deadline_is_a_number_of_seconds(site, deadline):
    done = command(site, "python/good", f"--deadline={deadline}")
    assert done.returncode == 2
    assert "--deadline" in done.stderr
    assert "Traceback" not in done.stderr


def test_the_deadline_is_kept(site):
    (site / "docs/hangs.md").write_text("```python\nwhile True: pass\n```\n", encoding="utf-8")
    if sys.platform == "win32":
        pytest.skip("Windows cannot interrupt an example")
    done = command(site, "hangs", "--deadline=0.5")
    assert done.returncode == 1
    assert "hangs.md:2: no end within 0.5 seconds" in done.stdout
