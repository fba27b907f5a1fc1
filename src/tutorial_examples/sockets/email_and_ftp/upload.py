"""Send one file to the FTP server, and ask the server how long it is there.

Start the FTP server first, then `python upload.py upload.py`.
"""

import ftplib
import sys
from pathlib import Path


def main() -> None:
    """Log in, send the file under its own name, ask for its size."""
    path = Path(sys.argv[1])
    with ftplib.FTP(timeout=10) as ftp:
        ftp.connect("127.0.0.1", 2121)
        ftp.login("ann", "secret")
        try:
            with path.open("rb") as file:
                ftp.storbinary(f"STOR {path.name}", file)
            print(f"{path.name}: {ftp.size(path.name)} bytes")
        except ftplib.error_perm as error:
            print(f"The server says {error}")


if __name__ == "__main__":
    main()
