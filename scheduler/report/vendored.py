"""The code of others that our pages carry inside them, so that they need no network.

The files lie unchanged in `vendor/`; `vendor/vendor.toml` says where each is from, its licence and its SHA-256.
"""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path
from typing import Any

VENDOR = Path(__file__).with_name("vendor")


def packages() -> list[dict[str, Any]]:
    """What `vendor.toml` says, one entry a package."""
    with (VENDOR / "vendor.toml").open("rb") as file:
        found: list[dict[str, Any]] = tomllib.load(file)["package"]
    return found


@cache
def script(name: str) -> str:
    """A vendored script as it can stand between <script> tags: no end tag inside, no map of its source to fetch."""
    text = (VENDOR / name).read_text(encoding="utf-8")
    text = re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)
    return text.replace("</script", "<\\/script")


@cache
def style(name: str) -> str:
    """A vendored style sheet without its pictures and Internet Explorer's behaviours: nothing is left to fetch."""
    text = (VENDOR / name).read_text(encoding="utf-8")
    return re.sub(r"^\s*[\w-]+:\s*url\([^)]*\);?\s*$", "", text, flags=re.MULTILINE)
