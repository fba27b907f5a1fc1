"""Count the words of the lines that you type, capital letters or not.

Start it with `python count_words.py`. Ctrl-D ends the input.
"""

counts = {}

while True:
    try:
        line = input("Line: ")
    except EOFError:
        break
    for word in line.lower().split():
        counts[word] = counts.get(word, 0) + 1

print()
for word, count in counts.items():
    print(count, word)
