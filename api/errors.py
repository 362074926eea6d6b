"""One shape for all that goes wrong: problem+json (RFC 9457) for programs, a page with the same words for people."""

from __future__ import annotations

from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from scheduler.errors import CareroundError, InputError, UnknownName

JSON_TYPE = "application/problem+json"
MOST_FAULTS = 500


class Trouble(Exception):
    """An answer that is not what was asked for. `detail` is for people; `more` holds what a program can use."""

    def __init__(
        self,
        status: int,
        detail: str,
        more: Mapping[str, Any] | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> None:
        super().__init__(detail)
        self.status = status
        self.detail = detail
        self.more = dict(more or {})
        self.headers = dict(headers or {})

    @property
    def title(self) -> str:
        """The status in words."""
        return HTTPStatus(self.status).phrase

    def body(self) -> dict[str, Any]:
        """As problem+json."""
        return {"title": self.title, "status": self.status, "detail": self.detail, **self.more}


def not_found(what: str = "page") -> Trouble:
    """There is no such thing, or it is not yours: the answer is the same."""
    return Trouble(404, f"There is no such {what}.")


def from_careround(error: CareroundError) -> Trouble:
    """An error of the planner as an answer: bad input is 422 with every fault."""
    if isinstance(error, InputError):
        faults = [
            {
                "file": fault.file,
                "row": fault.row,
                "column": fault.column,
                "value": fault.value,
                "problem": fault.problem,
                "cure": fault.cure,
            }
            for fault in error.faults[:MOST_FAULTS]
        ]
        count = len(error.faults)
        told = f"{count} fault{'' if count == 1 else 's'} in the data; nothing was changed."
        return Trouble(422, told, {"faults": faults})
    if isinstance(error, UnknownName):
        return Trouble(404, str(error))
    return Trouble(422, str(error))
