"""Show who is in the guest book, then add a name. The book is the file guest_book.txt.

Start it with `python guest_book.py`.
"""

from pathlib import Path

book = Path("guest_book.txt")

if book.exists():
    print(book.read_text(encoding="utf-8"), end="")

name = input("Your name: ")
with book.open("a", encoding="utf-8") as file:
    print(name, file=file)
