"""Runs one of CPython's own test modules in the page's Python; a line of JSON for what happens.

    python run_standard_tests.py test.test_socket [TEST_OR_CLASS_TO_LEAVE_OUT ...]

The tests are told that this is Linux, which the network imitates, and that there are no
other processes; what needs those is skipped by them.
"""

import json
import os
import sys
import sysconfig
import unittest

sysconfig.get_config_vars()  # while it can find them
sys.platform = "linux"
for forking in ("fork", "forkpty"):
    if hasattr(os, forking):
        delattr(os, forking)

from test import support  # noqa: E402  (it looks at the platform)

support.has_subprocess_support = False
support.use_resources = ["network"]
support.verbose = 0


def say(event, test, detail=""):
    """Write what happened to a test."""
    print(json.dumps([event, test.id().removeprefix("test."), detail]), flush=True)


class Reporter(unittest.TestResult):
    """Tells of each test when it begins and when its outcome is known."""

    def startTest(self, test):  # noqa: N802
        super().startTest(test)
        say("begin", test)

    def addSuccess(self, test):  # noqa: N802
        say("passed", test)

    def addSkip(self, test, reason):  # noqa: N802
        say("skipped", test, reason)

    def addExpectedFailure(self, test, problem):  # noqa: N802
        say("passed", test)

    def addUnexpectedSuccess(self, test):  # noqa: N802
        say("failed", test, "unexpected success")

    def addFailure(self, test, problem):  # noqa: N802
        say("failed", test, self._exc_info_to_string(problem, test))

    addError = addFailure  # noqa: N815

    def addSubTest(self, test, subtest, problem):  # noqa: N802
        if problem is not None:
            say("failed", test, self._exc_info_to_string(problem, test))


def tests_in(suite):
    """The tests of a suite, one by one."""
    for test in suite:
        if isinstance(test, unittest.TestSuite):
            yield from tests_in(test)
        else:
            yield test


module, *left_out = sys.argv[1:]
found = unittest.defaultTestLoader.loadTestsFromName(module)
kept = []
for test in tests_in(found):
    name = test.id().removeprefix("test.")
    if {name, name.rpartition(".")[0]} & set(left_out):
        say("left out", test)
    else:
        kept.append(test)
unittest.TestSuite(kept).run(Reporter())
print(json.dumps(["end", module, ""]), flush=True)
os._exit(0)
