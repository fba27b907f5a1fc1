"""One client's time in the chat, from its name to its end."""

import asyncio
import logging
from contextlib import suppress

from chat import Chat
from chat_error import ChatError
from commands import HELP, Help, Join, Quit, Rooms, Say, Who, parse
from limits import Limits
from member import Member
from visible import visible

_log = logging.getLogger("chat")


class Session:
    """Reads one client's lines, and obeys them.

    Args:
        reader: The stream from the client, with `limits.line_bytes` as its limit.
        writer: The stream to the client.
        chat: What the client wants to take part in.
        limits: What it may have.
    """

    def __init__(
        self,
        reader: asyncio.StreamReader,
        writer: asyncio.StreamWriter,
        chat: Chat,
        limits: Limits,
    ) -> None:
        self._reader = reader
        self._writer = writer
        self._chat = chat
        self._limits = limits
        self._member = Member(writer, limits.waiting_lines)

    async def run(self) -> None:
        """Serve the client until it leaves, or this task is cancelled; close its connection."""
        sending = asyncio.create_task(self._member.send_lines())
        address = "{}:{}".format(*self._writer.get_extra_info("peername"))
        try:
            try:
                await self._converse()
                reason = "has left"
            except ChatError as error:
                self._member.tell(f"! {error}")
                reason = f"was sent away: {error}"
            except TimeoutError:
                self._member.tell("! you have been silent for too long")
                reason = "was silent for too long"
            except OSError as error:
                reason = f"was lost: {error}"
            except asyncio.CancelledError:
                self._member.tell("* the server stops")
                reason = "was told that the server stops"
            finally:
                self._chat.leave(self._member)
            if self._member.was_too_slow:
                reason = "was cut off: it read too slowly"
            _log.info("%s %s %s", address, self._member.name or "(no name)", reason)
            await self._finish(sending)
        finally:
            sending.cancel()
            self._writer.transport.abort()

    async def _converse(self) -> None:
        self._member.tell("* what is your name?")
        while not self._member.name:
            name = await self._next_line()
            if name is None:
                return
            try:
                self._chat.enter(self._member, name.strip())
            except ChatError as error:
                self._member.tell(f"! {error}")
        while (line := await self._next_line()) is not None:
            try:
                if not self._obey(line):
                    return
            except ChatError as error:
                self._member.tell(f"! {error}")

    def _obey(self, line: str) -> bool:
        """Do what a line asks for; returns whether to go on."""
        match parse(line):
            case Say(text):
                self._chat.say(self._member, text)
            case Join(room):
                self._chat.join(self._member, room)
            case Rooms():
                for room, count in self._chat.rooms():
                    self._member.tell(f"* {room}: {count}")
            case Who():
                self._member.tell(f"* {', '.join(self._chat.names_in(self._member.room))}")
            case Help():
                self._member.tell(f"* {HELP}")
            case Quit():
                return False
        return True

    async def _next_line(self) -> str | None:
        """The next line without its end; None at the end of the stream.

        Raises:
            ChatError: It is too long; where the next one begins is not known.
            TimeoutError: None came in time.
            OSError: The client has gone.
        """
        # Whoever sends faster finds its own send buffer full.
        await asyncio.sleep(self._limits.pause_seconds)
        async with asyncio.timeout(self._limits.idle_seconds):
            try:
                line = await self._reader.readline()
            except ValueError:
                most = self._limits.line_bytes
                raise ChatError(f"a line has at most {most} bytes") from None
        if not line.endswith(b"\n"):
            return None
        return visible(line)

    async def _finish(self, sending: "asyncio.Task[None]") -> None:
        """Send the lines that wait, as far as the client takes them in time."""
        with suppress(OSError):
            async with asyncio.timeout(self._limits.stop_seconds):
                await self._member.end_lines()
                await sending
                self._writer.write_eof()
                # To close with bytes unread would be a reset, and could destroy the last lines.
                while await self._reader.read(65_536):
                    pass
