"""Four weeks of Mary's mornings and Nan's, ten minutes apart by car, and what was clocked of them.

The rota's week is the last of the four. Planned are 30 minutes at 08:00 (Mary, row `mary`) and at 08:40 (Nan, `nan`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Any

from scheduler.delivered import Actual
from scheduler.notes import Note, NoteKind, Voice
from scheduler.problem import Problem
from scheduler.units import DAY
from tests.builders import a_carer, a_client, a_problem, a_visit

DAYS = 28


def a_month(**rest: Any) -> Problem:
    visits = []
    for day in range(DAYS):
        for plan, start in (("mary", 480), ("nan", 520)):
            visit = a_visit(f"{plan}:{day}", day * DAY + start, plan)
            visits.append(replace(visit, plan=plan, part="morning"))
    carers = [a_carer("aled"), a_carer("bethan")]
    clients = [a_client("mary"), a_client("nan", x=10), a_client("olwen", x=20)]
    return a_problem(visits, carers, clients, days=DAYS, **rest)


def took(minutes: Sequence[int], plan: str = "mary") -> list[Actual]:
    """Aled at the visits of the first days, each so long."""
    return [
        Actual(f"{plan}:{day}", "aled", day * DAY + 480, day * DAY + 480 + long)
        for day, long in enumerate(minutes)
    ]


def a_note(kind: NoteKind = NoteKind.TOO_SHORT, voice: Voice = Voice.CARER, **rest: Any) -> Note:
    given: dict[str, Any] = {
        "day": -3,
        "client": "mary",
        "carer": "aled" if voice is Voice.CARER else "",
        **rest,
    }
    return Note(kind=kind, voice=voice, **given)
