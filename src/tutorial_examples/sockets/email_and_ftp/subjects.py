"""List the mail that waits in a mailbox, and leave it there.

Start `pop3_server.py` first, then `python subjects.py ann secret`.
"""

import poplib
import sys
from email import message_from_bytes, policy


def main() -> None:
    """Log in, and print sender, date and subject of each message, the newest first."""
    box = poplib.POP3("127.0.0.1", 1110, timeout=10)
    try:
        box.user(sys.argv[1])
        box.pass_(sys.argv[2])
        count, size = box.stat()
        for number in range(count, 0, -1):
            response, lines, octets = box.retr(number)
            message = message_from_bytes(b"\n".join(lines), policy=policy.default)
            print(f"{number}: {message['Subject']} ({message['From']})")
        box.quit()
    except poplib.error_proto as error:
        print(f"The server says {error.args[0].decode()}")
    finally:
        box.close()


if __name__ == "__main__":
    main()
