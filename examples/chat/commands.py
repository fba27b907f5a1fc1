"""What a client can ask for: one line each."""

from dataclasses import dataclass

from chat_error import ChatError

HELP = "/join ROOM, /rooms, /who, /help, /quit; the rest is said to the room"


@dataclass(frozen=True)
class Say:
    """Say something to all in the room."""

    text: str


@dataclass(frozen=True)
class Join:
    """Leave the room for another one, which need not exist yet."""

    room: str


@dataclass(frozen=True)
class Rooms:
    """List the rooms."""


@dataclass(frozen=True)
class Who:
    """List those who are in the room."""


@dataclass(frozen=True)
class Help:
    """List the commands."""


@dataclass(frozen=True)
class Quit:
    """Leave the chat."""


Command = Say | Join | Rooms | Who | Help | Quit


def parse(line: str) -> Command | None:
    """The command in a line without its end; None if the line is empty.

    Raises:
        ChatError: There is no such command.
    """
    match line.split():
        case []:
            return None
        case ["/join", room]:
            return Join(room)
        case ["/rooms"]:
            return Rooms()
        case ["/who"]:
            return Who()
        case ["/help"]:
            return Help()
        case ["/quit"]:
            return Quit()
        case [word, *_] if word.startswith("/"):
            raise ChatError("no such command; /help names them all")
        case _:
            return Say(line.strip())
