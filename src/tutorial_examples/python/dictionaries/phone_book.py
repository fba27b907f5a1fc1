"""Keep phone numbers: type a name and a number, or a name to ask for its number.

Start it with `python phone_book.py`. Ctrl-D ends it.
"""

numbers = {}

while True:
    try:
        words = input("Name: ").split()
    except EOFError:
        break
    if len(words) == 2:
        numbers[words[0]] = words[1]
    elif len(words) == 1:
        print(numbers.get(words[0], f"no number for {words[0]}"))

print()
