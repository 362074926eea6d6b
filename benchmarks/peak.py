"""A command of `careround` in this process, and then the most memory that it had: `python -m benchmarks.peak COMMAND`.

The last line on standard output is MiB of resident memory (1,048,576 bytes), or a dash where the system does not tell.
"""

from __future__ import annotations

import sys
from pathlib import Path

from scheduler.cli import main

STATUS = Path("/proc/self/status")
"""Linux; what `resource.getrusage` tells would have the parent's memory in it."""


def peak() -> str:
    """The most resident memory of this process so far."""
    if not STATUS.exists():
        return "-"
    told = dict(line.split(":", 1) for line in STATUS.read_text(encoding="ascii").splitlines())
    kib, _ = told["VmHWM"].split()
    return f"{int(kib) / 1024:.0f}"


if __name__ == "__main__":
    code = main(sys.argv[1:])
    print(peak())
    sys.exit(code)
