"""The commands of this package (added to the command line by an entry point)."""

from __future__ import annotations

from typing import Any

from scenarios.generate import command as generate
from scenarios.run import command as scenario


def register(commands: Any) -> None:
    """Add `generate` and `scenario`."""
    generate.register(commands)
    scenario.register(commands)
