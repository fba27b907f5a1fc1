"""Files that other services read are what those services expect."""

import subprocess
import sys

import pytest
from checkout import ROOT

WORKFLOWS = sorted((ROOT / ".github" / "workflows").iterdir())


def problems(schema, file):
    """What the schema that check-jsonschema brings along finds wrong; no network is asked."""
    command = [sys.executable, "-m", "check_jsonschema", "--builtin-schema", schema, file]
    return subprocess.run(command, capture_output=True, text=True, check=False)


@pytest.mark.parametrize("workflow", WORKFLOWS, ids=lambda path: path.name)
@pytest.mark.parametrize(
    "schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"]
)
def test_workflow(schema, workflow):
    result = problems(schema, workflow)
    assert result.returncode == 0, result.stdout + result.stderr


def test_read_the_docs():
    result = problems("vendor.readthedocs", ROOT / ".readthedocs.yaml")
    assert result.returncode == 0, result.stdout + result.stderr


def test_a_wrong_file_is_noticed(tmp_path):
    wrong = tmp_path / ".readthedocs.yaml"
    wrong.write_text("version: 2\nbuild: {os: my-laptop}\n")
    assert problems("vendor.readthedocs", wrong).returncode == 1
