"""Every task that a document or a workflow names exists, and all agree on the Pythons."""

import ast
import re

import pytest
from checkout import PROJECT, ROOT, tracked_files

TASK = re.compile(r"\bnox (?:--[\w-]+ )*-s (?P<task>[\w-]+)")
CLASSIFIER = "Programming Language :: Python :: "
PYTHONS = [
    classifier.removeprefix(CLASSIFIER)
    for classifier in PROJECT["project"]["classifiers"]
    if classifier.startswith(CLASSIFIER)
]


def sessions():
    module = ast.parse((ROOT / "noxfile.py").read_text(encoding="utf-8"))
    return {
        function.name: ast.get_docstring(function)
        for function in module.body
        if isinstance(function, ast.FunctionDef)
        and any("nox.session" in ast.unparse(decorator) for decorator in function.decorator_list)
    }


def test_each_task_says_what_it_does():
    assert all(sessions().values())


def test_every_task_that_is_named_exists():
    named = {
        (path.as_posix(), match["task"])
        for path in tracked_files()
        if path.suffix in {".md", ".py", ".yml", ".yaml", ".toml"} or path.parts[0] == ".ci"
        for match in TASK.finditer((ROOT / path).read_text(encoding="utf-8"))
    }
    assert {"docs", "tests"} <= {task for _, task in named}
    # "tests-" is how a workflow names one of the Pythons of its matrix.
    unknown = {(path, task) for path, task in named if task.rstrip("-") not in sessions()}
    assert not unknown


def test_the_workflow_tests_every_supported_python():
    workflow = (ROOT / ".github" / "workflows" / "tests.yml").read_text(encoding="utf-8")
    (matrix,) = re.findall(r"^ +python: \[(.+)\]$", workflow, re.MULTILINE)
    assert re.findall(r'"(.+?)"', matrix) == PYTHONS


def test_the_gate_looks_for_every_supported_python():
    gate = (ROOT / ".ci" / "run").read_text(encoding="utf-8")
    (wanted,) = re.findall(r"for wanted in (.+); do", gate)
    assert wanted.split() == [*PYTHONS, "2.7"]


@pytest.mark.parametrize("tool", ["ruff", "mypy"])
def test_the_tools_check_for_the_oldest_supported_python(tool):
    settings = PROJECT["tool"][tool]
    oldest = settings.get("python_version") or settings["target-version"].replace("py3", "3.")
    assert oldest == PYTHONS[0] == PROJECT["project"]["requires-python"].removeprefix(">=")
