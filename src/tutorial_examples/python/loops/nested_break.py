"""Leave the inner one of two loops.

Start it with `python nested_break.py`.
"""

for word in ["abc", "xbz"]:
    for letter in word:
        if letter == "b":
            break
        print(letter)
