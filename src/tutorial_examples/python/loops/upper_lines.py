"""Print each line that is typed in upper case.

Start it with `python upper_lines.py`. An empty line ends it.
"""

while text := input("Send: "):
    print(text.upper())
