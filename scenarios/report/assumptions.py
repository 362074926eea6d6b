"""What the report stands on: every figure that was used, with its mark, and what is left out."""

from __future__ import annotations

from collections.abc import Iterator

from scenarios.bank import PREMIUM
from scenarios.pool import LIMITS as POOLING
from scenarios.report.study import Study
from scenarios.results.money import MARGIN
from scenarios.run.jobs import Reading
from scheduler.errors import CareroundError
from scheduler.uk import figure
from scheduler.uk.figures import MARKS, Figure

_ALWAYS = (
    "cost.on_cost_percent",
    "cost.running_cost",
    MARGIN,
    "fee.council_average",
    "minimum_wage.adult",
    "living_wage.uk",
    "pay.counted_waiting",
    "mile_cost.car",
    "travel.seconds_per_metre.car",
    "travel.seconds_per_metre.foot",
    "travel.circuity.car",
    "travel.door_minutes.car",
    "continuity.rolling_days",
    "visit.short_threshold",
    "co2.car",
)
"""Figures behind every report. An agency's own settings take their place where it has some."""

_BANK = (
    "Further carers are made up: they can do everything, are free all day, live among the clients and know nobody. "
    "Their hours are a lower bound of what would have to be advertised for, their number an upper bound of heads."
)
LIMITS = (
    "The weeks are planned, not lived: sickness, traffic and visits that take longer than ordered are not in "
    "them, unless a scenario is about them.",
    "Today's week is planned afresh by the same search as the scenarios, so it is not the rota that the agency "
    "has now; that is what makes the difference between the two fair.",
    "A search finds good weeks, not the best one; base and scenario have the same effort, and the spread over "
    "seeds shows what the search may have missed.",
    "Costs are a provider's costs in a planned week, not a price that it would accept; they hold the surplus that is "
    "told under the assumptions, so that a rate that covers them leaves that surplus.",
    "The cost of an hour with clients falls also where minutes are added that nobody ordered or pays for; cost above "
    "the rate paid is told for each ordered hour.",
    "People's own view of a longer, shorter or different visit is not in any number here.",
)


def used(study: Study) -> list[Figure]:
    """The figures that this report used, each once."""
    names = dict.fromkeys(_ALWAYS)
    for scenario in study.scenarios:
        for change in scenario.changes:
            names |= dict.fromkeys(change.figures)
    if study.has(Reading.ENOUGH):
        names[PREMIUM] = None
    return list(_known(names, study))


def _known(names: dict[str, None], study: Study) -> Iterator[Figure]:
    for name in names:
        try:
            yield figure(name, study.first.start)
        except CareroundError:  # not known for that date: then no run used it either
            continue


def marks(figures: list[Figure]) -> list[tuple[str, str]]:
    """The marks that occur, and what they say."""
    return [(mark, words) for mark, words in MARKS.items() if any(one.mark == mark for one in figures)]


def limits(study: Study) -> list[str]:
    """What the report leaves out, those of its changes first."""
    own = dict.fromkeys(
        f"{scenario.label}: {change.limits}"
        for scenario in study.scenarios
        for change in scenario.changes
        if change.limits
    )
    pooling = [POOLING] if any(scenario.pool for scenario in study.scenarios) else []
    bank = [_BANK] if study.has(Reading.ENOUGH) else []
    return [*own, *pooling, *bank, *LIMITS]
