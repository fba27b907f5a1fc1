"""Keep an account of money.

Use it with `from account import Account`.
"""


class Account:
    """Money that belongs to somebody."""

    def __init__(self, owner):
        self.owner = owner
        self.balance = 0

    def __repr__(self):
        return f"Account({self.owner!r})"

    def deposit(self, amount):
        """Add an amount to the balance."""
        self.balance += amount

    def withdraw(self, amount):
        """Take an amount, or raise a ValueError if the balance is too small."""
        if amount > self.balance:
            raise ValueError(f"{self.owner} has only {self.balance}")
        self.balance -= amount
