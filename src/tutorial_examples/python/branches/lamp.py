"""Obey a command to a lamp: `on`, `off` or `out`, `dim` and how many per cent.

Start it with `python lamp.py`.
"""

command = input("Lamp: ")
match command.split():
    case ["on"]:
        print("The lamp is on.")
    case ["off" | "out"]:
        print("The lamp is off.")
    case ["dim", percent] if percent.isdecimal() and int(percent) <= 100:
        print(f"The lamp shines at {int(percent)} %.")
    case ["dim", *rest]:
        print("dim needs one number up to 100, not", rest)
    case []:
        print("There was no command.")
    case _:
        print(f"The lamp does not understand {command!r}")
