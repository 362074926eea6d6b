"""The command line: `careround plan`, `check`, `explain`, `template`, `warm`, and what other packages add.

Exit codes: 0 all well; 1 a hard finding (check) or a fault of ours; 2 the input cannot be used; 130 stopped by hand.
"""

from scheduler.cli.main import main

__all__ = ["main"]
