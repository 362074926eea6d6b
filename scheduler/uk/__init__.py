"""What is particular to the UK: its figures with their sources, the time that tasks take, its bank holidays.

`scheduler.uk.holidays` is imported where it is needed, so that nobody else waits for its calendar.
"""

from scheduler.uk.figures import MARKS, Figure, figure, figures
from scheduler.uk.tasks import is_personal_care, task_minutes, task_names

__all__ = ["MARKS", "Figure", "figure", "figures", "is_personal_care", "task_minutes", "task_names"]
