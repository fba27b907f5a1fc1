"""Ask for numbers, all in one line, and print their mean.

Start it with `python mean.py`.
"""

numbers = [float(word) for word in input("Numbers: ").split()]

print("Mean:", sum(numbers) / len(numbers))
