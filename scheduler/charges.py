"""What a delivered visit costs a fund: the price of those who came, at most as many as were ordered, less a credit for
ordered minutes that were not given. Money is whole pence.

Minutes are held against those ordered, not against those planned: a policy may plan a visit longer than the fund pays
for. Where nothing was recorded the visit is charged as planned, and says so: a hole in the monitoring is no money back.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise

from scheduler.delivered import Delivery, Fault
from scheduler.domain import Visit
from scheduler.ledger import Ledger


@dataclass(frozen=True, slots=True)
class Charge:
    """What a fund pays for a visit: `price` less `credit`. `unrecorded`: of a carer who was to come nothing was
    recorded."""

    price: int
    credit: int
    unrecorded: bool

    @property
    def cost(self) -> int:
        return self.price - self.credit


def charge(visit: Visit, found: Sequence[Delivery], ledger: Ledger) -> Charge:
    """The charge for a visit; `found` are its deliveries. A carer who did not come at all is not charged in the first
    place; minutes of one who did are credited at this carer's price where more are missing than is tolerated."""
    given = _given(visit, found)
    lead = ledger.price(visit, 1)
    prices = lead, ledger.price(visit, 2) - lead
    tolerance = ledger.problem.settings.short_tolerance
    credit = sum(
        _part(price, ordered - minutes, ordered)
        for price, ordered, minutes in zip(prices, _ordered(visit), given, strict=False)
        if ordered - minutes > tolerance
    )
    unrecorded = any(Fault.UNRECORDED in one.faults for one in found)
    return Charge(ledger.price(visit, len(given)) if given else 0, credit, unrecorded)


def _ordered(visit: Visit) -> tuple[int, int]:
    """Minutes ordered of the carer who leads, and of a second one."""
    return visit.commissioned, visit.together or visit.commissioned


def _given(visit: Visit, found: Sequence[Delivery]) -> list[int]:
    """Minutes given by each carer who is paid for, the one who leads first. Who stayed longest leads; one of whom
    nothing was recorded gave what was ordered."""
    came = [one.actual for one in found if one.actual is not None]
    given = _in_parts([(row.start, row.start + row.minutes) for row in came if row.start is not None], visit)
    for one in found:
        if one.leg is not None and Fault.UNRECORDED in one.faults:
            given.insert(one.leg.second, _ordered(visit)[one.leg.second])
    return given[: visit.carers]


def _in_parts(stays: Sequence[tuple[int, int]], visit: Visit) -> list[int]:
    """Each stay, the longest first. Where more carers came than were ordered they took turns or looked on: then the
    minutes in which one was there, and those in which two were."""
    if len(stays) <= visit.carers:
        return sorted((end - start for start, end in stays), reverse=True)
    moments = sorted({moment for stay in stays for moment in stay})
    there = [
        (end - start, sum(came <= start and end <= left for came, left in stays))
        for start, end in pairwise(moments)
    ]
    return [_with(part, there) for part in range(1, visit.carers + 1)]


def _with(carers: int, there: Iterable[tuple[int, int]]) -> int:
    return sum(minutes for minutes, present in there if present >= carers)


def _part(pence: int, minutes: int, of: int) -> int:
    """So many minutes' part of a price, to the nearest penny."""
    return (2 * pence * minutes + of) // (2 * of)
