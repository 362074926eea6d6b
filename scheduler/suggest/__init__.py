"""What should change in the plan's data, by what carers clocked and what people said; with its evidence, and nothing
changed by itself.

`suggestions(problem, actuals, notes)` finds them, `accepted(problem, chosen)` is the problem as it would be.
"""

from scheduler.suggest.apply import accepted
from scheduler.suggest.base import RULE, Suggestion, What
from scheduler.suggest.find import suggestions

__all__ = ["RULE", "Suggestion", "What", "accepted", "suggestions"]
