"""What is done in a visit: tasks packed into its minutes in the order in which they matter."""

from __future__ import annotations

from datetime import date

from scenarios.generate.dice import Dice
from scenarios.generate.drafts import ClientDraft, VisitDraft
from scheduler.uk import is_personal_care, task_minutes

_COURSE: dict[str, tuple[tuple[str, float], ...]] = {
    "morning": (
        ("get_up", 0.9),
        ("dress", 0.9),
        ("full_wash", 0.7),
        ("part_wash", 0.9),
        ("pad_change", 0.4),
        ("cold_meal", 0.8),
        ("oral_care", 0.5),
        ("stockings", 0.25),
        ("drink", 0.6),
        ("skin_cream", 0.4),
        ("hair", 0.4),
        ("shave", 0.25),
        ("tidy", 0.5),
    ),
    "lunch": (
        ("microwave_meal", 0.9),
        ("toilet", 0.5),
        ("pad_change", 0.35),
        ("drink", 0.9),
        ("sit_with_meal", 0.5),
        ("tidy", 0.6),
        ("part_wash", 0.2),
    ),
    "tea": (
        ("cold_meal", 0.9),
        ("toilet", 0.5),
        ("drink", 0.9),
        ("pad_change", 0.35),
        ("tidy", 0.6),
        ("sit_with_meal", 0.4),
        ("skin_cream", 0.2),
    ),
    "bed": (
        ("undress", 0.9),
        ("toilet", 0.6),
        ("part_wash", 0.6),
        ("pad_change", 0.4),
        ("oral_care", 0.5),
        ("drink", 0.6),
        ("skin_cream", 0.3),
        ("tidy", 0.3),
    ),
}
_MEDICATION = {"assist": "medication_assist", "administer": "medication_administer"}
SKILL_OF_TASK = {
    "medication_administer": "medication",
    "medication_complex": "medication",
    "hoist_transfer": "hoist",
    "catheter_empty": "catheter",
    "catheter_change": "catheter",
    "peg_feed": "peg",
}
SHORT = 30
_PERSONAL = 20
"""A shorter visit is never for personal care."""


def give_tasks(visit: VisitDraft, client: ClientDraft, dice: Dice, on: date) -> None:
    """Tasks, purpose and skills of a visit of daily care. All tasks fit the minutes."""
    visit.tasks = ()
    for task, likely in (*_must(visit, client), *_course(visit)):
        washed = task == "part_wash" and "full_wash" in visit.tasks
        if dice.chance(likely) and not washed and task_minutes((*visit.tasks, task), on) <= visit.minutes:
            visit.tasks = (*visit.tasks, task)
    if not visit.tasks:
        visit.tasks = ("safe_and_well",)
    finish(visit, client)
    if visit.minutes < SHORT:
        visit.purpose = "safe-and-well check" if _only_a_check(visit) else "time-limited tasks"
        visit.short_agreed = dice.chance(0.85)


def _only_a_check(visit: VisitDraft) -> bool:
    return "safe_and_well" in visit.tasks and not any(is_personal_care(task) for task in visit.tasks)


def overfill(visit: VisitDraft, client: ClientDraft, dice: Dice, on: date) -> None:
    """More tasks than the minutes hold, as in LGSCO v Warrington: somebody bought too little time."""
    course = _course(visit)
    if not any(task.startswith("medication") for task in visit.tasks):
        course = (("medication_assist", 1.0), *course)
    for task, _ in course:
        if task_minutes(visit.tasks, on) > visit.minutes:
            break
        if task not in visit.tasks and not (task == "part_wash" and "full_wash" in visit.tasks):
            visit.tasks = (*visit.tasks, task)
    visit.tasks = tuple(task for task in visit.tasks if task != "safe_and_well")
    visit.purpose, visit.short_agreed = "care", False
    finish(visit, client)


def finish(visit: VisitDraft, client: ClientDraft) -> None:
    """The skills that the tasks and the client ask for."""
    found = {SKILL_OF_TASK[task] for task in visit.tasks if task in SKILL_OF_TASK}
    found |= client.needs & {"dementia"}
    visit.skills = tuple(sorted(found))
    visit.personal_care = any(is_personal_care(task) for task in visit.tasks)


def _must(visit: VisitDraft, client: ClientDraft) -> tuple[tuple[str, float], ...]:
    first: list[tuple[str, float]] = []
    if client.medication:
        first.append(
            ("medication_administer" if client.spaced or visit.critical else "medication_assist", 1.0)
        )
    if visit.carers == 2:
        first.append(("hoist_transfer" if visit.minutes >= SHORT else "pad_change", 1.0))
    if "peg" in client.needs and visit.part in ("morning", "bed"):
        first.append(("peg_feed", 1.0))
    if "catheter" in client.needs and visit.part in ("morning", "bed"):
        quarter = visit.minutes < _PERSONAL  # the bag is then seen to at another visit
        first.append(
            ("catheter_change" if visit.part == "morning" else "catheter_empty", 0.0 if quarter else 1.0)
        )
    if visit.minutes < SHORT and visit.carers == 1:
        first.append(("safe_and_well", 0.0 if first else 0.6))
    return tuple(first)


def _course(visit: VisitDraft) -> tuple[tuple[str, float], ...]:
    course = _COURSE[visit.part]
    if visit.minutes < _PERSONAL:
        return tuple((task, likely) for task, likely in course if not is_personal_care(task))
    return course
