"""How many carers each client has seen over rolling weeks, and how familiar they were: history and rota together."""

from scheduler.report.continuity.paper import continuity_paper, continuity_summary
from scheduler.report.continuity.window import WINDOWS, Faces, faces

__all__ = ["WINDOWS", "Faces", "continuity_paper", "continuity_summary", "faces"]
