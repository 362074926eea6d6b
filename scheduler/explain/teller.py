"""Why this carer, why this time, and for an unallocated visit: every carer's reason, and the cheapest single change."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import islice
from typing import TypedDict, Unpack

from scheduler.check import Report, check
from scheduler.domain import Carer, Visit
from scheduler.errors import CareroundError
from scheduler.explain import sentences as say
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rounds import rounds
from scheduler.who_could import Change, Trial, best_trial, plan_again, single_changes, trials

ALTERNATIVES = 3
"""Other carers whose price is worked out for a planned visit: each takes a whole check."""
MOST = 100
"""Unallocated visits whose reasons are worked out for the reports of one plan: each takes a part of a second, and some
seconds in a week of thousands of visits."""
MOST_TRIED = 5
"""Single changes with which a period is planned again, until one of them places the visit."""


@dataclass(frozen=True)
class Explanation:
    """Sentences about one thing, under its heading; where one visit is asked for, `carers` has one on each carer.
    For an `unallocated` visit `held_back` counts carers by the rule that stands in their way, each carer once, and
    `change` is the cheapest single change that would place it."""

    heading: str
    sentences: tuple[str, ...]
    carers: Mapping[str, str] = field(default_factory=dict)
    held_back: Mapping[str, int] = field(default_factory=dict)
    change: Change | None = None
    unallocated: bool = False

    @property
    def title(self) -> str:
        """The heading, and whether anybody comes."""
        return f"{self.heading} - unallocated" if self.unallocated else self.heading

    def __str__(self) -> str:
        lines = [self.title, *(f"  {sentence}" for sentence in self.sentences)]
        lines += [f"    - {sentence}" for sentence in self.carers.values()]
        return "\n".join(lines)


class Asked(TypedDict, total=False):
    """What is to be explained: one visit (with a sentence on every carer who does not come, or on the one carer
    `why_not`), a client's visits, a carer's rounds or, if nothing is named, every unallocated visit.

    `proofs` (of `Result`) are added to the visits that they are about. `plan_again`: each cheapest single change is
    put to the test, by planning again with it; that takes some seconds a visit.
    """

    visit: str | None
    client: str | None
    carer: str | None
    proofs: Mapping[str, str] | None
    why_not: str | None
    plan_again: bool


def explain(rota: Rota, problem: Problem, **asked: Unpack[Asked]) -> list[Explanation]:
    """Why what is `Asked` about is so. Raises UnknownName for an id nobody has."""
    return list(explain_each(rota, problem, **asked))


def explain_each(rota: Rota, problem: Problem, **asked: Unpack[Asked]) -> Iterator[Explanation]:
    """What `explain` says, one by one as it is found out: a rota with hundreds of unallocated visits takes minutes."""
    visit, client, carer = asked.get("visit"), asked.get("client"), asked.get("carer")
    why_not, tries = asked.get("why_not"), MOST_TRIED if asked.get("plan_again") else 0
    if sum(name is not None for name in (visit, client, carer)) > 1:
        raise CareroundError("Name one visit, one client or one carer to explain, not several.")
    if why_not is not None and visit is None:
        raise CareroundError("Why not this carer? Name the visit too.")
    teller = _Teller(rota, problem, asked.get("proofs") or {}, tries, why_not)
    if visit is not None:
        yield teller.asked(problem.visit(visit), why_not)
    elif client is not None:
        problem.client(client)
        yield from (teller.visit(problem.visits[v]) for v in problem.visits_of(client))
    elif carer is not None:
        yield teller.carer(problem.carer(carer))
    else:
        yield from (teller.unallocated(left) for left in rota.unallocated(problem))


def reasons(
    rota: Rota,
    problem: Problem,
    proofs: Mapping[str, str] | None = None,
    most: int = MOST,
    go_on: Callable[[int, int], bool] = lambda done, of: True,
    held: bool = False,
) -> dict[str, list[str]]:
    """Unallocated visit -> the sentences that say why, without those on each carer (for the reports). For the `most`
    urgent visits only: a plan that was stopped at its beginning may have thousands. Before each one, and at
    the end, `go_on` hears how many are done, and of how many; False ends it. `held`: something is locked or frozen,
    which the carers and changes that are named do not know of; it is said so."""
    teller = _Teller(rota, problem, proofs or {})
    left = sorted(rota.unallocated(problem), key=lambda visit: visit.priority)
    urgent, told = left[:most], dict[str, list[str]]()
    for visit in urgent:
        if not go_on(len(told), len(urgent)):
            break
        told[visit.id] = [*teller.unallocated(visit).sentences, *([say.HELD] if held else [])]
    else:
        go_on(len(urgent), len(urgent))
    untold = (
        f"The reasons were worked out for the {len(told)} most urgent of {len(left):,} unallocated visits."
    )
    rest = {visit.id: [untold, teller.proofs.get(visit.id, "")] for visit in left[len(told) :]}
    return told | {id: [sentence for sentence in sentences if sentence] for id, sentences in rest.items()}


@dataclass(frozen=True)
class _Teller:
    """A rota that is explained, with what every explanation of it needs."""

    rota: Rota
    problem: Problem
    proofs: Mapping[str, str]
    tries: int = 0
    first: str | None = None

    def asked(self, visit: Visit, why_not: str | None) -> Explanation:
        """One visit in full, or with a sentence on this carer alone."""
        if why_not is None:
            return self.visit(visit, in_full=True)
        name = self.problem.carer(why_not).name
        told = self.visit(visit, in_full=True)
        comes = {why_not: f"{name} does come to this visit."}
        return replace(told, carers={why_not: told.carers.get(why_not, comes[why_not])})

    @cached_property
    def report(self) -> Report:
        """What the rules say about the rota as it is."""
        return check(self.rota, self.problem)

    def visit(self, visit: Visit, in_full: bool = False) -> Explanation:
        """Who comes when, and why. `in_full`: and a sentence on everybody who does not come."""
        legs = self.rota.of_visit(visit.id)
        if not legs:
            return self.unallocated(visit, in_full)
        sentences = [say.why_carer(leg, visit, self.problem) for leg in legs]
        sentences.append(say.why_time(legs[0], visit))
        sentences += [say.priced(finding) for finding in self.report.findings if finding.visit == visit.id]
        others = self._others(visit, legs) if in_full else {}
        return Explanation(say.heading(visit, self.problem), tuple(sentences), others)

    def carer(self, carer: Carer) -> Explanation:
        """Each round of the carer, and what the rules say about the carer beside single visits."""
        own = [round for round in rounds(self.rota, self.problem) if round.carer.id == carer.id]
        found = [f for f in self.report.findings if f.carer == carer.id and not f.visit]
        sentences = [say.round_in_words(round, self.problem) for round in own] + [
            say.priced(finding) for finding in found
        ]
        heading = f"{carer.id}: {carer.name}, {say.count(len(own), 'round')}"
        return Explanation(heading, tuple(sentences) or ("No visit is planned for this carer.",))

    # -- planned visits ---------------------------------------------------------------------------------------------

    def _others(self, visit: Visit, legs: Sequence[Leg]) -> dict[str, str]:
        """Carer -> whether that carer could come instead, and at what price; or what stands in the way."""
        coming = {leg.carer for leg in legs}
        tried = trials(visit, self.rota, self.problem, also=[legs[0].start])
        best = {
            id: best_trial(_at(legs[0].start, found) if len(legs) > 1 else _within(found, visit), visit)
            for id, found in tried.items()
            if id not in coming
        }
        free = sorted(
            (t for t in best.values() if t.free),
            key=lambda t: (t.carer.id != self.first, abs(t.start - visit.preferred)),
        )
        told = {trial.carer.id: self._instead(trial, visit, legs) for trial in free[:ALTERNATIVES]}
        told |= {trial.carer.id: f"{say.could(trial, self.problem)}." for trial in free[ALTERNATIVES:]}
        return told | {id: say.held_back(trial, self.problem) for id, trial in best.items() if not trial.free}

    def _instead(self, trial: Trial, visit: Visit, legs: Sequence[Leg]) -> str:
        """What it would cost to send this carer instead of the (or the better of the two) who come now."""
        choices = []
        for gone in legs:
            rota = self.rota.without([visit.id]).with_legs(_exchanged(gone, trial, legs))
            report = check(rota, self.problem)
            choices.append((len(report.hard), report.total - self.report.total, gone))
        hard, more, gone = min(choices, key=lambda choice: choice[:2])
        whom = f"instead of {self.problem.carer(gone.carer).name}" if len(legs) > 1 else "instead"
        if hard > len(self.report.hard):
            return f"{say.could(trial, self.problem)}, but not {whom} beside the other carer."
        return f"{say.could(trial, self.problem)} {whom}: {say.more_or_less(more)} in all."

    # -- unallocated visits -----------------------------------------------------------------------------------------

    def unallocated(self, visit: Visit, in_full: bool = False) -> Explanation:
        """How many carers are held back by what, and the cheapest single change. `in_full`: and each carer's reason."""
        problem = self.problem
        tried = trials(visit, self.rota, problem)
        best = {id: best_trial(_within(found, visit), visit) for id, found in tried.items()}
        held_back = Counter(trial.broken[0].rule for trial in best.values() if not trial.free)
        change, proved = self._cheapest(visit, tried)
        free = [trial for trial in best.values() if trial.free]
        together = change is not None and not change.sentence
        sentences = [
            say.who_can(visit, len(best), free, together),
            say.what_holds_back(held_back, bool(free)),
        ]
        sentences += [say.what_to_do(change, visit, problem), proved]
        sentences.append(self.proofs.get(visit.id, ""))
        told = {trial.carer.id: f"{say.could(trial, problem)}." for trial in free}
        told |= {id: say.held_back(trial, problem) for id, trial in best.items() if not trial.free}
        heading = say.heading(visit, problem)
        return Explanation(
            heading, tuple(filter(None, sentences)), told if in_full else {}, held_back, change, True
        )

    def _cheapest(self, visit: Visit, tried: Mapping[str, tuple[Trial, ...]]) -> tuple[Change | None, str]:
        """The cheapest single change; if planning again is wanted, the cheapest with which that places the visit, and
        a sentence that says so."""
        found = single_changes(visit, tried, self.rota, self.problem)
        if not self.tries:
            return next(found, None), ""
        first = None
        for change in islice(found, self.tries):
            first = first or change
            again = plan_again(change, self.rota, self.problem)
            if again.placed:
                more = f"{say.more_or_less(again.more)} in all, what leaving it out weighs included"
                return change, f"Planned again with this change, the visit has a place: {more}."
        hint = "Planned again with this change, the visit still had no place: it takes more than this one change."
        return first, hint if first else ""


def _within(tried: Iterable[Trial], visit: Visit) -> list[Trial]:
    """The trials in the visit's window; the one at the preferred start is always among them."""
    return [trial for trial in tried if visit.earliest <= trial.start <= visit.latest]


def _at(start: int, tried: Iterable[Trial]) -> list[Trial]:
    """The trials at one start."""
    return [trial for trial in tried if trial.start == start]


def _exchanged(gone: Leg, trial: Trial, legs: Sequence[Leg]) -> list[Leg]:
    """The same legs with another carer in one of them; two who stay to the end stay as long as the one who needs
    longer."""
    if len(legs) == 1:
        return [Leg(trial.start, trial.carer.id, gone.visit, trial.minutes)]
    same = len({leg.minutes for leg in legs}) == 1
    minutes = max(trial.minutes, *(leg.minutes for leg in legs if leg is not gone))
    exchanged = [replace(leg, carer=trial.carer.id) if leg is gone else leg for leg in legs]
    return [replace(leg, minutes=minutes) for leg in exchanged] if same else exchanged
