"""What the program of the exercise `order` prints, thought out beforehand.

Use it with `from predicted import words`.
"""

words = ["try", "finally", "returned"]
