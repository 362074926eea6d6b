"""What is counted of who comes: distinct carers, teams, new faces, matches."""

from __future__ import annotations

from scheduler.domain import Relation
from scheduler.measures.continuity import continuity
from scheduler.measures.measure import Measure
from scheduler.measures.sums import mean, share
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.rules.interests import shared

_CHOSEN = (Relation.PREFER, Relation.ONLY)


def _new_faces(rota: Rota, problem: Problem) -> int:
    return sum(row.new_faces for row in continuity(rota, problem))


def _matches(rota: Rota, problem: Problem) -> int:
    def match(leg: Leg) -> bool:
        client = problem.client(problem.visit(leg.visit).client)
        return any(shared(client, problem.carer(leg.carer), problem))

    return sum(match(leg) for leg in rota.legs)


def _preferred_share(rota: Rota, problem: Problem) -> float:
    choosers = {tie.client for tie in problem.ties if tie.relation is Relation.PREFER}
    pairs = [(problem.visit(leg.visit).client, leg.carer) for leg in rota.legs]
    asked = [pair for pair in pairs if pair[0] in choosers]
    return share(sum(problem.relation(*pair) in _CHOSEN for pair in asked), len(asked))


MEASURES = (
    Measure(
        "distinct_carers_mean",
        "Carers a client sees, on average",
        "carers",
        "Mean number of distinct carers of a client with planned visits within the rolling days that end with the "
        "period (as many as the settings say), those of the history included; of a longer period, within those of "
        "its rolling days that saw the most.",
        lambda r, p, f: mean(row.distinct_rolling for row in continuity(r, p)),
    ),
    Measure(
        "distinct_carers_worst",
        "Carers of the client who sees most",
        "carers",
        "The largest such number of one client.",
        lambda r, p, f: max((row.distinct_rolling for row in continuity(r, p)), default=0),
    ),
    Measure(
        "carers_promise_kept_share",
        "Clients who see no more carers than promised",
        "share",
        "Clients with planned visits who see no more carers within the rolling days than we promise, and than they "
        "asked for themselves.",
        lambda r, p, f: mean(row.kept for row in continuity(r, p)),
    ),
    Measure(
        "core_team_share",
        "Visits by the client\u2019s core team",
        "share",
        "Carers' visits made by the three carers who visit the client most, or the five where most of the client's "
        "visits are double-handed.",
        lambda r, p, f: share(sum(row.core_team_legs for row in continuity(r, p)), len(r.legs)),
    ),
    Measure(
        "upc_mean",
        "Visits by the carer who comes most, on average",
        "share",
        "Mean over clients with two planned visits or more: share of the visits at which the most frequent carer is "
        "present (UPC).",
        lambda r, p, f: mean(row.upc for row in continuity(r, p) if row.visits > 1),
    ),
    Measure(
        "coc_mean",
        "Continuity index, on average",
        "index",
        "Mean over clients with two planned visits or more of the Bice-Boxerman continuity index: 1 is always the "
        "same carer, or the same pair at double-ups; 0 never twice the same.",
        lambda r, p, f: mean(row.coc for row in continuity(r, p) if row.coc is not None),
    ),
    Measure(
        "new_faces",
        "New faces",
        "pairs",
        "Pairs of a client and a carer who comes but has not visited under the present care plan before the period.",
        lambda r, p, f: _new_faces(r, p),
    ),
    Measure(
        "first_visit_share",
        "Visits by somebody who comes for the first time",
        "share",
        "Carers' visits at which the client meets the carer for the first time under the present care plan.",
        lambda r, p, f: share(_new_faces(r, p), len(r.legs)),
    ),
    Measure(
        "preferred_carer_share",
        "Visits by a preferred carer, where any was named",
        "share",
        "Carers' visits made by a preferred carer, out of those to clients who named any.",
        lambda r, p, f: _preferred_share(r, p),
    ),
    Measure(
        "interest_matches",
        "Visits by somebody with a shared interest or language",
        "visits",
        "Carers' visits by a carer who shares an interest or a language with the client.",
        lambda r, p, f: _matches(r, p),
    ),
)
