"""What can be counted about a rota: one register, `MEASURES`, each with its unit and what exactly it counts.

`measure(rota, problem)` gives them all under their keys; `continuity(rota, problem)` the table of each client's
carers behind some of them. A share of nothing is 0.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import combinations

from scheduler.check import check
from scheduler.domain import Relation, Visit
from scheduler.pay import pay_weeks
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rounds import rounds
from scheduler.rules import RULES
from scheduler.rules.base import Finding, Level, promised_carers
from scheduler.rules.interests import shared
from scheduler.rules.uncommissioned import Uncommissioned
from scheduler.true_pay import true_pay
from scheduler.units import DAY, HOUR, METRES_PER_MILE, pence

SHORT = 30
"""Minutes under which NICE QS123 calls a visit short."""
CORE_TEAM, CORE_TEAM_DOUBLE = 3, 5
"""Carers in a core team: of a client with mostly single-handed, and with mostly double-handed visits (ASSUMPTION)."""
_EVENING, _NOON = 16 * HOUR, 12 * HOUR
_CHOSEN = (Relation.PREFER, Relation.ONLY)

Number = int | float


@dataclass(frozen=True, slots=True)
class Measure:
    """One number about a rota, under its key `name`."""

    name: str
    unit: str
    doc: str
    function: Callable[[Rota, Problem, Sequence[Finding]], Number]


def measure(rota: Rota, problem: Problem, findings: Sequence[Finding] | None = None) -> dict[str, Number]:
    """All measures by key. `findings` are those of `check`, where the caller has them already."""
    known = check(rota, problem).findings if findings is None else findings
    return {one.name: one.function(rota, problem, known) for one in MEASURES}


# -- each client's carers ---------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class ClientContinuity:
    """The carers of one client who has planned visits.

    `distinct` carers come in this rota, `distinct_rolling` within the rolling window that ends with it. The core team
    are the carers who come most. UPC is the share of the visits at which the most frequent carer is present. COC is
    Bice and Boxerman's index: of two visits picked at random, the share of the (smaller) team that is at both; so a
    double-handed client with one steady pair scores 1, where counting carers' visits would score a half. Both fall
    as visits get more: compare clients with about as many visits. COC is None below two visits.
    """

    client: str
    name: str
    visits: int
    legs: int
    double_handed: bool
    distinct: int
    distinct_rolling: int
    promised: int
    own_limit: int | None
    new_faces: int
    core_team: tuple[str, ...]
    core_team_legs: int
    upc: float
    coc: float | None

    @property
    def core_team_share(self) -> float:
        """Share of the carers' visits that the core team makes."""
        return self.core_team_legs / self.legs

    @property
    def kept(self) -> bool:
        """Are there no more carers within the rolling window than promised, and than the client asked for?"""
        return self.distinct_rolling <= min(self.promised, self.own_limit or self.promised)


@lru_cache(maxsize=16)
def continuity(rota: Rota, problem: Problem) -> tuple[ClientContinuity, ...]:
    """Each client with planned visits, in the problem's order."""
    visits: dict[str, list[tuple[Leg, ...]]] = defaultdict(list)
    for visit, legs in rota.legs_by_visit.items():
        visits[problem.visit(visit).client].append(legs)
    return tuple(_row(c.id, visits[c.id], problem) for c in problem.clients if c.id in visits)


def _row(client: str, visits: list[tuple[Leg, ...]], problem: Problem) -> ClientContinuity:
    present = Counter(leg.carer for legs in visits for leg in legs)
    asked = [problem.visits[v] for v in problem.visits_of(client)]
    double = 2 * sum(visit.carers == 2 for visit in asked) > len(asked)
    often = sorted(present, key=lambda carer: (-present[carer], carer))
    core = tuple(often[: CORE_TEAM_DOUBLE if double else CORE_TEAM])
    return ClientContinuity(
        client=client,
        name=problem.client(client).name,
        visits=len(visits),
        legs=present.total(),
        double_handed=double,
        distinct=len(present),
        distinct_rolling=len(problem.recent_carers[client] | present.keys()),
        promised=promised_carers(problem.client(client), problem),
        own_limit=problem.client(client).max_carers,
        new_faces=sum(not problem.knows(client, carer) for carer in present),
        core_team=core,
        core_team_legs=sum(present[carer] for carer in core),
        upc=max(present.values()) / len(visits),
        coc=coc([frozenset(leg.carer for leg in legs) for legs in visits]),
    )


def coc(teams: list[frozenset[str]]) -> float | None:
    """Bice and Boxerman's index of visits by these teams (see `ClientContinuity`); None below two visits. Pairs of
    visits are counted by kind of team, of which there are few."""
    if len(teams) < 2:
        return None
    kinds = Counter(teams)
    same = sum(n * (n - 1) / 2 for n in kinds.values())
    for (a, n), (b, m) in combinations(kinds.items(), 2):
        same += n * m * len(a & b) / min(len(a), len(b))
    return same / (len(teams) * (len(teams) - 1) / 2)


# -- small things that several measures share -------------------------------------------------------------------------


def _share(part: float, whole: float) -> float:
    return part / whole if whole else 0.0


def _mean(values: Iterable[float]) -> float:
    found = list(values)
    return _share(sum(found), len(found))


def _planned(rota: Rota, problem: Problem) -> list[tuple[Visit, tuple[Leg, ...]]]:
    return [(visit, rota.of_visit(visit.id)) for visit in problem.visits if rota.of_visit(visit.id)]


def _contact(rota: Rota) -> int:
    return sum(leg.minutes for leg in rota.legs)


def _travel(rota: Rota, problem: Problem) -> int:
    return sum(work.travel for work in rounds(rota, problem))


def _waiting(rota: Rota, problem: Problem) -> int:
    return sum(work.waiting for work in rounds(rota, problem))


def _short(rota: Rota, problem: Problem) -> list[Visit]:
    return [visit for visit, legs in _planned(rota, problem) if legs[0].minutes < SHORT]


def _new_faces(rota: Rota, problem: Problem) -> int:
    return sum(row.new_faces for row in continuity(rota, problem))


def _money(findings: Sequence[Finding]) -> int:
    cash = {rule.name for rule in RULES if rule.money}
    return pence(sum(finding.price for finding in findings if finding.rule in cash))


def _matches(rota: Rota, problem: Problem) -> int:
    def match(leg: Leg) -> bool:
        client = problem.client(problem.visit(leg.visit).client)
        return any(shared(client, problem.carer(leg.carer), problem))

    return sum(match(leg) for leg in rota.legs)


def _preferred_share(rota: Rota, problem: Problem) -> float:
    choosers = {tie.client for tie in problem.ties if tie.relation is Relation.PREFER}
    pairs = [(problem.visit(leg.visit).client, leg.carer) for leg in rota.legs]
    asked = [pair for pair in pairs if pair[0] in choosers]
    return _share(sum(problem.relation(*pair) in _CHOSEN for pair in asked), len(asked))


def _nights(rota: Rota, problem: Problem) -> list[int]:
    """Minutes between the last planned visit of a day and the first of the next, for clients whose last visit is
    asked for in the evening and whose next first one in the morning."""
    asked: dict[tuple[str, int], list[int]] = defaultdict(list)
    planned: dict[tuple[str, int], list[Leg]] = defaultdict(list)
    for visit in problem.visits:
        asked[visit.client, visit.day].append(visit.preferred % DAY)
        planned[visit.client, visit.day] += rota.of_visit(visit.id)
    found = []
    for (client, day), times in asked.items():
        tonight, tomorrow = planned[client, day], planned.get((client, day + 1))
        if tonight and tomorrow and max(times) >= _EVENING and min(asked[client, day + 1]) < _NOON:
            found.append(min(leg.start for leg in tomorrow) - max(leg.end for leg in tonight))
    return found


# -- the register -----------------------------------------------------------------------------------------------------

MEASURES: tuple[Measure, ...] = (
    Measure(
        "visits",
        "visits",
        "Visits asked for in the period; a double-up is one.",
        lambda r, p, f: len(p.visits),
    ),
    Measure(
        "unallocated", "visits", "Visits that nobody is planned for.", lambda r, p, f: len(r.unallocated(p))
    ),
    Measure(
        "clients_with_unallocated",
        "clients",
        "Clients with at least one visit that nobody is planned for.",
        lambda r, p, f: len({visit.client for visit in r.unallocated(p)}),
    ),
    Measure(
        "hard_findings",
        "findings",
        "Findings of hard rules: what must not be.",
        lambda r, p, f: sum(finding.level is Level.HARD for finding in f),
    ),
    Measure(
        "cost_pence",
        "pence",
        "Money that leaves the agency: wages with on-costs, mileage, contracted hours paid but not worked.",
        lambda r, p, f: _money(f),
    ),
    Measure(
        "cost_per_contact_hour_pence",
        "pence",
        "Money that leaves the agency for each hour that a carer is with a client.",
        lambda r, p, f: round(_share(_money(f) * HOUR, _contact(r))),
    ),
    Measure(
        "objective_pence",
        "pence",
        "Money and what we would pay to avoid the rest: what the planner makes small.",
        lambda r, p, f: pence(sum(finding.price for finding in f)),
    ),
    Measure(
        "contact_minutes",
        "minutes",
        "Minutes that carers are with clients; each carer of a double-up counts.",
        lambda r, p, f: _contact(r),
    ),
    Measure(
        "travel_minutes",
        "minutes",
        "Travel between the visits of a round, door and parking minutes included.",
        lambda r, p, f: _travel(r, p),
    ),
    Measure(
        "waiting_minutes",
        "minutes",
        "Gaps between the visits of a round that travel does not fill, breaks included.",
        lambda r, p, f: _waiting(r, p),
    ),
    Measure(
        "home_minutes",
        "minutes",
        "Travel from home to a round and back, which is not paid.",
        lambda r, p, f: sum(work.home_out + work.home_back for work in rounds(r, p)),
    ),
    Measure(
        "miles",
        "miles",
        "Miles between the visits of a round, by any mode; the way from home and back is left out.",
        lambda r, p, f: round(sum(work.metres for work in rounds(r, p)) / METRES_PER_MILE, 1),
    ),
    Measure(
        "paid_minutes",
        "minutes",
        "Minutes of work that the carers' terms pay, without contracted hours not worked.",
        lambda r, p, f: sum(week.paid for week in pay_weeks(r, p)),
    ),
    Measure(
        "contact_share",
        "share",
        "Contact minutes out of contact, travel and waiting minutes.",
        lambda r, p, f: _share(_contact(r), _contact(r) + _travel(r, p) + _waiting(r, p)),
    ),
    Measure(
        "travel_minutes_per_contact_hour",
        "minutes",
        "Travel between visits for each hour with clients.",
        lambda r, p, f: _share(_travel(r, p) * HOUR, _contact(r)),
    ),
    Measure(
        "distinct_carers_mean",
        "carers",
        "Mean number of distinct carers of a client with planned visits within the rolling days (14) that end with "
        "the period, those of the history included.",
        lambda r, p, f: _mean(row.distinct_rolling for row in continuity(r, p)),
    ),
    Measure(
        "distinct_carers_worst",
        "carers",
        "The largest such number of one client.",
        lambda r, p, f: max((row.distinct_rolling for row in continuity(r, p)), default=0),
    ),
    Measure(
        "carers_promise_kept_share",
        "share",
        "Clients with planned visits who see no more carers within the rolling days than we promise, and than they "
        "asked for themselves.",
        lambda r, p, f: _mean(row.kept for row in continuity(r, p)),
    ),
    Measure(
        "new_faces",
        "pairs",
        "Pairs of a client and a carer who comes but has not visited under the present care plan before the period.",
        lambda r, p, f: _new_faces(r, p),
    ),
    Measure(
        "first_visit_share",
        "share",
        "Carers' visits at which the client meets the carer for the first time under the present care plan.",
        lambda r, p, f: _share(_new_faces(r, p), len(r.legs)),
    ),
    Measure(
        "core_team_share",
        "share",
        "Carers' visits made by the three carers who visit the client most, or the five where most of the client's "
        "visits are double-handed.",
        lambda r, p, f: _share(sum(row.core_team_legs for row in continuity(r, p)), len(r.legs)),
    ),
    Measure(
        "upc_mean",
        "share",
        "Mean over clients with two planned visits or more: share of the visits at which the most frequent carer is "
        "present (UPC).",
        lambda r, p, f: _mean(row.upc for row in continuity(r, p) if row.visits > 1),
    ),
    Measure(
        "coc_mean",
        "index",
        "Mean over clients with two planned visits or more of the Bice-Boxerman continuity index: 1 is always the "
        "same carer, or the same pair at double-ups; 0 never twice the same.",
        lambda r, p, f: _mean(row.coc for row in continuity(r, p) if row.coc is not None),
    ),
    Measure(
        "interest_matches",
        "visits",
        "Carers' visits by a carer who shares an interest or a language with the client.",
        lambda r, p, f: _matches(r, p),
    ),
    Measure(
        "preferred_carer_share",
        "share",
        "Carers' visits made by a preferred carer, out of those to clients who named any.",
        lambda r, p, f: _preferred_share(r, p),
    ),
    Measure(
        "short_visits",
        "visits",
        "Planned visits under 30 minutes.",
        lambda r, p, f: len(_short(r, p)),
    ),
    Measure(
        "short_visits_agreed",
        "visits",
        "Of these, the visits with a recorded agreement to be short (NICE QS123 statement 4b).",
        lambda r, p, f: sum(visit.short_agreed for visit in _short(r, p)),
    ),
    Measure(
        "visits_30_or_more_share",
        "share",
        "Planned visits of 30 minutes or more out of planned visits (NICE QS123 statement 4a).",
        lambda r, p, f: _mean(legs[0].minutes >= SHORT for _, legs in _planned(r, p)),
    ),
    Measure(
        "uncommissioned_minutes",
        "minutes",
        "Planned minutes beyond the commissioned ones; each carer of a double-up counts.",
        lambda r, p, f: sum(finding.amount for finding in f if finding.rule == Uncommissioned.name),
    ),
    Measure(
        "minutes_off_preferred_mean",
        "minutes",
        "Mean minutes between the planned and the preferred start of a planned visit.",
        lambda r, p, f: _mean(abs(legs[0].start - visit.preferred) for visit, legs in _planned(r, p)),
    ),
    Measure(
        "overnight_gap_worst",
        "minutes",
        "The longest time from the end of a client's last planned visit of a day to the start of the first of the "
        "next, where the last visit is asked for at 16:00 or later and the next one before 12:00; 0 without any.",
        lambda r, p, f: max(_nights(r, p), default=0),
    ),
    Measure(
        "minimum_wage_shortfalls",
        "pay periods",
        "Carers' pay periods (weeks unless set otherwise) in which the pay is below the minimum wage for contact, "
        "travel and counted waiting.",
        lambda r, p, f: sum(period.shortfall > 0 for period in true_pay(r, p)),
    ),
    Measure(
        "minimum_wage_shortfall_pence",
        "pence",
        "What is missing to the minimum wage in those pay periods, each rounded up to the penny.",
        lambda r, p, f: sum(pence(period.shortfall) for period in true_pay(r, p)),
    ),
)
