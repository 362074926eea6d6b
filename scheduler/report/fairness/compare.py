"""Each group beside all others, client by client, with an interval for the difference and a test against chance."""

from __future__ import annotations

import warnings
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from scheduler.problem import Problem
from scheduler.report.clients import for_clients
from scheduler.report.fairness.groups import SMALL, groupings, shown
from scheduler.report.fairness.qualities import QUALITIES, Quality
from scheduler.rota import Rota

CONFIDENCE = 0.95


@dataclass(frozen=True)
class Comparison:
    """One quality of one group. `mean` is over its clients, `others` over all clients of other groups of the same
    grouping; `low` and `high` bound the difference of the two by Welch's interval (None where nobody differs within
    either side). `p`: of Welch's test, or without an interval of Fisher's exact one (None where all are alike).
    `beyond_chance`: it stays below five per cent of chance when it is allowed for that so many comparisons are made
    (Benjamini and Hochberg). All numbers are None where the group, or what is left without it, is too small to be
    shown."""

    grouping: str
    group: str
    quality: Quality
    clients: int | None
    mean: float | None = None
    others: float | None = None
    low: float | None = None
    high: float | None = None
    p: float | None = None
    beyond_chance: bool = False

    @property
    def difference(self) -> float | None:
        """Of this group to the others."""
        return None if self.mean is None or self.others is None else self.mean - self.others

    @property
    def worse(self) -> bool:
        """Does the group fare worse than the others, by more than chance explains?"""
        return self.beyond_chance and (self.difference or 0) * self.quality.worse > 0


@lru_cache(maxsize=4)
def comparisons(rota: Rota, problem: Problem) -> tuple[Comparison, ...]:
    """All groups in all qualities, those too small to be shown without numbers."""
    return tuple(_allowing_for_many(list(_compared(rota, problem))))


def _compared(rota: Rota, problem: Problem) -> Iterator[Comparison]:
    people = {one.client.id: one for one in for_clients(rota, problem)}
    for quality in QUALITIES:
        values = {
            id: value for id, one in people.items() if (value := quality.of(one, rota, problem)) is not None
        }
        for grouping in groupings(problem):
            groups = {
                group: [values[client.id] for client in clients if client.id in values]
                for group, clients in grouping.groups(problem.clients).items()
            }
            visible = shown({group: len(own) for group, own in groups.items()})
            for group, own in groups.items():
                others = [value for other, theirs in groups.items() if other != group for value in theirs]
                if group in visible and len(others) >= SMALL:
                    yield _compare(grouping.label, group, quality, own, others)
                else:
                    yield Comparison(grouping.label, group, quality, None)


def _compare(
    grouping: str, group: str, quality: Quality, own: Sequence[float], others: Sequence[float]
) -> Comparison:
    from scipy import stats

    found = Comparison(grouping, group, quality, len(own), sum(own) / len(own), sum(others) / len(others))
    if len(set(own)) == 1 and len(set(others)) == 1:
        # Each side has one value: so many people against so many, as in Fisher's table.
        apart = own[0] != others[0]
        return replace(found, p=_fisher(len(own), len(others))) if apart else found
    with (
        warnings.catch_warnings()
    ):  # one of the two may have no spread, which is exact and no loss of precision
        warnings.simplefilter("ignore", RuntimeWarning)
        test = stats.ttest_ind(own, others, equal_var=False)
    interval = test.confidence_interval(CONFIDENCE)
    return replace(found, low=float(interval.low), high=float(interval.high), p=float(test.pvalue))


def _fisher(own: int, others: int) -> float:
    """How likely it is by chance that two groups of these sizes are as far apart as can be."""
    import numpy as np
    from scipy import stats

    return float(stats.fisher_exact(np.diag([own, others])).pvalue)


def _allowing_for_many(found: Sequence[Comparison]) -> Iterator[Comparison]:
    """Of forty comparisons two are beyond chance by chance. The context (visits a week) is not tested."""
    from scipy import stats

    tested = [one for one in found if one.p is not None and one.quality.worse]
    adjusted = list(stats.false_discovery_control([one.p or 0 for one in tested])) if tested else []
    small = {id(one) for one, p in zip(tested, adjusted, strict=True) if p < 1 - CONFIDENCE}
    for one in found:
        yield replace(one, beyond_chance=id(one) in small)
