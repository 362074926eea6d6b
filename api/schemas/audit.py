"""The audit."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from pydantic import BaseModel


class AuditOut(BaseModel):
    """One entry of the audit."""

    number: int
    at: datetime
    who: str
    what: str
    about: str
    details: dict[str, Any]
    hash: str
