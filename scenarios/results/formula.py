"""The formula method, as councils use it: an average swapped in a price, and nobody re-plans the week.

price(L) = [w k (L + t) / 60 + r m + o L / 60] / (1 - p), with w the wage, k the on-costs, t the paid minutes of travel
a visit, r the mileage, m the miles a visit, o the running costs an hour with clients, p the surplus (this project's
reading of published methods; travel per contact hour = 60 / average length x average travel per visit is Hounslow's
definition). t and m are those of today's planned week and are held as they are; only what is ordered, and rates of pay,
change.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from scenarios.results.counts import BANDS
from scenarios.results.span import each, noun
from scheduler.units import HOUR, WEEK_DAYS, pounds, sixtieths

Counts = Mapping[str, float]

_SEEN = 0.05
"""Hours from which on something is told: below, it would be said to be 0.0."""
_REST = "who does the work, at which rate of pay, and the miles"


@dataclass(frozen=True, slots=True)
class Formula:
    """The averages that the formula knows: minutes and miles a carer's visit, pence an hour and a mile."""

    travel: float
    miles: float
    wage: float
    on_cost: float
    mileage: float
    running: float
    margin: float

    def visit(self, minutes: float) -> float:
        """Pence that a visit of that length costs."""
        pay = self.wage * self.on_cost * (minutes + self.travel) / HOUR
        return (pay + self.mileage * self.miles + self.running * minutes / HOUR) / (1 - self.margin)

    def week(self, legs: float, minutes: float) -> float:
        """Pence that so many carers' visits with so many minutes together cost (the formula is linear in both)."""
        return legs * self.visit(0) + minutes * (self.visit(HOUR) - self.visit(0)) / HOUR

    def travel_per_contact_hour(self, length: float) -> float:
        """Minutes of travel per contact hour at an average length: (60 / length) x travel per visit."""
        return HOUR / length * self.travel if length else 0.0


def formula(today: Counts, scenario: Counts) -> Formula:
    """The averages of today's planned week, with the scenario's rates of pay."""
    shifts = scenario["shift_minutes"] or 1.0
    legs = today["legs"] or 1.0
    contact = today["contact_minutes"] or 1.0
    paid = scenario["shift_travel_paid"] / shifts
    return Formula(
        travel=paid * today["travel_minutes"] / legs,
        miles=today["miles"] / legs,
        wage=scenario["shift_pence"] / shifts,
        on_cost=today["on_cost_percent_minutes"] / contact / 100,
        mileage=scenario["shift_mileage_pence"] / shifts,
        running=today["running_pence"] * HOUR / contact,
        margin=_surplus(today),
    )


def predicted(today: Counts, scenario: Counts) -> float:
    """What the formula says that the scenario's week costs, in pence."""
    return formula(today, scenario).week(scenario["asked_legs"], scenario["asked_minutes"])


def misleads(today: Counts, scenario: Counts, words: str, clear: bool = True, days: int = WEEK_DAYS) -> str:
    """Where the formula misleads, in one sentence: what it says, what the planned week says, and the largest thing that
    it cannot see, if they differ. `words`: with which carers the week (or so many `days`) was planned; `clear`: do the
    seeds agree that its cost differs from today's?"""
    says = predicted(today, scenario) - predicted(today, today)
    more = scenario["price_pence"] - today["price_pence"]
    start = f"The formula says {_told(says)} {each(days)}"
    if not clear and more:
        return f"{start}; planned again {words}, the {noun(days)} shows no clear difference."
    if _told(says) == _told(more):
        return f"{start}, and so does the {noun(days)} planned again {words}."
    start += f"; planned again {words}, the {noun(days)} costs {_told(more)}"
    way = 1 if more >= says else -1
    unseen = _unseen(today, scenario)
    largest, told = max(unseen, key=lambda seen: way * seen[0])
    if way * largest >= _SEEN:
        return f"{start}: {told}."
    if all(abs(hours) < _SEEN for hours, _ in unseen):
        return f"{start}: what it leaves out is small here; {_REST} make the difference."
    other = "less" if way > 0 else "more"
    return f"{start}: the hours that it leaves out would make it {other}; {_REST} outweigh them."


def _unseen(today: Counts, scenario: Counts) -> list[tuple[float, str]]:
    """What the formula cannot see: by how many paid hours each makes the week dearer than it says, and the words."""

    def more(name: str) -> float:
        return (scenario[name] - today[name]) / HOUR

    def moved(hours: float) -> str:
        return f"{abs(hours):,.1f} {'more' if hours >= 0 else 'fewer'} hours"

    left, idle, travel = more("unallocated_minutes"), more("guaranteed_minutes"), more("travel_minutes")
    wait = (_paid_waiting(scenario) - _paid_waiting(today)) / HOUR
    held = (
        (scenario["asked_legs"] - today["asked_legs"]) * today["travel_minutes"] / (today["legs"] or 1) / HOUR
    )
    return [
        (
            -left,
            f"it does not see that {moved(left)} are left without a carer, at the times that people ask for",
        ),
        (
            idle,
            f"it does not see that carers are paid for {moved(idle)} that they are contracted for and do not work",
        ),
        (wait, f"it does not see that carers are paid for {moved(wait)} of waiting between visits"),
        (
            travel - held,
            f"it holds travel at {today['travel_minutes'] / (today['legs'] or 1):.1f} minutes a visit, and the planned "
            f"week finds {scenario['travel_minutes'] / (scenario['legs'] or 1):.1f}",
        ),
    ]


def _paid_waiting(counts: Counts) -> float:
    """Minutes that are paid and are neither contact nor travel."""
    travel = counts["travel_minutes"] * counts["shift_travel_paid"] / (counts["shift_minutes"] or 1)
    return counts["paid_minutes"] - counts["contact_minutes"] - travel


def _told(pence: float) -> str:
    return f"{pounds(sixtieths(abs(round(pence))))} {'more' if pence >= 0 else 'less'}"


def by_length(today: Counts, scenario: Counts) -> dict[int, float]:
    """Length -> pence of a visit of that length by the formula."""
    known = formula(today, scenario)
    return {length: known.visit(length) for length in BANDS}


def _surplus(today: Mapping[str, float]) -> float:
    """Share of the price that no cost explains; none where nothing was done."""
    price = today["price_pence"]
    return 1 - (today["cost_pence"] + today["running_pence"]) / price if price else 0.0
