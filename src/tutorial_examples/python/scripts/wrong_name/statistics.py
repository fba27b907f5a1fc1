"""Print the mean of three numbers.

Start it with `python wrong_name/statistics.py`.
"""

import statistics

print(statistics.mean([4, 8, 15]))
