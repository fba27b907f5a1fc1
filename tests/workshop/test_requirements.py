"""The pins are complete, hashed, and what pyproject.toml asks for."""

import re

import pytest
from checkout import PROJECT, ROOT
from packaging.dependency_groups import resolve_dependency_groups
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

GROUPS = PROJECT["dependency-groups"]
# How the annotations of a requirements file name what pyproject.toml itself asks for.
ASKED_FOR = f"{PROJECT['project']['name']} (pyproject.toml:"


def asked_for(group):
    """What pyproject.toml asks for, with what the group includes."""
    return [Requirement(line) for line in resolve_dependency_groups(GROUPS, group)]


def logical_lines(group):
    text = (ROOT / "requirements" / f"{group}.txt").read_text(encoding="utf-8")
    return text.replace("\\\n", "").splitlines()


def pins(group):
    """The file's requirements by name, each with its hashes."""
    found = {}
    for line in logical_lines(group):
        if line and not line.lstrip().startswith("#"):
            requirement, *hashes = re.split(r"\s+--hash=", line)
            parsed = Requirement(requirement)
            found.setdefault(canonicalize_name(parsed.name), []).append((parsed, hashes))
    return found


def test_each_group_has_its_file():
    files = {path.stem for path in (ROOT / "requirements").iterdir()}
    assert files == GROUPS.keys(), "run nox -s lock"


@pytest.mark.parametrize("group", GROUPS)
def test_every_line_pins_one_release_with_hashes(group):
    for name, requirements in pins(group).items():
        for requirement, hashes in requirements:
            assert re.fullmatch(r"==[\w.+!]+", str(requirement.specifier)), f"{name} is not pinned"
            assert hashes, f"{name} has no hash"
            assert all(re.fullmatch(r"sha256:[0-9a-f]{64}", value.strip()) for value in hashes)


@pytest.mark.parametrize("group", GROUPS)
def test_the_pins_are_what_the_group_asks_for(group):
    pinned = pins(group)
    for requirement in asked_for(group):
        pins_of_it = pinned.get(canonicalize_name(requirement.name), [])
        assert pins_of_it, f"{requirement.name} is not pinned: run nox -s lock"
        for pin, _ in pins_of_it:
            (specifier,) = pin.specifier
            assert requirement.specifier.contains(specifier.version), "run nox -s lock"


@pytest.mark.parametrize("group", GROUPS)
def test_nothing_is_pinned_for_a_group_that_no_longer_asks_for_it(group):
    asked = {requirement.name for requirement in asked_for(group)}
    name = ""
    for line in logical_lines(group):
        if line and not line.lstrip().startswith("#"):
            name = Requirement(line.split(" --hash=")[0]).name
        elif ASKED_FOR in line:
            assert name in asked, f"{name} is pinned and not asked for: run nox -s lock"


@pytest.mark.parametrize("group", GROUPS)
def test_all_groups_pin_the_same_releases(group):
    everything = pins("dev")
    for name, requirements in pins(group).items():
        assert {str(pin.specifier) for pin, _ in requirements} <= {
            str(pin.specifier) for pin, _ in everything[name]
        }


@pytest.mark.parametrize("group", GROUPS)
def test_no_file_names_where_packages_come_from(group):
    for line in logical_lines(group):
        assert "://" not in line
        assert not re.match(r"\s*-(?!-hash)", line), f"an option: {line}"
