"""Print a business card: `broken_card.txt`, mended.

Start it with `python card.py`.
"""

print("Ada Lovelace")
print("Analyst", "London", sep=", ")
print("Years of practice:", 3 + 4)
print("Please", "ring", "twice")
