"""Add the tax to prices in cents.

Start it with `python prices.py`, or take its functions with `import prices`.
"""

RATE = 20


def gross(net):
    """Return the price with tax."""
    return net + net * RATE // 100


def main():
    """Ask for a price and show it with tax."""
    net = int(input("Net price: "))
    print("With tax:", gross(net))


if __name__ == "__main__":
    main()
