"""How much of everything one client may have."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Limits:
    """Times in seconds; each field's metadata says what it limits, as `help`."""

    clients: int = field(default=100, metadata={"help": "connections at the same time"})
    line_bytes: int = field(default=1000, metadata={"help": "bytes of one line"})
    name_length: int = field(default=20, metadata={"help": "characters of a name"})
    waiting_lines: int = field(default=100, metadata={"help": "unread lines of a slow reader"})
    pause_seconds: float = field(default=0.05, metadata={"help": "between a client's lines"})
    idle_seconds: float = field(default=600.0, metadata={"help": "without a line from a client"})
    stop_seconds: float = field(default=3.0, metadata={"help": "for the last lines to a client"})
