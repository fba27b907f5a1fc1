"""Turn degrees Celsius into degrees Fahrenheit.

Start it with `python temperature.py`, or use it with `import temperature`.
"""


def fahrenheit(celsius):
    """Return the same temperature in degrees Fahrenheit."""
    return celsius * 9 / 5 + 32


if __name__ == "__main__":
    print(fahrenheit(float(input("Celsius: "))))
