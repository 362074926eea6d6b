"""A repair as files: for each proposal a rota, what changes in sentences, and a list of the people to tell."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

from scheduler.problem import Problem
from scheduler.repair import Day, Proposal, Tell
from scheduler.repair.cover import Cover
from scheduler.repair.words import moment
from scheduler.report.export import to_csv
from scheduler.report.folder import with_summary
from scheduler.report.table import LONG, TEXT, Table, columns
from scheduler.rota_json import to_json
from scheduler.units import pence

MADE_BY = "repair"


def repair_files(
    day: Day, proposals: Sequence[Proposal], covers: Iterable[Cover], told: Sequence[str]
) -> dict[str, bytes]:
    """Name -> content; `told` are the events in sentences. `before.json` is the rota that was repaired."""
    files = {"before.json": to_json(day.planned).encode()}
    for one in proposals:
        files[f"{one.name}/rota.json"] = to_json(one.written).encode()
        files[f"{one.name}/changes.txt"] = ("\n".join(one.differences) + "\n").encode()
        files[f"{one.name}/people_to_tell.csv"] = to_csv(tell_table(one.tell, day.problem)).encode(
            "utf-8-sig"
        )
    files["cover.txt"] = ("\n".join(str(cover) for cover in covers) + "\n").encode()
    return with_summary(files, _summary(day, proposals, told), MADE_BY)


def tell_table(tell: Iterable[Tell], problem: Problem) -> Table:
    """Whom to tell what, whoever is soonest first, with a column to tick."""
    rows = [
        (moment(one.by, problem), one.who, one.id, one.name, one.sentence.replace("\n", " "), None)
        for one in tell
    ]
    shown = columns(
        ("before", TEXT), ("who", TEXT), ("id", TEXT), ("name", TEXT), ("sentence", LONG), ("told", TEXT)
    )
    return Table(
        "People to tell", "Everybody for whom something changes, whoever is soonest first.", shown, rows
    )


def _summary(day: Day, proposals: Sequence[Proposal], told: Sequence[str]) -> dict[str, Any]:
    return {
        "from": day.problem.start.isoformat(),
        "days": day.problem.days,
        "now": moment(day.now, day.problem),
        "events": list(told),
        "notes": list(day.notes),
        "proposals": [
            {
                "name": one.name,
                "label": one.label,
                "hard_findings": len(one.report.hard),
                "unallocated": list(one.unallocated),
                "promises_changed": one.changed,
                "promises_changed_in_all": one.changed_in_all,
                "people_to_tell": len(one.tell),
                "visits_changed": len(one.differences),
                "more_money_pence": pence(one.money),
                "more_price_pence": pence(one.more),
                "seconds": round(one.seconds, 2),
            }
            for one in proposals
        ],
    }
