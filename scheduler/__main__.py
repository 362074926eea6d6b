"""`python -m scheduler` is the command `careround`."""

import sys

from scheduler.cli import main

if __name__ == "__main__":
    sys.exit(main())
