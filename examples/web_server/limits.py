"""What one client may ask of the server."""

from dataclasses import dataclass, field


@dataclass(frozen=True)
class Limits:
    """Sizes in bytes, times in seconds; each field's metadata says what it limits, as `help`."""

    connections: int = field(default=500, metadata={"help": "connections at a time"})
    head_bytes: int = field(default=16_384, metadata={"help": "request line and headers together"})
    headers: int = field(default=100, metadata={"help": "number of headers"})
    body_bytes: int = field(default=1_000_000, metadata={"help": "body of a request"})
    idle_seconds: float = field(default=15.0, metadata={"help": "wait for a further request"})
    head_seconds: float = field(default=10.0, metadata={"help": "until the headers are complete"})
    body_seconds: float = field(default=30.0, metadata={"help": "until the body is complete"})
    send_seconds: float = field(default=20.0, metadata={"help": "until a client takes 64 KiB"})
    linger_seconds: float = field(default=2.0, metadata={"help": "for a refused client to stop"})
    stop_seconds: float = field(default=5.0, metadata={"help": "for requests when we are stopped"})
