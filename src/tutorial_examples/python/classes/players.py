"""Keep the scores of players.

Use it with `from players import Player`.
"""


class Player:
    """Somebody who plays, and the scores so far."""

    def __init__(self, name, scores=None):
        self.name = name
        self.scores = [] if scores is None else scores

    def __repr__(self):
        return f"Player({self.name!r}, {self.scores!r})"

    def add(self, score):
        """Add the score of one more game."""
        self.scores.append(score)

    def total(self):
        """Return the sum of all scores."""
        return sum(self.scores)
