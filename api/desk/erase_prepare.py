"""What takes long of an erasure, worked out while others can write: the agency's data and problems without a person."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from secrets import token_hex
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from api.database.models import StoredProblem, TableSet
from api.desk.erase_data import erased_problem, erased_tables, plans_of, visits_of
from api.desk.erase_names import Names
from api.desk.packing import pack_json, unpack, unpack_json
from api.desk.people import Person
from api.desk.tables import Tables
from api.errors import Trouble
from scheduler.problem_json import from_json, to_json


@dataclass(frozen=True)
class Prepared:
    """The data without the person. `tables` (packed, rows) and `problems` (packed, warnings) hold those that change, by
    id; `with_person` are the ids of problems in which the person is. `seen` is what there was to look at."""

    names: Names
    tables: Mapping[str, tuple[bytes, int]]
    problems: Mapping[str, tuple[bytes, list[Any]]]
    with_person: frozenset[str]
    newest: Tables
    seen: frozenset[tuple[str, int]]


def prepare(session: Session, person: Person, confirm: str) -> Prepared:
    """All that is to be written. Raises Trouble(422) unless `confirm` is the name."""
    if confirm.strip().casefold() != person.name.strip().casefold():
        raise Trouble(422, "This is not the person's name: nothing was erased. Write it as it is shown.")
    names = Names(person, f"erased-{token_hex(6)}")
    kept = {
        one.id: unpack_json(one.packed)
        for one in session.scalars(select(TableSet).order_by(TableSet.version))
    }
    for tables in kept.values():
        names.add_plans(dict.fromkeys(plans_of(tables, person)))
    problems = list(session.scalars(select(StoredProblem)))
    without = {one.id: _without(one, names) for one in problems}
    # Sentences come last: only now every id that they may hold is known.
    told = {one.id: names.free_texts(json.loads(without[one.id] or unpack(one.packed))) for one in problems}
    warnings = {one.id: names.inside(one.warnings) for one in problems}
    changed = {
        id: names.free_texts(erased_tables(tables, person, names.pseudonym)) for id, tables in kept.items()
    }
    return Prepared(
        names=names,
        tables={
            id: (pack_json(now), sum(map(len, now.values())))
            for id, now in changed.items()
            if now != kept[id]
        },
        problems={
            one.id: (pack_json(told[one.id]), warnings[one.id])
            for one in problems
            if without[one.id] or (told[one.id], warnings[one.id]) != (unpack_json(one.packed), one.warnings)
        },
        with_person=frozenset(id for id, changed_one in without.items() if changed_one),
        newest=list(changed.values())[-1],
        seen=seen(session),
    )


def seen(session: Session) -> frozenset[tuple[str, int]]:
    """What there is to look at, by id and edition: other data makes another answer."""
    tables = session.execute(select(TableSet.id, TableSet.version))
    problems = session.execute(select(StoredProblem.id, StoredProblem.edition))
    return frozenset((id, number) for id, number in (*tables, *problems))


def _without(kept: StoredProblem, names: Names) -> str:
    """The problem with the pseudonym in the person's place, as JSON; empty where the person is not in it."""
    problem = from_json(unpack(kept.packed))
    for visit in visits_of(problem, names.person):
        names.add_visit(visit.id, visit.plan or visit.id)
    changed = erased_problem(problem, names.person, names.pseudonym, names.plans, names.visits)
    return to_json(changed) if changed is not None else ""
