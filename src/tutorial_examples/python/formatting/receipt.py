"""Ask what was bought and what was paid, and print a receipt.

Start it with `python receipt.py`.
"""

item = input("Item: ")
count = int(input("How many: "))
price = float(input("Price of one: "))
paid = float(input("Paid: "))

bought = f"{count} x {item}"
total = count * price

print(f"{bought:16}{total:10.2f}")
print(f"{'paid':16}{paid:10.2f}")
print("-" * 26)
print(f"{'change':16}{paid - total:10.2f}")
