"""Put mail for the people of example.com into their mailboxes, and refuse all other.

aiosmtpd does `from post_office import PostOffice` when it is started, in this folder, with
`python -m aiosmtpd -n -d -l 127.0.0.1:8025 -c post_office.PostOffice`.
"""

import mailbox
from pathlib import Path
from typing import Any

MAIL = Path("mail")
DOMAIN = "example.com"
PEOPLE = {"ann", "bob"}


class PostOffice:
    """What aiosmtpd asks at each step of a delivery."""

    async def handle_RCPT(
        self, server: Any, session: Any, envelope: Any, address: str, options: list[str]
    ) -> str:
        """Take or refuse one recipient."""
        person, _, domain = address.lower().partition("@")
        if domain != DOMAIN:
            return "550 We take no mail for other domains"
        if person not in PEOPLE:
            return f"550 Nobody here is called {person}"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:
        """Put the message into each recipient's mailbox."""
        people = {address.lower().partition("@")[0] for address in envelope.rcpt_tos}
        MAIL.mkdir(exist_ok=True)
        for person in sorted(people):
            mailbox.Maildir(MAIL / person).add(envelope.content)
            print(f"{len(envelope.content)} bytes from {envelope.mail_from} for {person}")
        return "250 Delivered"
