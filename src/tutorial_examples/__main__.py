"""Start the command line of `python -m tutorial_examples`."""

import sys

from tutorial_examples.command_line import main

if __name__ == "__main__":
    sys.exit(main())
