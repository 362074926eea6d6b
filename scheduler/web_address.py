"""Addresses of servers that a user names: looked at before anything is asked, never told with a password in them."""

from __future__ import annotations

from urllib.parse import urlsplit


def address_fault(url: str) -> str:
    """What is wrong with the address of a server, in a sentence without the cure; empty where nothing is."""
    try:
        parts = urlsplit(url)
        usable = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:  # a port that is no number, or none of 1 to 65535; a bracket too many
        parts, usable = None, False
    if "@" in (parts.netloc if parts else url):
        return "An address with a user and a password in it cannot be used"
    return "" if usable else f"{url!r} is not the address of a server"
