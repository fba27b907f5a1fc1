"""The days on which the shop is closed.

Nobody meant to `import calendar` from here.
"""

closed = ["1 January", "25 December"]
