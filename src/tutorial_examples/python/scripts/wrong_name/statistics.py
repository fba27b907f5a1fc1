"""Try to print the mean of three numbers, from a file of the wrong name.

Start it with `python wrong_name/statistics.py`.
"""

import statistics

print(statistics.mean([4, 8, 15]))
