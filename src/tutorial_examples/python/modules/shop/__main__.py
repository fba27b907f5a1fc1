"""Ask what is bought, and print the sum.

Start it with `python -m shop`, in the folder that holds `shop`.
"""

from .till import total

items = input("Items: ").split()
print("Total:", total(items))
