"""Ask for a whole number until there is one.

Start it with `python ask_number.py`, or take the function with `from ask_number import ask_number`.
"""


def ask_number(prompt):
    """Return the number that somebody types; other answers are asked for again."""
    while True:
        text = input(prompt)
        try:
            return int(text)
        except ValueError:
            print(f"{text!r} is no whole number")


if __name__ == "__main__":
    people = ask_number("People: ")
    print("A table for", people)
