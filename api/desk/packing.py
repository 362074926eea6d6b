"""Large texts as the database keeps them: JSON, compressed."""

from __future__ import annotations

import gzip
import json
from typing import Any

LEVEL = 5


def pack(text: str) -> bytes:
    """The text, compressed; the same text gives the same bytes."""
    return pack_bytes(text.encode())


def unpack(packed: bytes) -> str:
    """The text again."""
    return unpack_bytes(packed).decode()


def pack_bytes(content: bytes) -> bytes:
    """A file, compressed."""
    return gzip.compress(content, LEVEL, mtime=0)


def unpack_bytes(packed: bytes) -> bytes:
    """The file again."""
    return gzip.decompress(packed)


def pack_json(value: Any) -> bytes:
    """A JSON value, compressed."""
    return pack(json.dumps(value, ensure_ascii=False, separators=(",", ":")))


def unpack_json(packed: bytes) -> Any:
    """The JSON value again."""
    return json.loads(unpack(packed))
