"""Is everybody served alike, whoever speaks up for them? Each quality of the rota by the groups that are recorded."""

from scheduler.report.fairness.compare import Comparison, comparisons
from scheduler.report.fairness.groups import SMALL, Grouping, groupings, shown
from scheduler.report.fairness.paper import fairness_paper, fairness_summary
from scheduler.report.fairness.qualities import QUALITIES, Quality

__all__ = [
    "QUALITIES", "SMALL", "Comparison", "Grouping", "Quality", "comparisons", "fairness_paper", "fairness_summary",
    "groupings", "shown",
]  # fmt: skip
