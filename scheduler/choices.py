"""When a person wishes for more than the fund has: what could change, and what each change would save. Nothing is cut
here; the person chooses. Money is whole pence."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from scheduler.domain import Purpose, Visit
from scheduler.ledger import Ledger
from scheduler.settings import Policy


@dataclass(frozen=True, slots=True)
class Choice:
    """One way to stay within the money of a week: what would change, what it saves, and if that is enough. `visit` is
    one of those that it is about (None: the fund as a whole)."""

    kind: str
    visit: Visit | None
    change: str
    saving: int
    enough: bool


def choices(ledger: Ledger, week: int) -> tuple[Choice, ...]:
    """Shorter visits, fewer visits, a review of double-ups, the balance; none where the money of the week reaches."""
    over = ledger.over(week)
    if not over:
        return ()
    plans: dict[str, list[Visit]] = defaultdict(list)
    for visit in ledger.visits:
        if visit.day in ledger.days(week):
            plans[visit.plan or visit.id].append(visit)
    found = [choice for visits in plans.values() for choice in _for_plan(visits, ledger, over)]
    return (*found, *_balance(ledger, over))


def _for_plan(visits: list[Visit], ledger: Ledger, over: int) -> Iterator[Choice]:
    """The choices for one row of the care plan. A family carer's respite and what is time-critical are never offered
    as visits to leave out."""
    first = visits[0]
    to = _shorter(first, ledger)
    if to:
        saving = sum(ledger.price(visit) - ledger.price(visit, minutes=to) for visit in visits)
        change = f"{to} instead of {first.commissioned} min, {len(visits)} times a week"
        yield Choice("shorter", first, change, saving, saving >= over)
    if first.carers == 2:
        saving = sum(ledger.price(visit) - ledger.price(visit, carers=1) for visit in visits)
        yield Choice("single-handed review", first, "one carer with equipment", saving, saving >= over)
    if first.purpose is not Purpose.RESPITE and not first.time_critical:
        costs = sorted((ledger.price(visit) for visit in visits), reverse=True)
        count = next((n for n in range(1, len(costs) + 1) if sum(costs[:n]) >= over), len(costs))
        saving = sum(costs[:count])
        yield Choice("fewer", first, f"{count} of {len(visits)} a week fewer", saving, saving >= over)


def _shorter(visit: Visit, ledger: Ledger) -> int:
    """The next shorter length of the price list; none under what the tasks take or the agency's minimum."""
    settings = ledger.problem.settings
    least = max(visit.needed, 0 if settings.policy is Policy.NONE else settings.floor_minutes)
    return max((p.minutes for p in ledger.fund.prices if least <= p.minutes < visit.commissioned), default=0)


def _balance(ledger: Ledger, over: int) -> Iterator[Choice]:
    use = min(over, max(0, ledger.fund.opening))
    if use:
        weeks = ledger.fund.opening // over
        change = f"use the balance, banked money first: it lasts {weeks} such week{'' if weeks == 1 else 's'}"
        yield Choice("banked hours", None, change, use, use >= over)
