"""Taking some of a new rota's changes into the current one: what is offered, what needs what, and the rota that
results, which the rules judge before it is kept."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import count

from sqlalchemy.orm import Session

from api.database.models import StoredProblem, StoredRota
from api.database.tenancy import take_turn
from api.desk.changes import Change, changes
from api.desk.rotas import Opened, create, etag_of, find, open_rota, published_of
from api.errors import Trouble
from scheduler.problem import Problem
from scheduler.rota import Leg, Rota
from scheduler.verdict import Verdict, verdict

MOST_TRIES = 24
"""Verdicts that are asked for to find what is missing: of hundreds of changes each takes a part of a second."""
SINCE = "Somebody changed one of the two rotas since you looked: compare again."
LOCKED = "{} visits that are locked in the current rota would change: unlock them there first."


@dataclass(frozen=True)
class Offered:
    """One change that can be taken. `needs` are the visits whose changes have to come along, since without them a
    carer would be in two places; of a swap each needs the other. `always`: the visit is no longer asked for, so that
    it cannot stay. `locked`: it is locked in the current rota and stays as it is."""

    change: Change
    day: int
    needs: tuple[str, ...]
    always: bool
    locked: bool


@dataclass(frozen=True)
class Comparison:
    """A new rota beside the current one. `before` is the current one as far as its visits and carers are still there:
    what the changes are made to."""

    new: Opened
    current: Opened
    before: Rota
    offered: tuple[Offered, ...]


@dataclass(frozen=True)
class Taken:
    """The current rota with some changes taken, and what that means; `missing` are changes that these need too."""

    rota: Rota
    verdict: Verdict
    visits: tuple[str, ...]
    missing: tuple[str, ...]


def current_of(session: Session, kept: StoredRota) -> StoredRota | None:
    """The rota with which this one is compared unless somebody says otherwise: the one it was planned from, else the
    one that is published for the same days."""
    if kept.made_from is not None:
        before = find(session, kept.made_from)
        if _days(session, before) == _days(session, kept):
            return before
    published = published_of(session, kept)
    return published if published is not None and published.id != kept.id else None


def compare(session: Session, new: str, into: str = "") -> Comparison:
    """The changes of a new rota against another (without `into`: against the current one). Raises Trouble(404) where
    there is none, Trouble(422) for other days."""
    opened = open_rota(session, new)
    current = find(session, into) if into else current_of(session, opened.kept)
    if current is None:
        raise Trouble(
            404, "There is no current rota for these days to compare with: take this one as a whole."
        )
    other = open_rota(session, current.id)
    if (other.problem.start, other.problem.days) != (opened.problem.start, opened.problem.days):
        raise Trouble(422, "These two rotas are for different days.")
    problem = opened.problem
    before = Rota(problem.start, problem.days, tuple(_still_there(other.rota, problem)))
    told = changes(other.rota, opened.rota, problem)
    needed = needs([change.visit for change in told], before, opened.rota, problem)
    offered = tuple(
        Offered(
            change,
            problem.visit(change.visit).day if change.visit in problem.visit_index else 0,
            needed[change.visit],
            change.visit not in problem.visit_index,
            change.visit in other.locked and change.visit in problem.visit_index,
        )
        for change in told
    )
    return Comparison(opened, other, before, offered)


def needs(changed: Iterable[str], before: Rota, after: Rota, problem: Problem) -> dict[str, tuple[str, ...]]:
    """Visit -> the other changed visits whose changes it cannot do without: their carer is still there when the carer
    is wanted here. (Rules on more than two visits are not foreseen; the verdict tells of them.)"""
    changed = list(changed)
    wanted = {id for id in changed if id in problem.visit_index}
    direct: dict[str, set[str]] = {id: set() for id in wanted}
    for id in wanted:
        for leg in after.of_visit(id):
            for other in before.legs_by_carer.get(leg.carer, ()):
                if other.visit != id and other.visit in wanted and _clash(leg, other, problem):
                    direct[id].add(other.visit)
    return {id: tuple(sorted(_reached(id, direct) - {id})) if id in wanted else () for id in changed}


def take(comparison: Comparison, visits: Collection[str]) -> Taken:
    """The current rota with the changes of these visits. Raises Trouble for a visit that does not change, and for a
    locked one."""
    if not visits:
        raise Trouble(422, "Choose at least one change.")
    offered = {one.change.visit: one for one in comparison.offered}
    strange = [id for id in visits if id not in offered]
    if strange:
        raise Trouble(
            422, f"The visit {strange[0]} is done the same way in both rotas: there is nothing to take."
        )
    locked = [id for id in visits if offered[id].locked]
    if locked:
        raise Trouble(409, LOCKED.format(len(locked)), {"locked": locked})
    chosen = [id for id in offered if id in set(visits) and not offered[id].always]
    new = [leg for id in chosen for leg in comparison.new.rota.of_visit(id)]
    after = comparison.before.without(chosen).with_legs(new)
    found = verdict(comparison.before, after, comparison.new.problem)
    missing = _missing(comparison, chosen, offered) if found.broken else ()
    return Taken(after, found, tuple(chosen), missing)


def keep(session: Session, comparison: Comparison, taken: Taken, name: str, who: str) -> StoredRota:
    """The result, which was judged before this session began to write, as a new draft. Raises Trouble(409) with the
    rules' sentences, and with the changes that would have to come along, where it breaks what must not be broken, and
    Trouble(412) where one of the two rotas is not what was judged any more."""
    take_turn(session)  # whoever publishes one of the two locks both
    for judged in (comparison.new, comparison.current):
        if etag_of(find(session, judged.kept.id, lock=True)) != judged.etag:
            raise Trouble(412, SINCE)
    if taken.verdict.broken:
        broken = [{"rule": one.rule, "sentence": one.sentence} for one in taken.verdict.broken]
        more = {"light": "red", "broken": broken, "missing": list(taken.missing)}
        raise Trouble(409, refusal(comparison, taken), more)
    new, current = comparison.new, comparison.current
    locked = current.locked & set(taken.rota.legs_by_visit)
    problem = new.kept.problem_id
    return create(session, problem, taken.rota, name, who, locked, made_from=current.kept.id)


def refusal(comparison: Comparison, taken: Taken) -> str:
    """Why these changes cannot be taken, and which others would make it possible."""
    told = str(taken.verdict)
    if not taken.missing:
        return told
    sentences = {one.change.visit: one.change.sentence for one in comparison.offered}
    return f"{told} They need these changes too: {' '.join(sentences[id] for id in taken.missing)}"


def _missing(comparison: Comparison, chosen: list[str], offered: Mapping[str, Offered]) -> tuple[str, ...]:
    """A set of other changes with which the chosen ones break nothing, as small as a bounded number of tries finds it;
    empty where there is none. Small sets are tried first, since every try is a verdict: what the chosen need for their
    carers' sake; that and the same clients' visits of these days; whatever shares a carer's day; all."""
    spare = [id for id, one in offered.items() if id not in chosen and not one.locked and not one.always]
    tries = count(1)

    def enough(pool: Iterable[str]) -> bool:
        return next(tries) <= MOST_TRIES and not _breaks(comparison, [*chosen, *pool])

    def closed(ids: Iterable[str]) -> list[str]:
        wanted = {need for id in (*chosen, *ids) for need in (id, *offered[id].needs)}
        return [id for id in spare if id in wanted]

    problem = comparison.new.problem
    days = {(problem.visit(id).client, problem.visit(id).day) for id in chosen}
    same = [id for id in spare if (problem.visit(id).client, problem.visit(id).day) in days]
    near = [id for id in spare if _near(id, chosen, comparison)]
    for pool in (closed(()), closed(same), closed(near), spare):
        if pool and enough(pool):
            return tuple(_fewest(pool, enough))
    return ()


def _fewest(pool: list[str], enough: Callable[[list[str]], bool]) -> list[str]:
    """What is left when halves, quarters ... and at last single ones that can be spared are left out."""
    needed = list(pool)
    step = max(1, len(needed) // 2)
    while step:
        for at in range(0, len(needed), step):
            rest = needed[:at] + needed[at + step :]
            if enough(rest):
                needed = rest
                break
        else:
            step //= 2
    return needed


def _near(id: str, chosen: list[str], comparison: Comparison) -> bool:
    problem = comparison.new.problem
    day = problem.visit(id).day
    own = _carers(id, comparison)
    return any(
        (problem.visit(other).day == day and own & _carers(other, comparison))
        or problem.visit(other).client == problem.visit(id).client
        for other in chosen
    )


def _carers(id: str, comparison: Comparison) -> set[str]:
    return {leg.carer for rota in (comparison.before, comparison.new.rota) for leg in rota.of_visit(id)}


def _breaks(comparison: Comparison, visits: list[str]) -> bool:
    new = [leg for id in visits for leg in comparison.new.rota.of_visit(id)]
    after = comparison.before.without(visits).with_legs(new)
    return bool(verdict(comparison.before, after, comparison.new.problem).broken)


def _clash(leg: Leg, other: Leg, problem: Problem) -> bool:
    """Can one carer not do both, the way between them included?"""
    first, then = sorted((leg, other))
    here, there = (problem.place_of_client(problem.visit(one.visit).client) for one in (first, then))
    return first.end + problem.way(problem.carer(leg.carer).mode, here, there, first.end) > then.start


def _reached(start: str, direct: Mapping[str, set[str]]) -> set[str]:
    found, ahead = {start}, [start]
    while ahead:
        new = direct[ahead.pop()] - found
        found |= new
        ahead += new
    return found


def _still_there(rota: Rota, problem: Problem) -> list[Leg]:
    return [leg for leg in rota.legs if leg.visit in problem.visit_index and leg.carer in problem.carer_index]


def _days(session: Session, kept: StoredRota) -> tuple[object, int]:
    problem = session.get_one(StoredProblem, kept.problem_id)
    return problem.start, problem.days
