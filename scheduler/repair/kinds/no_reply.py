"""Nobody answers the door: somebody has to try again today."""

from __future__ import annotations

from dataclasses import replace

from scheduler.problem import Problem
from scheduler.repair.day import Day, end_of_day
from scheduler.repair.event import Event, Kind, Refusal, visit_name
from scheduler.repair.known import known_visit
from scheduler.units import HOUR, clock

AGAIN_AFTER, AGAIN_UNTIL = 30, 3 * HOUR
"""House rule: minutes after the call within which the second try begins, as a time-critical visit."""


class NoReply(Kind):
    """The visit is asked for once more, urgently; links that were about the first try are dropped. Whoever looks after
    the client is told (`people`)."""

    name = "no_reply"
    label = "No reply at the door"
    wanted = ("visit",)

    def apply(self, event: Event, day: Day) -> Day:
        visit = known_visit(event, day)
        told = day.problem.promises.get(visit.id)
        started = day.has_begun(visit.id) or (told is not None and told.start <= event.at)
        if not started:
            raise Refusal(
                "visit",
                f"nobody was to be there by {clock(event.at)}.",
                "Check the visit and the time.",
            )
        if visit.id in day.touched and visit.earliest == event.at + AGAIN_AFTER:
            return day.noting(f"No reply at visit {visit.id} is known already: told twice, taken once.")
        last = end_of_day(event.at) - 1
        earliest = min(event.at + AGAIN_AFTER, last)
        again = replace(
            visit,
            day=event.at // 1440,
            earliest=earliest,
            latest=min(event.at + AGAIN_UNTIL, last),
            preferred=earliest,
            time_critical=True,
            priority=1,
            fixed_start=None,
        )
        name = day.problem.client(visit.client).name
        day = day.noting(
            f"{name} did not answer at {clock(event.at)}: ring {name}, then who is to be called in an emergency; "
            f"somebody tries again by {clock(again.latest)}."
        )
        failed = {
            leg.visit for leg in day.rota.of_visit(visit.id) if leg.start <= event.at
        }  # the second try, once planned, stays
        day = replace(day, rota=day.rota.without(failed)).with_visits([again])
        links = tuple(link for link in day.problem.links if visit.id not in (link.first, link.second))
        published = tuple(promise for promise in day.problem.published if promise.visit != visit.id)
        return replace(day, problem=day.problem.replace(links=links, published=published))

    def sentence(self, event: Event, problem: Problem) -> str:
        return f"No reply at the door: {visit_name(event.visit, problem)} ({event.visit})."
