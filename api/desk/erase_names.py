"""What an erasure puts in a person's place: in ids, and in sentences."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any

from api.database.models import PersonKind
from api.desk.people import Person
from scheduler.intake.tables import TABLES

FREE_TEXTS = frozenset(
    column.name for table in TABLES for column in table.columns if column.kind == "text"
) - {"name"}
"""Columns in which people write what they like, and so anybody's name. (A name that somebody else has too is not the
person's.)"""


class Names:
    """What is replaced by what: the person's id and, for a client, the ids of the visits, which often begin with it;
    in sentences the name too."""

    def __init__(self, person: Person, pseudonym: str) -> None:
        self.person, self.pseudonym = person, pseudonym
        self.plans: dict[str, str] = {}
        self.visits: dict[str, str] = {}
        self._known: dict[str, str] | None = None

    def add_plans(self, plans: Mapping[str, None]) -> None:
        """Visits of the care plan: each gets the next number."""
        self._known = None
        for plan in plans:
            self.plans.setdefault(plan, f"{self.pseudonym}-{len(self.plans) + 1}")

    def add_visit(self, id: str, plan: str) -> None:
        """A dated visit: what follows the plan's id is the date and stays."""
        self.add_plans({plan: None})
        date = id.removeprefix(plan) if id.startswith(plan) else f"-{len(self.visits) + 1}"
        self.visits.setdefault(id, self.plans[plan] + date)

    def carer(self, id: str) -> str:
        """A carer's id afterwards."""
        return self.pseudonym if (self.person.kind, self.person.id) == (PersonKind.CARER, id) else id

    def text(self, text: str) -> str:
        """A sentence without the person, however the name's letters are written. An id that is only a number or only a
        word stays: without the table it tells nothing, and the same number or word stands for other things too."""
        if self._known is None:
            self._known = self._in_sentences()
            parts = "|".join(re.escape(word) for word in sorted(self._known, key=len, reverse=True) if word)
            self._pattern = re.compile(rf"(?i)(?<!\w)({parts})(?!\w)")
        known = self._known
        return self._pattern.sub(lambda found: known.get(found[1].casefold(), self.pseudonym), text)

    def _in_sentences(self) -> dict[str, str]:
        ids = {**self.plans, **self.visits, self.person.id: self.pseudonym}
        found = {
            id.casefold(): new
            for id, new in ids.items()
            if re.search(r"[^\W\d]", id) and re.search(r"\d", id)
        }
        return found | {self.person.name.casefold(): self.pseudonym}

    def free_texts(self, value: Any) -> Any:
        """A JSON value whose free texts, by the names of their columns, are without the person."""
        if isinstance(value, list):
            return [self.free_texts(part) for part in value]
        if isinstance(value, dict):
            return {
                name: self.inside(part) if name in FREE_TEXTS else self.free_texts(part)
                for name, part in value.items()
            }
        return value

    def inside(self, value: Any) -> Any:
        """A JSON value with all its sentences without the person."""
        if isinstance(value, str):
            return self.text(value)
        if isinstance(value, list):
            return [self.inside(part) for part in value]
        if isinstance(value, dict):
            return {self.visits.get(name, name): self.inside(part) for name, part in value.items()}
        return value
