"""Runs set beside each other: each scenario's seeds against the same seeds of the base.

The rule for a difference: it is clear if every seed's pair differs in the same direction and the mean of the
differences is larger than their range over the seeds. Otherwise it is "no clear difference". One seed or two make
nothing clear, save what no search can change (what was asked for).

Where there is no difference, chance alone meets the rule now and then: of two seeds' pairs in 29 of 100 (which is why
two are not enough), of three in 8, of four in 2, of five in 0.5 (simulated, normal differences; others are close).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from statistics import fmean

from scenarios.catalogue import BASE
from scenarios.results.counts import Counts, combined
from scenarios.results.measures import BY_NAME, MEASURES, measures
from scenarios.run.jobs import Outcome, Reading

RULE = (
    "A difference is called clear if every seed's pair (scenario and today, same seed, same effort for each provider) "
    "differs in the same direction and the mean difference is larger than the range of the differences over the seeds; "
    "else it is no clear difference. With one or two seeds nothing is called clear, except what no search can change. "
    "Chance can look like a difference: with three seeds about one in twelve differences that do not exist is called "
    "clear all the same, with five about one in two hundred."
)
LEAST_SEEDS = 3
"""Seeds below which chance would too often look clear."""
_FIXED = {"visits_asked"}
"""Measures that no search can change."""
_NOTHING = 1e-9


@dataclass(frozen=True, slots=True)
class Value:
    """One measure of one scenario: its mean and range over seeds, and the differences to the base by seed. It is None
    where no seed has anything to measure; there are no differences where a seed of either has nothing."""

    mean: float | None
    low: float | None
    high: float | None
    differences: tuple[float, ...] = ()
    fixed: bool = False

    @property
    def difference(self) -> float:
        """Mean difference to the base."""
        return fmean(self.differences) if self.differences else 0.0

    @property
    def clear(self) -> bool:
        """Is the difference clear by the rule?"""
        return is_clear(self.differences, self.fixed)

    @property
    def more(self) -> bool:
        """Is it clearly more than today?"""
        return self.clear and self.difference > 0


def is_clear(differences: Sequence[float], fixed: bool = False) -> bool:
    """Does the rule call these differences, one a seed, clear?"""
    if not differences or all(abs(d) <= _NOTHING for d in differences):
        return False
    if fixed:
        return True
    if len(differences) < LEAST_SEEDS:
        return False
    one_way = all(d > _NOTHING for d in differences) or all(d < -_NOTHING for d in differences)
    return one_way and abs(fmean(differences)) > max(differences) - min(differences)


@dataclass(frozen=True)
class Results:
    """All runs. `counts` are by (scenario, reading, seed), agencies together; `outcomes` by (agency, scenario, reading,
    seed)."""

    scenarios: tuple[str, ...]
    readings: tuple[Reading, ...]
    seeds: tuple[int, ...]
    counts: Mapping[tuple[str, Reading, int], Counts]
    outcomes: Mapping[tuple[str, str, Reading, int], Outcome]
    agencies: tuple[str, ...]

    def value(self, measure: str, scenario: str, reading: Reading) -> Value:
        """A measure of a scenario, all agencies together."""
        of, base = (self._by_seed(measure, name, reading) for name in (scenario, BASE))
        there = [value for value in of if value is not None]
        if not there:
            return Value(None, None, None)
        pairs = [(a, b) for a, b in zip(of, base, strict=True) if a is not None and b is not None]
        steps = () if scenario == BASE or len(pairs) < len(of) else tuple(a - b for a, b in pairs)
        return Value(fmean(there), min(there), max(there), steps, measure in _FIXED)

    def _by_seed(self, measure: str, scenario: str, reading: Reading) -> list[float | None]:
        function = BY_NAME[measure].function
        return [function(self.counts[scenario, reading, seed]) for seed in self.seeds]

    def mean(self, scenario: str, reading: Reading) -> Counts:
        """Mean counts over the seeds."""
        return mean_counts([self.counts[scenario, reading, seed] for seed in self.seeds])

    def of_agency(self, agency: str, scenario: str, reading: Reading) -> Counts | None:
        """Mean counts of one agency over the seeds; None where the scenario was not planned for it alone."""
        found = [self.outcomes.get((agency, scenario, reading, seed)) for seed in self.seeds]
        counts = [one["counts"] for one in found if one is not None]
        return mean_counts(counts) if counts else None


def results(outcomes: Sequence[Outcome]) -> Results:
    """The outcomes of a finished command."""
    by_run: dict[tuple[str, Reading, int], list[Counts]] = defaultdict(list)
    by_agency: dict[tuple[str, str, Reading, int], Outcome] = {}
    for one in outcomes:
        reading = Reading(one["reading"])
        by_run[one["scenario"], reading, one["seed"]].append(one["counts"])
        by_agency[one["agency"], one["scenario"], reading, one["seed"]] = one
    return Results(
        scenarios=tuple(dict.fromkeys(one["scenario"] for one in outcomes)),
        readings=tuple(reading for reading in Reading if any(key[1] is reading for key in by_run)),
        seeds=tuple(sorted({one["seed"] for one in outcomes})),
        counts={key: combined(parts) for key, parts in by_run.items()},
        outcomes=by_agency,
        agencies=tuple(dict.fromkeys(one["agency"] for one in outcomes if one["scenario"] == BASE)),
    )


def mean_counts(parts: Sequence[Mapping[str, float]]) -> Counts:
    """The mean of each count, over the parts that have it."""
    names = dict.fromkeys(name for part in parts for name in part)
    return {name: fmean(part[name] for part in parts if name in part) for name in names}


def tidy(found: Results) -> list[tuple[str, str, str, int, str, float | None, str]]:
    """One row a run and measure: agency, scenario, reading, seed, measure, value, unit."""
    rows = []
    for (agency, scenario, reading, seed), outcome in found.outcomes.items():
        told = measures(outcome["counts"])
        for one in MEASURES:
            value = told[one.name]
            shown = None if value is None else round(value, 6)
            rows.append((agency, scenario, str(reading), seed, one.name, shown, str(one.unit)))
    return rows
