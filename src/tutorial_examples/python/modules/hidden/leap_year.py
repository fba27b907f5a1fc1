"""Tell whether a year has 366 days.

Start it with `python leap_year.py`, and it fails.
"""

import calendar

print(calendar.isleap(2028))
