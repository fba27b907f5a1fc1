"""Let the user guess a word, three times at most.

Start it with `python guess.py`.
"""

for attempt in range(1, 4):
    word = input(f"Guess {attempt}: ")
    if word == "socket":
        print("Yes")
        break
    print("No")
else:
    print("It was socket")
