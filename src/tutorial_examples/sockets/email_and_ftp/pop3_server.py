"""Let people fetch the mail in their Maildir folders, over POP3.

Start it with `python pop3_server.py mail 1110`; Ctrl-C stops it.
"""

import hmac
import mailbox
import socketserver
import sys
from pathlib import Path

PASSWORDS = {"ann": "secret", "bob": "geheim"}
LONGEST = 255  # bytes in a command


class CommandError(Exception):
    """A command that is answered by -ERR and the exception's text."""


class Pop3Handler(socketserver.StreamRequestHandler):
    """Answer one client's commands."""

    timeout = 60
    server: "Server"

    def handle(self) -> None:
        """Greet, and answer until QUIT, the end of the stream, or an error."""
        self.user = ""
        self.box: mailbox.Maildir | None = None
        self.keys: list[str] = []
        self.deleted: set[str] = set()
        try:
            self.send("+OK Who are you?")
            while line := self.rfile.readline(LONGEST):
                if not line.endswith(b"\n"):
                    break
                verb, _, argument = line.decode("utf-8", "replace").strip().partition(" ")
                try:
                    self.answer(verb.upper(), argument)
                except CommandError as error:
                    self.send(f"-ERR {error}")
                if verb.upper() == "QUIT":
                    break
        except OSError as error:
            print(f"Broken off: {error}")

    def answer(self, verb: str, argument: str) -> None:
        """Carry out one command."""
        match verb:
            case "USER" if self.box is None:
                self.user = argument
                self.send("+OK And your password?")
            case "PASS" if self.box is None:
                self.log_in(argument)
                print(f"{self.user} has logged in")
                self.send(f"+OK {len(self.keys)} messages")
            case "STAT":
                sizes = [len(self.content(key)) for key in self.present()]
                self.send(f"+OK {len(sizes)} {sum(sizes)}")
            case "LIST" if not argument:
                present = self.present()
                self.send_lines(
                    "+OK number and size of each",
                    [
                        b"%d %d" % (number, len(self.content(key)))
                        for number, key in enumerate(self.keys, start=1)
                        if key in present
                    ],
                )
            case "RETR":
                content = self.content(self.key(argument))
                self.send_lines("+OK here it is", content.splitlines())
            case "DELE":
                self.deleted.add(self.key(argument))
                self.send("+OK marked")
            case "QUIT":
                for key in self.deleted:
                    self.opened().discard(key)
                self.send("+OK Bye")
            case _:
                raise CommandError("What do you mean?")

    def log_in(self, password: str) -> None:
        """Open the user's mailbox if the password is right."""
        expected = PASSWORDS.get(self.user, "")
        right = hmac.compare_digest(password.encode(), expected.encode())
        if self.user not in PASSWORDS or not right:
            raise CommandError("Wrong name or password")
        self.box = mailbox.Maildir(self.server.folder / self.user)
        messages = self.box.items()
        self.keys = [key for key, message in sorted(messages, key=lambda item: item[1].get_date())]

    def opened(self) -> mailbox.Maildir:
        """The mailbox of a user who has logged in."""
        if self.box is None:
            raise CommandError("Log in first")
        return self.box

    def present(self) -> list[str]:
        """The keys of the messages that are not marked as deleted."""
        self.opened()
        return [key for key in self.keys if key not in self.deleted]

    def key(self, argument: str) -> str:
        """The key of the message whose number the client gave."""
        present = self.present()
        if argument.isdecimal() and 1 <= int(argument) <= len(self.keys):
            key = self.keys[int(argument) - 1]
            if key in present:
                return key
        raise CommandError("There is no such message")

    def content(self, key: str) -> bytes:
        """A message with the ends of line that travel."""
        try:
            return b"\r\n".join(self.opened().get_bytes(key).splitlines()) + b"\r\n"
        except KeyError:
            raise CommandError("Somebody has removed it") from None

    # [send_lines]
    def send_lines(self, answer: str, lines: list[bytes]) -> None:
        """Send an answer of several lines, and the line that ends it."""
        doubled = [b"." + line if line.startswith(b".") else line for line in lines]
        self.wfile.write(b"\r\n".join([answer.encode(), *doubled, b".", b""]))

    # [/send_lines]

    def send(self, line: str) -> None:
        """Send one line."""
        self.wfile.write(line.encode() + b"\r\n")


class Server(socketserver.ThreadingTCPServer):
    """A server with a thread for each client.

    Attributes:
        folder: Holds a Maildir folder for each user.
    """

    allow_reuse_address = sys.platform != "win32"
    daemon_threads = True
    request_queue_size = 128
    folder: Path


def main() -> None:
    """Serve until Ctrl-C."""
    with Server(("127.0.0.1", int(sys.argv[2])), Pop3Handler) as server:
        server.folder = Path(sys.argv[1])
        host, port = server.server_address[:2]
        print(f"Listening on {host!s} port {port}")
        server.serve_forever()


if __name__ == "__main__":
    try:
        main()
    except KeyboardInterrupt:
        print("\nStopped")
