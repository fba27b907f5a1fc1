"""Exercises and their checks belong together, and the page says how to run a check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp

from exercise_checks.exercises import exercises_of, pages_with_exercises
from tested_pages.page_paths import page_path

DOCS = Path(__file__).parents[2] / "docs"
EXERCISE = re.compile(
    r"^`{3,}\{exercise\} *(?P<title>.*)\n(?::.*\n)*?:label: *(?P<label>\S+)", re.MULTILINE
)


def labelled_exercises(page: str) -> dict[str, str]:
    """Titles of the page's exercises, by label."""
    text = page_path(DOCS, page).read_text(encoding="utf-8")
    return {found["label"]: found["title"].strip() for found in EXERCISE.finditer(text)}


@pytest.mark.parametrize("page", pages_with_exercises())
def test_each_check_has_an_exercise_that_bears_its_name(page: str) -> None:
    exercises = labelled_exercises(page)
    part, prefix = page.replace("_", "-").split("/")
    exercises = {label.removeprefix(f"{part}-"): title for label, title in exercises.items()}
    for exercise in exercises_of(page):
        label = f"{prefix}-{exercise.name.replace('_', '-')}"
        assert label in exercises, f"{page} has no exercise labelled {label}"
        assert exercises[label] == exercise.name, f"{page}: the title of {label}"


def build(folder: Path, text: str) -> tuple[str, str]:
    """The page `python/lists` with this text as HTML, and the warnings."""
    source = folder / "docs"
    (source / "python").mkdir(parents=True)
    (source / "conf.py").write_text(
        'extensions = ["myst_parser", "sphinx_design", "sphinx_exercise", "folded_boxes",'
        ' "checkable_exercises"]\nroot_doc = "python/lists"\n'
    )
    (source / "python" / "lists.md").write_text(text, encoding="utf-8")
    app = SphinxTestApp("html", srcdir=source)
    try:
        app.build()
        html = (Path(app.outdir) / "python" / "lists.html").read_text(encoding="utf-8")
        return html, app.warning.getvalue()
    finally:
        app.cleanup()


ONE_EXERCISE = """\
# Lists

```{exercise} queue
:label: python-lists-queue

Do it.
```

````{solution} python-lists-queue
:class: dropdown

It is done.
````

```{exercise}
:label: python-lists-paper

On paper.
```

```{solution} python-lists-paper
Open.
```
"""


def test_page_says_how_to_check_and_folds_what_is_to_be_folded(tmp_path: Path) -> None:
    html, warnings = build(tmp_path, ONE_EXERCISE)
    text = re.sub(r"<[^>]+>", "", html)
    assert text.count("Check your file:") == 1
    assert "python -m tutorial_examples check python/lists my_answer.py queue" in text
    folded = re.findall(r"<details[^>]*>\s*<summary[^>]*>(.*?)</summary>", html, re.DOTALL)
    assert len(folded) == 1
    assert folded[0].startswith("Solution to Exercise ")
    assert html.count("</details>") == 1
    # The other checks of python/lists have no exercise on this page.
    assert "the check 'board' has no exercise; label one 'python-lists-board'" in warnings


BOXES = """\
# Lists

```{admonition} A *long* list
:class: dropdown

Folded.
```

```{admonition} A short one
Open.
```
"""


def test_a_box_is_folded_if_its_class_says_so(tmp_path: Path) -> None:
    html, _ = build(tmp_path, BOXES)
    folded = re.findall(r"<details[^>]*>.*?</details>", html, re.DOTALL)
    assert len(folded) == 1
    assert re.search(r"<summary[^>]*>A long list</summary>\s*<p>Folded\.</p>", folded[0])
    assert re.search(r'<div class="[^"]*admonition[^"]*">\s*<p[^>]*>A short one</p>', html)


def test_a_note_keeps_its_title_folded_or_not(tmp_path: Path) -> None:
    html, _ = build(
        tmp_path,
        "# Lists\n\n```{warning}\nHot.\n```\n\n```{note}\n:class: dropdown\n\nFolded.\n```\n",
    )
    assert re.search(r'<div class="admonition warning">\s*<p[^>]*>Warning</p>\s*<p>Hot', html)
    summary = r"<summary[^>]*>Note</summary>\s*<p>Folded"
    assert re.search(rf'<details class="[^"]*admonition note[^"]*">\s*{summary}', html)


def test_a_question_is_a_box_like_the_others(tmp_path: Path) -> None:
    html, _ = build(tmp_path, "# Lists\n\n```{dropdown} What is *x*?\nIt is *y*.\n```\n")
    question = re.search(r"<details([^>]*)>(.*?)</details>", html, re.DOTALL)
    assert question
    assert 'class="question admonition"' in question[1]
    assert re.search(
        r'<summary class="admonition-title">.*What is .*x.*\?.*</summary>', question[2], re.DOTALL
    )
    assert "<p>It is <em>y</em>.</p>" in question[2]
    assert "sd-" not in question[2]
    assert "<svg" not in question[2]


def test_exercises_are_numbered_page_by_page_and_nothing_else_is(tmp_path: Path) -> None:
    (tmp_path / "conf.py").write_text(
        'extensions = ["myst_parser", "sphinx_exercise", "exercise_numbers"]\n'
        'master_doc = "first"\n'
    )
    exercise = "```{exercise}\n:label: %s\n\nDo it.\n```\n\n"
    figure = "```{code-block} python\n:caption: A listing\n\npass\n```\n"
    contents = "```{toctree}\nsecond\n```\n"
    first = tmp_path / "first.md"
    first.write_text(f"# First\n\n{exercise % 'one'}{exercise % 'two'}{figure}{contents}")
    # A reference without words of its own names the exercise by its number.
    second = tmp_path / "second.md"
    second.write_text(f"# Second\n\n{exercise % 'three'}See {{ref}}`three` and {{ref}}`two`.\n")

    def numbers() -> list[list[str]]:
        app = SphinxTestApp("html", srcdir=tmp_path)
        try:
            app.build()
            assert app.warning.getvalue() == ""
            pages = [Path(app.outdir, f"{name}.html").read_text() for name in ("first", "second")]
        finally:
            app.cleanup()
        assert not re.search(r'caption-number">(?!Exercise)', "".join(pages))
        return [re.findall(r"Exercise (\d+)", re.sub(r"<[^>]+>", "", page)) for page in pages]

    assert numbers() == [["1", "2"], ["1", "1", "2"]]
    first.write_text(first.read_text().replace("# First", f"# First\n\n{exercise % 'new'}"))
    second.write_text(second.read_text().replace("Do it", "Do it well"))
    assert numbers() == [["1", "2", "3"], ["1", "1", "3"]]
