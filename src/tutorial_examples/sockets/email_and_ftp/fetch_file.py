"""Fetch one file from the FTP server, and print it.

Start the FTP server first, then `python fetch_file.py poem.txt`.
"""

import ftplib
import sys


def main() -> None:
    """Log in, fetch, leave."""
    with ftplib.FTP(timeout=10) as ftp:
        ftp.connect("127.0.0.1", 2121)
        ftp.login("ann", "secret")
        ftp.retrlines(f"RETR {sys.argv[1]}", print)


if __name__ == "__main__":
    main()
