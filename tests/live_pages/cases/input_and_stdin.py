# types: ["Ada", "36", "rest"]
name = input("Name: ")
age = int(input("Age? "))
print(f"{name} is {age}")
import sys

print(repr(sys.stdin.readline()))
try:
    input()
except EOFError as e:
    print("EOFError", e)
