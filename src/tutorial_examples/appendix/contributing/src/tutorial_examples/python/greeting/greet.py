"""Greet whoever types a name."""

name = input("Name: ")
print("Hello,", name.title())
