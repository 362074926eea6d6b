"""Names that cannot be guessed, and what is kept of a secret."""

from __future__ import annotations

import secrets
from hashlib import sha256


def new_id() -> str:
    """The id of a thing: 128 random bits in 22 signs that can stand in an address."""
    return secrets.token_urlsafe(16)


def new_secret() -> str:
    """What opens a door by itself (a cookie, a link): 256 random bits."""
    return secrets.token_urlsafe(32)


def digest(secret: str) -> str:
    """What the database keeps of a secret: enough to know it again, not enough to use it."""
    return sha256(secret.encode()).hexdigest()
