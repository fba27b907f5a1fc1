"""Checks of the exercises on the page `sockets/email_and_ftp`."""

import contextlib
import tempfile
from dataclasses import dataclass
from email.message import EmailMessage
from pathlib import Path

from exercise_checks.attempt import Attempt
from exercise_checks.conversation import Conversation
from exercise_checks.exercises import program_exercise
from exercise_checks.played_server import PlayedServer, tcp_listener
from exercise_checks.program import Program

PORT = 1110
FTP_PORT = 2121
FILE_NAME = "notes.bin"
CONTENT = b"one\ntwo\r\n\xff\x00\r"
# Another size than the file's: the client is to print what the server says.
SIZE_SAID = 4711
REFUSAL = "550 Not enough privileges."
NAME, PASSWORD = "ann", "secret"


@program_exercise
def check_subjects(attempt: Attempt) -> None:
    messages = [_message("Hi", "bob@example.org"), _message("Grüße", "Eve <eve@example.org>")]
    with tcp_listener(PORT) as server:
        with Program(attempt, "client", (NAME, PASSWORD)) as client:
            with server.accept(client) as connection:
                _serve_mail(connection, client, messages)
            when = "when the mailbox held two messages"
            client.expect_line(
                "2: Grüße (Eve <eve@example.org>)",
                when,
                {
                    "1: Hi (bob@example.org)": "the newest comes first, and it has the last number",
                    "2: =?utf-8?b?R3LDvMOfZQ==?= (Eve <eve@example.org>)": (
                        "policy.default decodes what a header has encoded"
                    ),
                    "2: =?utf-8?q?Gr=C3=BC=C3=9Fe?= (Eve <eve@example.org>)": (
                        "policy.default decodes what a header has encoded"
                    ),
                },
            )
            client.expect_line("1: Hi (bob@example.org)", when)
            client.expect_end(when)
        with Program(attempt, "client", (NAME, "guess")) as client:
            with server.accept(client) as connection:
                _serve_mail(connection, client, messages)
            when = "when the server refused the password"
            client.expect_line(
                "The server says -ERR Wrong name or password",
                when,
                {
                    "The server says b'-ERR Wrong name or password'": (
                        "the answer is in the error's args, as bytes: decode them"
                    )
                },
            )


@program_exercise
def check_upload(attempt: Attempt) -> None:
    with tempfile.TemporaryDirectory() as name, tcp_listener(FTP_PORT) as server:
        folder = Path(name)
        path = folder / FILE_NAME
        path.write_bytes(CONTENT)
        with Program(attempt, "client", (str(path),), folder) as client:
            with server.accept(client) as connection:
                FileServer(connection, client, may_write=True).serve()
            when = f"when the server had stored the file and said that it has {SIZE_SAID} bytes"
            client.expect_line(
                f"{FILE_NAME}: {SIZE_SAID} bytes",
                when,
                {f"{FILE_NAME}: {len(CONTENT)} bytes": "ask the server how long the file is there"},
            )
            client.expect_end(when)
        with Program(attempt, "client", (str(path),), folder) as client:
            with server.accept(client) as connection:
                FileServer(connection, client, may_write=False).serve()
            client.expect_line(f"The server says {REFUSAL}", "when the server refused the file")


@dataclass
class FileServer:
    """The FTP server (RFC 959) of one client that sends one file in passive mode.

    Attributes:
        commands: The connection for commands.
        client: The reader's program.
        may_write: Whether the client may store files.
    """

    commands: Conversation
    client: Program
    may_write: bool

    def serve(self) -> None:
        """Answers commands until the client leaves.

        Raises:
            NotAsExpected: The file came under another name or with other content, or not at all.
        """
        self._answer("220 Welcome")
        is_stored = not self.may_write
        with contextlib.ExitStack() as stack:
            data: PlayedServer | None = None
            while line := self.commands.receive_line():
                verb, _, argument = line.decode("utf-8", "replace").rstrip("\r\n").partition(" ")
                verb = verb.upper()
                if verb in {"PASV", "EPSV"}:
                    data = stack.enter_context(tcp_listener(0))
                    self._answer(_way_to(data.port, verb))
                elif verb == "STOR" and self.may_write and data is not None:
                    self._store(argument, data)
                    is_stored = True
                else:
                    self._answer(self._reply(verb, argument))
                if verb == "QUIT":
                    break
        if not is_stored:
            raise self.client.failure(
                f"{self.client.name} should have stored a file; it has left without",
                "storbinary sends STOR and the file",
            )

    def _answer(self, reply: str) -> None:
        self.commands.send(f"{reply}\r\n".encode())

    def _reply(self, verb: str, argument: str) -> str:
        match verb:
            case "USER":
                return "331 And your password?" if argument == NAME else "530 Who?"
            case "PASS":
                return "230 Come in" if argument == PASSWORD else "530 Wrong name or password"
            case "SIZE":
                return f"213 {SIZE_SAID}" if argument == FILE_NAME else "550 No such file"
            case "STOR":
                return "425 Where to?" if self.may_write else REFUSAL
            case "TYPE" | "NOOP" | "CWD":
                return "200 Yes"
            case "QUIT":
                return "221 Bye"
        return "502 What do you mean?"

    def _store(self, name: str, data: PlayedServer) -> None:
        if name != FILE_NAME:
            raise self.client.failure(
                f"{self.client.name} should store the file as {FILE_NAME!r}; it said STOR {name!r}",
                "its name, without the folders that lead to it",
            )
        self._answer("150 Go ahead")
        with data.accept(self.client) as stream:
            came = stream.receive_rest()
            if came != CONTENT:
                as_text = CONTENT.splitlines(keepends=False)
                is_text = [part for part in came.split(b"\r\n") if part] == as_text
                hint = "storlines changes the ends of lines; use storbinary" if is_text else ""
                raise stream.failure(f"the bytes of the file, {CONTENT!r}", came, hint)
        self._answer("226 Done")


def _way_to(port: int, verb: str) -> str:
    """The answer that names the port for the file."""
    if verb == "EPSV":
        return f"229 Here (|||{port}|)"
    high, low = divmod(port, 256)
    return f"227 Here (127,0,0,1,{high},{low})"


def _message(subject: str, sender: str) -> bytes:
    message = EmailMessage()
    message["Subject"] = subject
    message["From"] = sender
    message.set_content("How are you?\n")
    return message.as_bytes().replace(b"\n", b"\r\n")


def _serve_mail(connection: Conversation, client: Program, messages: list[bytes]) -> None:
    """Answers the commands of one client (RFC 1939) until it leaves."""
    connection.send(b"+OK Who are you?\r\n")
    name = ""
    while line := connection.receive_line():
        verb, *words = line.decode("utf-8", "replace").split()
        argument = words[0] if words else ""
        match verb.upper():
            case "USER":
                name = argument
                answer = b"+OK And your password?"
            case "PASS" if (name, argument) == (NAME, PASSWORD):
                answer = b"+OK"
            case "PASS":
                answer = b"-ERR Wrong name or password"
            case "STAT":
                answer = b"+OK %d %d" % (len(messages), sum(map(len, messages)))
            case "LIST" | "UIDL":
                rows = [f"{i} {len(text)}" for i, text in enumerate(messages, start=1)]
                answer = "\r\n".join(["+OK", *rows, "."]).encode()
            case "RETR" | "TOP" if argument in {"1", "2"}:
                answer = b"+OK\r\n" + messages[int(argument) - 1] + b"."
            case "DELE":
                raise client.failure(f"{client.name} should leave the mail; it sent {line!r}")
            case "QUIT" | "NOOP" | "RSET":
                answer = b"+OK"
            case _:
                answer = b"-ERR What do you mean?"
        connection.send(answer + b"\r\n")
        if verb.upper() == "QUIT":
            return
