"""What became of a page's examples, in a form that crosses processes, builds and JSON."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

Kind = Literal["session", "code", "terminal", "wire", "references", "python2", "fence", "page"]
Network = Literal["own", "shared"]
Outcome = Literal["passed", "failed", "not run"]

SegmentKind = Literal["prompt", "command", "output", "typed", "key"]


@dataclass(frozen=True)
class ExampleResult:
    """One example of a page.

    Attributes:
        kind: What sort of example it is.
        fence_line: Line (1-based) of the fence that holds it; a session has many examples a fence.
        line: Line to look at: the example's own, or the first that was not as shown.
        outcome: "not run" is for examples that this machine cannot run; `message` says why.
        seconds: Wall-clock time.
        message: Empty for a passed example, else what was expected, what came, what to do.
        artifact: What the page shows of the run, as JSON values: for a terminal a list of
            `[segment kind, text]`, for a wire the recorded calls, for references the objects.
    """

    kind: Kind
    fence_line: int
    line: int
    outcome: Outcome
    seconds: float
    message: str = ""
    artifact: Any = None


@dataclass(frozen=True)
class PageResult:
    """All examples of one page, and what ran them.

    Attributes:
        docname: The page's name, such as `sockets/udp`.
        python: Version of the Python that ran it; "" if its process did not live to say.
        system: Name and release of the operating system.
        network: Whether the page had a network of its own.
        seconds: Wall-clock time.
        ran_at: When, in UTC, as ISO 8601.
        examples: In page order.
    """

    docname: str
    python: str
    system: str
    network: Network
    seconds: float
    ran_at: str = ""
    examples: list[ExampleResult] = field(default_factory=list)

    @property
    def failures(self) -> list[ExampleResult]:
        """The failed examples, in page order."""
        failures = (example for example in self.examples if example.outcome == "failed")
        return sorted(failures, key=lambda example: example.line)

    def artifact_at(self, fence_line: int) -> Any:
        """What the run left for the fence that begins at `fence_line`; None if nothing."""
        for example in self.examples:
            if example.fence_line == fence_line and example.artifact is not None:
                return example.artifact
        return None

    def as_json(self) -> dict[str, Any]:
        """The result as JSON values, complete enough for `from_json`."""
        # Not `asdict`, which copies each value of each artifact.
        return {**vars(self), "examples": [dict(vars(example)) for example in self.examples]}

    @classmethod
    def from_json(cls, values: dict[str, Any]) -> PageResult:
        """The inverse of `as_json`."""
        examples = [ExampleResult(**example) for example in values["examples"]]
        return cls(**{**values, "examples": examples})


def failed_page(docname: str, network: Network, line: int, message: str) -> PageResult:
    """The result of a page whose process did not live to give one."""
    failure = ExampleResult("page", line, line, "failed", 0.0, message)
    return PageResult(docname, "", "", network, 0.0, examples=[failure])
