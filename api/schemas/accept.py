"""What the API takes and gives where a new rota's changes are taken one by one."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.schemas.base import VISIT, Name, Plain, Strict
from api.schemas.edits import ChangeOut, VerdictOut
from api.schemas.rotas import RotaOut


class OfferedOut(ChangeOut):
    """One change that can be taken. `needs`: the visits whose changes have to come along (of a swap each needs the
    other); `always`: the visit is no longer asked for and cannot stay; `locked`: locked in the current rota."""

    needs: list[str]
    always: bool
    locked: bool


class OfferOut(BaseModel):
    """The changes of a new rota against the current one (`into`)."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [
                {
                    "into": {
                        "id": "nMmi6TqMSPS3Ae1mVVw1Fg", "name": "Week 48", "state": "published", "version": 4,
                        "number": 2, "start": "2026-11-23", "days": 7, "notes": "",
                        "created_at": "2026-11-20T09:00:00Z", "published_at": "2026-11-20T16:00:00Z",
                        "data_version": 1,
                    },
                    "changes": [
                        {
                            "visit": VISIT, "client": "C01", "kind": "carer",
                            "sentence": "Mon: The visit to Glenys Gannet is Mair Lark at 08:30 instead of Efa "
                            "Kestrel at 08:45.",
                            "needs": ["C02-am:2026-11-23"], "always": False, "locked": False,
                        }
                    ],
                }
            ]
        }
    )  # fmt: skip

    into: RotaOut
    changes: list[OfferedOut]


class TakeBody(Strict):
    """Which changes: those of these visits. `into`: the current rota, where it is not the one that `offer` finds."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"visits": [VISIT], "version": 4}]}
    )

    visits: Annotated[list[Plain], Field(default_factory=list, max_length=50_000)]
    all: Annotated[bool, Field(description="Every change, except of locked visits.")] = False
    into: Annotated[str, Field(max_length=60)] | None = None
    version: Annotated[
        int, Field(ge=1, le=2**31 - 1, description="The version of the current rota that you looked at.")
    ]
    name: Name | None = None


class TakeOut(VerdictOut):
    """What taking these changes would mean; where it is red, `missing` are changes that would have to come along."""

    missing: list[str]
