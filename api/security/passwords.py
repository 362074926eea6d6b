"""Passwords: argon2id, and the same work whether or not the account exists."""

from __future__ import annotations

from functools import cache

from pwdlib import PasswordHash

from api.errors import Trouble

LEAST, MOST = 12, 200


@cache
def _hasher() -> PasswordHash:
    return PasswordHash.recommended()


@cache
def _nobodys() -> str:
    return _hasher().hash("nobody has this password")


def hash_password(password: str, email: str) -> str:
    """What the database keeps. Raises Trouble for a password that is too easy to guess."""
    if not LEAST <= len(password) <= MOST:
        raise Trouble(422, f"A password has {LEAST} to {MOST} signs; three or four words together are good.")
    if password.lower() in (email.lower(), email.lower().partition("@")[0]) or len(set(password)) < 5:
        raise Trouble(422, "This password is too easy to guess; three or four words together are good.")
    return _hasher().hash(password)


def is_right(password: str, kept: str | None) -> bool:
    """Is it this password? Without a kept one just as much work is done, so that time does not tell who exists."""
    return _hasher().verify(password[: MOST + 1], kept or _nobodys()) and kept is not None
