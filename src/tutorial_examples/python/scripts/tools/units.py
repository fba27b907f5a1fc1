"""Give names to the large units in which data are counted.

Use it with `import units`.
"""

MEGABYTE = 1_000_000
MEBIBYTE = 1024 * 1024
