"""Two rotas of the same days side by side: what is different, for whom, and what it costs."""

from scheduler.report.compare.differences import Difference, differences
from scheduler.report.compare.paper import compare_paper, compare_summary

__all__ = ["Difference", "compare_paper", "compare_summary", "differences"]
