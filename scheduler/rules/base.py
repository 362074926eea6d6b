"""What a rule is: its name and words, its meaning in plain Python, and what it asks of the solver.

A rule is read twice. `findings` says what is wrong with (or what is the price of) a finished rota. `encode` tells the
solver the same in the small set of verbs below, never in the solver's own terms. The two share data, never
comparisons; tests compare them on random rotas. To add a rule: one file, one line in `rules/__init__.py`, three tests.
"""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar, Protocol

import numpy as np
from numpy.typing import NDArray

from scheduler.domain import Carer, Client, Visit
from scheduler.problem import Problem
from scheduler.rota import Rota
from scheduler.units import pence, sixtieths


class Level(StrEnum):
    """HARD: must not be. SOFT: has a price, in money or in what we would pay to avoid it. NOTE: worth saying."""

    HARD = "hard"
    SOFT = "soft"
    NOTE = "note"


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing that a rule has to say about a rota.

    `amount` is in the rule's unit (minutes, carers ...); `price` in sixtieths of a penny, negative for a credit, and 0
    unless the rule is soft. `cure` is the change that would mend a hard finding, as half a sentence.
    """

    rule: str
    level: Level
    sentence: str
    amount: int = 0
    price: int = 0
    visit: str = ""
    client: str = ""
    carer: str = ""
    day: int | None = None
    cure: str = ""

    @property
    def pence(self) -> int:
        """The price in whole pence, for showing; sums are made of `price`."""
        return pence(self.price)


@dataclass(frozen=True, slots=True)
class Price:
    """A price that the agency can change. `name` is what the settings call it; the sentence says what it buys."""

    name: str
    pence: int
    sentence: str


class Rule(ABC):
    """One rule.

    `money` is True where the price is cash that leaves the agency rather than what we would pay to avoid a thing.
    `effort` ranks how hard it is for people to change what the rule stands on (lower is easier; None: nobody may),
    and is used to name the cheapest single change. `of_pair`: a hard finding stands on the visit and the carer
    alone, whatever the time. `for_client` is what a letter tells the person where a hard rule keeps a carer away
    ({carer}: the carer's first name), in words that a child can read. `eased_by`: so many minutes that are missing can
    be found without asking anybody, by another way or nearer parking.
    """

    name: ClassVar[str]
    label: ClassVar[str]
    level: ClassVar[Level]
    unit: ClassVar[str]
    source: ClassVar[str]
    prices: ClassVar[tuple[Price, ...]] = ()
    money: ClassVar[bool] = False
    effort: ClassVar[int | None] = None
    of_pair: ClassVar[bool] = False
    for_client: ClassVar[str] = ""
    eased_by: ClassVar[int] = 0

    @abstractmethod
    def findings(self, rota: Rota, problem: Problem) -> Iterator[Finding]:
        """Everything this rule finds in the rota."""

    @abstractmethod
    def encode(self, verbs: Verbs, problem: Problem) -> None:
        """Tell the solver what this rule asks."""

    def least_minutes(self, visit: Visit, carer: Carer, problem: Problem) -> int:
        """Minutes that the visit must last at least if this carer comes; 0 where the rule has no say."""
        return 0

    def relaxed(self, finding: Finding, rota: Rota, problem: Problem) -> Problem | None:
        """The problem with what a hard finding of this rota stands on changed as people would change it: a window that
        is longer, a carer who is trained. None where that is no change of the problem, but of the rota."""
        return None

    def price(self, name: str, problem: Problem) -> int:
        """The agency's price in sixtieths of a penny, or this rule's default."""
        default = next(price.pence for price in self.prices if price.name == name)
        return sixtieths(problem.settings.prices.get(name, default))


def everyday_carers(client: Client, problem: Problem) -> int:
    """How many distinct carers are enough for a client's days: two, and one for each visit a day (rounded up).

    ASSUMPTION: no UK standard gives a number. Staff who work five days in seven make 4 to 6 carers the least
    that is practical for four visits a day, and this gives 6 there.
    """
    return 2 - (-len(problem.visits_of(client.id)) // problem.days)


def promised_carers(client: Client, problem: Problem) -> int:
    """How many distinct carers we promise a client in the rolling window: as many as are enough for the days, and
    half as many again (rounded up) where most visits are double-handed and show two faces (an ASSUMPTION too)."""
    promise = everyday_carers(client, problem)
    double = sum(problem.visits[v].carers == 2 for v in problem.visits_of(client.id))
    return -(-promise * 3 // 2) if 2 * double > len(problem.visits_of(client.id)) else promise


Visits = int | NDArray[np.intp]
"""One position in `problem.visits`, or an array of them."""


class Verbs(Protocol):
    """The algebra that the engine understands. Visits, carers and clients are positions in the problem's tuples,
    money is in sixtieths of a penny, time in minutes. Calls add up (charges), or the tighter one holds (limits)."""

    def forbid(self, visits: Visits, carer: int) -> None:
        """This carer never does these visits."""

    def charge(self, visits: Visits, carer: int, amount: int) -> None:
        """Each of these visits costs so much more when this carer takes part; negative is a credit."""

    def charge_unallocated(self, visit: int, amount: int) -> None:
        """Leaving the visit unallocated costs so much."""

    def length(self, visits: Visits, carer: int, minutes: int) -> None:
        """With this carer the visits last at least so long; a double-up lasts as long as its longer-needing carer."""

    def start_between(self, visit: int, earliest: int, latest: int) -> None:
        """The visit starts within these minutes."""

    def charge_start_off(self, visit: int, target: int, per_minute: int) -> None:
        """Each minute that the visit starts away from its target costs so much (counted once for a double-up)."""

    def together(self, visit: int, minutes: int) -> None:
        """Two different carers start together; the second stays `minutes`, or to the end where that is 0."""

    def gap_between(self, first: int, second: int, least: int, most: int) -> None:
        """If both are planned: least <= start of second - start of first <= most."""

    def shift(self, carer: int, day: int, start: int, end: int) -> None:
        """The carer can be with clients in this spell; all spells of a carer make up all of the carer's time."""

    def travel(self, carer: int, minutes: NDArray[np.int32], rush: NDArray[np.int32] | None = None) -> None:
        """Travel minutes of this carer, by place (clients, then carers' homes): rows are where from. `rush`: those of
        who leaves in a rush hour (`rush_hours`), never below `minutes`."""

    def rush_hours(self, clock: NDArray[np.int32]) -> None:
        """Of each minute of the period how many of its rush hour are over and how many are left, as
        `scheduler.travel.rush.Spells` has it, which says what that means for a journey."""

    def break_inside(self, carer: int, after: int, minutes: int) -> None:
        """Within a round no stretch longer than `after` minutes without a gap of at least `minutes`."""

    def rest_between(self, carer: int, minutes: int) -> None:
        """At least so long at home between two working days (home legs are work)."""

    def worked_until(self, carer: int, minute: int) -> None:
        """The carer was home from the last work before the period at this minute, and `rest_between` counts from it:
        zero or negative, a little above zero only where the journey home ended after midnight."""

    def weekly_rest(self, carer: int, minutes: int) -> None:
        """In each week at least one stretch so long at home (home legs are work; time before the first and after
        the last round of the week counts)."""

    def limit_work(self, carer: int, week: int, minutes: int, waiting_cap: int) -> None:
        """Contact, travel, waiting (each gap up to the cap) and home legs of the week stay within this."""

    def pay(self, carer: int, day: int, contact: int, travel: int, waiting: int, waiting_cap: int) -> None:
        """Pay per minute of contact, travel between visits and waiting, each gap counted up to the cap. Of all calls
        for a carer only those with one cap may pay for waiting."""

    def paid(self, carer: int, contact: bool, travel: bool, waiting: bool) -> None:
        """Which minutes count towards the carer's paid hours (for `charge_paid`)."""

    def charge_paid(
        self, carer: int, week: int, below: int, per_below: int, above: int, per_above: int
    ) -> None:
        """Each paid minute of the week that is missing under `below`, or over `above`, costs so much."""

    def pay_floor(
        self,
        carer: int,
        weeks: range,
        due: int,
        earned: int,
        least: Sequence[int],
        costs: NDArray[np.int32],
        waiting_cap: int,
        price: int,
    ) -> None:
        """Over these weeks together, one pay period: each minute of contact, travel between visits and waiting (each
        gap up to the cap, which is that of `limit_work`) is `due` so much, and each journey between two visits costs
        the carer `costs`, by place as in `travel`. Each paid minute (`paid`) earns `earned`, a week's at least as if
        `least` of them were paid (one number a week). Each unit that the earnings lack costs `price`. All periods of
        a carer have one `earned`, `costs` and `price`."""

    def charge_legs(self, carer: int, amounts: NDArray[np.int32]) -> None:
        """What each journey between two visits costs, by place as in `travel`."""

    def charge_home(self, carer: int, per_minute: int) -> None:
        """What each minute of the journeys from home and back home costs."""

    def home_is_free(self, carer: int) -> None:
        """The journeys from home and back count neither as work nor against rest (they may be charged all the same)."""

    def charge_pairs(self, client: int, amounts: Sequence[int]) -> None:
        """What it costs, once, that carer i sees the client at all in the period; one amount a carer."""

    def charge_distinct_carers(self, client: int, curve: Sequence[int], recent: Sequence[bool]) -> None:
        """curve[n]: cost of n distinct carers, those marked recent counted whether they come or not. The last
        entry's step goes on for ever. Of all calls for a client those that mark anybody mark the same."""

    def charge_rounds(self, carer: int, starts: Sequence[int], curve: Sequence[int]) -> None:
        """curve[n]: cost of the carer working n of the shifts that begin at these minutes. Last step goes on."""

    def fix(self, visit: int, carers: Sequence[int], start: int | None) -> None:
        """The visit is done by these carers (an empty list: anybody), at this start (None: any)."""

    def start_within(self, visit: int, spans: Sequence[tuple[int, int]], per_late: int | None) -> None:
        """The visit starts in one of these spans (first and last minute, in order, none touching the next). Where
        `per_late` is given it may also start after a span: each minute past the end of the last span that has begun
        by then is a minute late and costs so much."""

    def charge_worst_late(self, per_minute: int) -> None:
        """Each minute of the largest lateness (`start_within`) of all planned visits costs so much."""

    def charge_moved(self, visit: int, start: int, tolerance: int, amount: int) -> None:
        """The visit was promised for `start`: it costs so much if it starts more than `tolerance` minutes off."""

    def together_or_not(self, first: int, second: int) -> None:
        """Two visits of one client are both planned or both left out."""

    def never_twice(self, client: int) -> None:
        """No carer does two of the client's visits in the period."""

    def same_span(self, first: int, second: int) -> None:
        """Two visits with as many spans each (`start_within`, never late) both start in their first, or both in their
        second, and so on; if both are planned."""

    def away_between(
        self, carer: int, day: int, leave: int, back: int, per_over: int | None, from_leave: bool
    ) -> None:
        """The carer leaves home at `leave` or later and is back by `back`; where `per_over` is given, later costs so
        much a minute. `from_leave`: the day begins at `leave`, and waiting before the first visit counts too."""

    def pause(self, carer: int, day: int, earliest: int, latest: int, minutes: int, missed: int) -> None:
        """A pause of so many minutes, wherever the carer is then, that starts within these minutes: between two
        visits (at the place of either; it is no waiting), else before the first (at home or there: the carer leaves
        earlier for it), else after the last (waiting for it is waiting), unless that costs more than `missed`. A day
        without it, also one without visits, costs `missed`."""

    def charge_worst_idle(self, carer: int, day: int, spell: int, per_minute: int) -> None:
        """The carer's idle time on this day is `spell` minutes less contact, travel (home legs too) and the pause if
        there is one, and more by what is over `back` (`away_between`). Each minute of the largest idle time of all
        carers that are told costs so much."""

    def charge_imbalance(self, per_minute: int) -> None:
        """Work is contact and travel, home legs too. Each minute by which a carer's work is off the mean of all
        carers costs so much (a begun minute counts whole)."""
