"""Exercises and their checks belong together, and the page says how to run a check."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from sphinx.testing.util import SphinxTestApp

from exercise_checks.exercises import exercises_of, pages_with_exercises

DOCS = Path(__file__).parents[2] / "docs"
EXERCISE = re.compile(
    r"^`{3,}\{exercise\} *(?P<title>.*)\n(?::.*\n)*?:label: *(?P<label>\S+)", re.MULTILINE
)


def labelled_exercises(page: str) -> dict[str, str]:
    """Titles of the page's exercises, by label."""
    text = (DOCS / f"{page}.md").read_text(encoding="utf-8")
    return {found["label"]: found["title"].strip() for found in EXERCISE.finditer(text)}


@pytest.mark.parametrize("page", pages_with_exercises())
def test_each_check_has_an_exercise_that_bears_its_name(page: str) -> None:
    exercises = labelled_exercises(page)
    prefix = page.replace("/", "-").replace("_", "-") + "-"
    for exercise in exercises_of(page):
        label = prefix + exercise.name.replace("_", "-")
        assert label in exercises, f"docs/{page}.md has no exercise labelled {label}"
        assert exercises[label] == exercise.name, f"docs/{page}.md: the title of {label}"


def build(folder: Path, text: str) -> tuple[str, str]:
    """The page `python/lists` with this text as HTML, and the warnings."""
    source = folder / "docs"
    (source / "python").mkdir(parents=True)
    (source / "conf.py").write_text(
        'extensions = ["myst_parser", "sphinx_exercise", "folded_solutions",'
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
    assert "Solution to" in re.sub(r"<[^>]+>", "", folded[0])
    assert html.count("</details>") == 1
    # The other checks of python/lists have no exercise on this page.
    assert "the check 'board' has no exercise; label one 'python-lists-board'" in warnings
