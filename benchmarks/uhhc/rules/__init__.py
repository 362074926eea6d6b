"""The format's rules, one file a rule, in the engine's own verbs. Those that a file does not weigh find nothing."""

from __future__ import annotations

from benchmarks.uhhc.case import Case
from benchmarks.uhhc.rules.balance import Balance
from benchmarks.uhhc.rules.base import CaseRule
from benchmarks.uhhc.rules.gaps import Gaps
from benchmarks.uhhc.rules.home_to_home import HomeToHome
from benchmarks.uhhc.rules.idle import WorstIdle
from benchmarks.uhhc.rules.lengths import Lengths
from benchmarks.uhhc.rules.lunch import LunchBreak
from benchmarks.uhhc.rules.one_window import OneWindow
from benchmarks.uhhc.rules.preferences import Preferences
from benchmarks.uhhc.rules.road import Road
from benchmarks.uhhc.rules.two_carers import TwoCarers
from benchmarks.uhhc.rules.unallocated import Unallocated
from benchmarks.uhhc.rules.waiting import Waiting
from benchmarks.uhhc.rules.who import Who
from benchmarks.uhhc.rules.windows import Windows
from benchmarks.uhhc.rules.worst_late import WorstLate

__all__ = ["RULES", "CaseRule", "rules_of"]

RULES: tuple[type[CaseRule], ...] = (
    Who,
    TwoCarers,
    Lengths,
    Windows,
    OneWindow,
    WorstLate,
    Gaps,
    Unallocated,
    Road,
    Waiting,
    HomeToHome,
    LunchBreak,
    WorstIdle,
    Preferences,
    Balance,
)


def rules_of(case: Case) -> tuple[CaseRule, ...]:
    """All rules, for one case."""
    return tuple(rule(case) for rule in RULES)
