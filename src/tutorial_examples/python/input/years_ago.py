"""Ask for a name and a year, and say how many years ago that was.

Start it with `python years_ago.py`.
"""

from datetime import date

print("What's your name?")
name = input("> ")

print("Please enter a year.")
year = int(input("> "))

years = date.today().year - year
print(f"Hi {name}! The year {year} was {years} years ago.")
