"""Send a short letter to the addresses named on the command line.

Start the mail server first, then `python send_mail.py ann@example.com`.
"""

import smtplib
import sys
from email.message import EmailMessage
from email.utils import localtime, make_msgid


def letter(recipients: list[str]) -> EmailMessage:
    """The message, ready to be sent."""
    message = EmailMessage()
    message["From"] = "Eve <eve@example.org>"
    message["To"] = ", ".join(recipients)
    message["Subject"] = "Grüße"
    message["Date"] = localtime()
    message["Message-ID"] = make_msgid(domain="example.org")
    message.set_content("Hello,\n\n.profile is attached.\n\nEve\n")
    message.add_attachment(b"PS1='> '\n", maintype="text", subtype="plain", filename=".profile")
    return message


def main() -> None:
    """Send it, and say who was refused."""
    recipients = sys.argv[1:]
    with smtplib.SMTP("127.0.0.1", 8025, local_hostname="localhost", timeout=10) as smtp:
        try:
            refused = smtp.send_message(letter(recipients))
        except smtplib.SMTPRecipientsRefused as error:
            refused = error.recipients
    for address in recipients:
        if address in refused:
            code, reason = refused[address]
            print(f"{address}: refused, {code} {reason.decode()}")
        else:
            print(f"{address}: sent")


if __name__ == "__main__":
    main()
