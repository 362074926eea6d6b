"""Calendar links."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.database.models import PersonKind
from api.schemas.base import PersonId, Strict


class CalendarBody(Strict):
    """Whose calendar."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"kind": "client", "person": "C01"}]}
    )

    kind: PersonKind
    person: PersonId


class CalendarOut(BaseModel):
    """A calendar link that shows something."""

    id: Annotated[str, Field(examples=["2f0sVXcAV6YJ1lXYI2kR3A"])]
    kind: PersonKind
    person: PersonId
    created_at: datetime


class CalendarMadeOut(CalendarOut):
    """A new calendar link; `link` is told only now: give it to the person, and to nobody else."""

    link: Annotated[
        str,
        Field(examples=["https://desk.example.org/calendar/zHO5p0N9m1qkq4DkTf0WfVgB4lq2c0m6hM7dTz3sJpA.ics"]),
    ]
