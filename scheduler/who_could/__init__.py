"""Who could do a visit, when, and what stands in the way: every carer tried against every hard rule.

Nothing here knows the solver or names a rule: a carer is put at the visit at many starts, and the rules themselves say
what that would break. A trial goes through stages, from the visit and the carer alone to the carer's whole period, and
ends at the first one that finds something: that keeps thousands of trials quick, and says what comes first.
"""

from scheduler.who_could.around import Stage
from scheduler.who_could.changes import Change, single_changes
from scheduler.who_could.trials import BEYOND, Trial, best_trial, nearest_free, trials
from scheduler.who_could.tried import Tried, applied, plan_again

__all__ = [
    "BEYOND",
    "Change",
    "Stage",
    "Trial",
    "Tried",
    "applied",
    "best_trial",
    "nearest_free",
    "plan_again",
    "single_changes",
    "trials",
]
