"""Who is there, who is in which room, and who hears what. Nothing here waits."""

import re
from typing import Protocol

from chat_error import ChatError

LOBBY = "lobby"
_NAME = re.compile(r"[^\W_][\w-]*")


class Listener(Protocol):
    """One who can be told something.

    Attributes:
        name: Empty until the chat has been entered.
        room: The same.
    """

    name: str
    room: str

    def tell(self, text: str) -> None:
        """Send a line, without waiting for it."""


class Chat:
    """All members and rooms. A room exists as long as somebody is in it.

    Args:
        name_length: How many characters the name of a member or room may have.
    """

    def __init__(self, name_length: int) -> None:
        self._name_length = name_length
        self._members: dict[str, Listener] = {}
        self._rooms: dict[str, dict[str, Listener]] = {}

    def enter(self, member: Listener, name: str) -> None:
        """Let a member in, and into the lobby.

        Raises:
            ChatError: The name is taken, or is no name.
        """
        self._check_name(name)
        if name.casefold() in self._members:
            raise ChatError(f"there is a {name} already")
        self._members[name.casefold()] = member
        member.name = name
        self._move(member, LOBBY)

    def join(self, member: Listener, room: str) -> None:
        """Take a member out of its room, if it is in one, and into another.

        Raises:
            ChatError: The room's name is no name.
        """
        self._check_name(room)
        if room == member.room:
            raise ChatError(f"you are in {room} already")
        self._move(member, room)

    def leave(self, member: Listener) -> None:
        """Let a member go; one who never entered may go as well."""
        if self._members.get(member.name.casefold()) is member:
            del self._members[member.name.casefold()]
            self._leave_room(member)

    def say(self, member: Listener, text: str) -> None:
        """Tell all in a member's room, the member too, what it says."""
        self._tell(member.room, f"<{member.name}> {text}")

    def end(self) -> None:
        """Let all members go, and tell nobody of it."""
        self._members.clear()
        self._rooms.clear()

    def rooms(self) -> list[tuple[str, int]]:
        """Each room, and how many are in it, in alphabetical order."""
        return sorted((room, len(members)) for room, members in self._rooms.items())

    def names_in(self, room: str) -> list[str]:
        """Who is in a room, in alphabetical order."""
        return sorted(self._rooms.get(room, ()), key=str.casefold)

    def _move(self, member: Listener, room: str) -> None:
        self._leave_room(member)
        self._rooms.setdefault(room, {})[member.name] = member
        member.room = room
        self._tell(room, f"* {member.name} has joined {room}")

    def _leave_room(self, member: Listener) -> None:
        if not member.room:
            return
        room, member.room = member.room, ""
        del self._rooms[room][member.name]
        if self._rooms[room]:
            self._tell(room, f"* {member.name} has left {room}")
        else:
            del self._rooms[room]

    def _tell(self, room: str, text: str) -> None:
        for member in list(self._rooms[room].values()):
            member.tell(text)

    def _check_name(self, name: str) -> None:
        if len(name) > self._name_length:
            raise ChatError(f"a name has at most {self._name_length} characters")
        if not _NAME.fullmatch(name):
            raise ChatError("a name begins with a letter or digit and goes on with these, - or _")
