"""The programs that the tutorial's pages show, one folder for each page, one program a file.

`python -m tutorial_examples` lists them.
"""
