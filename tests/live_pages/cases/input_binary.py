# types: ["abc", "def"]
import sys

print(sys.stdin.buffer.readline())
print(sys.stdin.buffer.read())
