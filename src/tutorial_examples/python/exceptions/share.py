"""Share a bill equally.

Start it with `python share.py`.
"""


def share(total, people):
    """Return what each person pays."""
    return total / people


def main():
    """Ask for the bill and the number of people."""
    total = int(input("Total: "))
    people = int(input("People: "))
    print("Each pays", share(total, people))


if __name__ == "__main__":
    main()
