"""Write a number of seconds as a clock shows it.

Try it with `from clock import clock`.
"""


def clock(seconds):
    """Return the seconds as hours, minutes and seconds: 3723 as 1:02:03."""
    return f"{seconds // 3600}:{seconds // 60 % 60:02}:{seconds % 60:02}"
