"""Everything that a report speaks of, in one place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from scenarios.catalogue import BASE, TODAY, Scenario
from scenarios.results.compare import Results
from scenarios.results.span import each, noun
from scenarios.run.jobs import Effort, Reading
from scheduler.problem import Problem


@dataclass(frozen=True)
class Study:
    """A question, the agencies that it was asked of, and the planned weeks that answer it. `made_on` is the only date
    of making; everything else comes from the data. `pooled`: all agencies as one, where a scenario asks for it."""

    title: str
    question: str
    agencies: Mapping[str, Problem]
    scenarios: tuple[Scenario, ...]
    results: Results
    effort: Effort
    made_on: date
    pooled: Problem | None = None

    @property
    def first(self) -> Problem:
        """The first agency's problem: period and rules of the report."""
        return next(iter(self.agencies.values()))

    @property
    def days(self) -> int:
        """How long the planned period is."""
        return self.first.days

    @property
    def each(self) -> str:
        """What amounts are of: 'a week', 'in 14 days'."""
        return each(self.days)

    @property
    def noun(self) -> str:
        """What is planned: a 'week', or a 'period'."""
        return noun(self.days)

    @property
    def several(self) -> bool:
        """Are there several agencies?"""
        return len(self.agencies) > 1

    @property
    def who(self) -> str:
        """The agency, or how many they are."""
        if len(self.agencies) == 1:
            return self.first.settings.agency
        return f"{len(self.agencies)} agencies"

    @property
    def travel_source(self) -> str:
        """Where travel times come from; each once where agencies differ (a server may have failed for one of them, or
        when the ways between them were asked for)."""
        sources = list(dict.fromkeys(problem.travel_source for problem in self.agencies.values()))
        if self.pooled is not None and self.pooled.travel_source not in sources:
            sources.append(f"where providers are pooled, {self.pooled.travel_source}")
        return "; ".join(sources)

    def label(self, scenario: str) -> str:
        """A scenario's words."""
        return next((one.label for one in (TODAY, *self.scenarios) if one.name == scenario), scenario)

    def has(self, reading: Reading) -> bool:
        """Was that reading planned?"""
        return reading in self.results.readings

    @property
    def names(self) -> tuple[str, ...]:
        """Base first, then the scenarios."""
        return (BASE, *(one.name for one in self.scenarios))
