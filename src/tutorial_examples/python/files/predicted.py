"""What `first` and `rest` are in the exercise `predict`, thought out beforehand.

Use it with `from predicted import first, rest`.
"""

first = "team"
rest = ["ilk\n", "breadjam\n"]
