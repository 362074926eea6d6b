"""All rules, in the order in which they are shown. All else loops over `RULES`: nobody else names a rule."""

from __future__ import annotations

from scheduler.errors import UnknownName
from scheduler.rules.base import Finding, Level, Price, Rule, Verbs
from scheduler.rules.breaks import Breaks
from scheduler.rules.care_gender import CareGender
from scheduler.rules.changes import Changes
from scheduler.rules.continuity import Continuity
from scheduler.rules.contracted_hours import ContractedHours
from scheduler.rules.daily_rest import DailyRest
from scheduler.rules.double_up import DoubleUp
from scheduler.rules.home_travel import HomeTravel
from scheduler.rules.interests import Interests
from scheduler.rules.isf_budget import IsfBudget
from scheduler.rules.links import Links
from scheduler.rules.locks import Locks
from scheduler.rules.mileage import Mileage
from scheduler.rules.minimum_wage import MinimumWage
from scheduler.rules.paid_time import PaidTime
from scheduler.rules.preferred import Preferred
from scheduler.rules.punctuality import Punctuality
from scheduler.rules.relations import Relations
from scheduler.rules.shifts import Shifts
from scheduler.rules.short_notice_pay import ShortNoticePay
from scheduler.rules.skills import Skills
from scheduler.rules.split_spells import SplitSpells
from scheduler.rules.task_fit import TaskFit
from scheduler.rules.travel import Travel
from scheduler.rules.unallocated import Unallocated
from scheduler.rules.uncommissioned import Uncommissioned
from scheduler.rules.unpaid_time import UnpaidTime
from scheduler.rules.unpopular_spells import UnpopularSpells
from scheduler.rules.visit_length import VisitLength
from scheduler.rules.visit_window import VisitWindow
from scheduler.rules.weekly_hours import WeeklyHours
from scheduler.rules.weekly_rest import WeeklyRest
from scheduler.rules.wished_hours import WishedHours
from scheduler.rules.worst_served import WorstServed

__all__ = ["RULES", "Finding", "Level", "Price", "Rule", "Verbs", "rule"]

RULES: tuple[Rule, ...] = (
    # Hard: who may come
    Relations(),
    CareGender(),
    Skills(),
    Locks(),
    IsfBudget(),
    # Hard: the visit
    VisitLength(),
    VisitWindow(),
    DoubleUp(),
    Links(),
    # Hard: the carer's day and week
    Travel(),
    Shifts(),
    Breaks(),
    DailyRest(),
    WeeklyRest(),
    WeeklyHours(),
    # Soft: what the client is owed
    Unallocated(),
    Continuity(),
    WorstServed(),
    Changes(),
    Preferred(),
    Interests(),
    Punctuality(),
    TaskFit(),
    # Soft: money
    PaidTime(),
    Mileage(),
    Uncommissioned(),
    ShortNoticePay(),
    MinimumWage(),
    UnpaidTime(),
    SplitSpells(),
    # Soft: the carer's life
    HomeTravel(),
    ContractedHours(),
    WishedHours(),
    UnpopularSpells(),
)


def rule(name: str) -> Rule:
    """The rule of that name."""
    for one in RULES:
        if one.name == name:
            return one
    raise UnknownName("rule", name, (one.name for one in RULES))
