"""The answers in scripts.txt are those of a real Linux."""

import importlib.util
import sys
from pathlib import Path

import pytest

from tested_pages.loopback_network import own_network_refusal

REFUSAL = own_network_refusal() if sys.platform == "linux" else "this is not Linux"
# A machine with much else to do may be late with what crosses loopback.
TRIES = 5


def _module(name):
    path = Path(__file__).with_name(f"{name}.py")
    spec = importlib.util.spec_from_file_location(f"fidelity_{name}", path)
    module = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = module
    spec.loader.exec_module(module)
    return module


linux_sockets = _module("linux_sockets")


@pytest.mark.skipif(bool(REFUSAL), reason=f"scripts need a network of their own: {REFUSAL}")
@pytest.mark.parametrize("script", linux_sockets.read_scripts(), ids=lambda script: script.title)
def test_linux_answers_as_recorded(script):
    answers = []
    for _ in range(TRIES):
        answers = linux_sockets.answers_in_own_process(script)
        if answers == list(script.answers):
            return
    assert dict(enumerate(zip(script.calls, answers, strict=True))) == dict(
        enumerate(zip(script.calls, script.answers, strict=True))
    )
