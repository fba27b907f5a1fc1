# types: ["first", "", "zwei ü", "rest one", "rest two"]
import sys

print(repr(input("? ")))
print(repr(input()))
print(repr(input("! ")))
for line in sys.stdin:
    print(repr(line))
try:
    input("again ")
except EOFError as problem:
    print(repr(problem))
print(repr(sys.stdin.read()), sys.stdin.fileno(), sys.stdin.name, sys.stdin.encoding)
