"""Plain words: times, days, lists and what a visit is for, as a letter says them."""

from __future__ import annotations

from collections.abc import Sequence

from scheduler.domain import Purpose, Visit
from scheduler.units import DAY, HOUR

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
    "December",
)  # fmt: skip

HELP = {
    "get_up": "getting up",
    "hoist_transfer": "moving with the hoist",
    "reposition": "turning over in bed",
    "medication_prompt": "a reminder of your medicine",
    "medication_assist": "help with your medicine",
    "medication_administer": "your medicine",
    "medication_complex": "all your medicine",
    "cold_meal": "a cold meal",
    "microwave_meal": "a hot meal",
    "cooked_meal": "a cooked meal",
    "sit_with_meal": "company while you eat",
    "drink": "a drink",
    "tidy": "tidying up",
    "laundry": "washing your clothes",
    "shopping": "shopping",
    "companionship": "company",
    "safe_and_well": "seeing that you are well",
    "full_wash": "a full wash",
    "part_wash": "a wash",
    "shower": "a shower",
    "bath": "a bath",
    "dress": "getting dressed",
    "undress": "getting undressed",
    "oral_care": "cleaning your teeth",
    "shave": "a shave",
    "hair": "doing your hair",
    "skin_cream": "your skin cream",
    "stockings": "your support socks",
    "toilet": "help to use the toilet",
    "commode": "help to use the commode",
    "pad_change": "a fresh pad",
    "catheter_empty": "seeing to your catheter",
    "catheter_change": "a fresh catheter bag",
    "feeding": "help with your food",
    "peg_feed": "your tube feed",
}
"""Task -> what a visit is for, said to the person."""

WITHOUT_TASKS = {
    Purpose.CARE: "the help that we agreed",
    Purpose.TIME_LIMITED: "the jobs that we agreed",
    Purpose.CHECK: "seeing that you are well",
    Purpose.RESPITE: "a rest for those who look after you",
    Purpose.SOCIAL: "company",
}
"""Purpose -> the same for a visit whose care plan lists no tasks."""

PARTS = {
    "morning": "in the morning",
    "lunch": "at lunch time",
    "tea": "at tea time",
    "bed": "at bed time",
}
OTHER_PART = "in the day"


def what_for(visit: Visit) -> list[str]:
    """What the visit is for, in the order of the care plan."""
    named = [HELP.get(task, task.replace("_", " ")) for task in dict.fromkeys(visit.tasks)]
    return named or [WITHOUT_TASKS[visit.purpose]]


def part(visit: Visit) -> str:
    """'in the morning', 'at lunch time' ..."""
    return PARTS.get(visit.part, OTHER_PART)


def am_pm(minute: int) -> str:
    """A minute of the period -> '8:05am', '12:30pm'."""
    hour, past = divmod(minute % DAY, HOUR)
    return f"{(hour - 1) % 12 + 1}:{past:02d}{'am' if hour < 12 else 'pm'}"


def spoken(minute: int) -> str:
    """A minute of the period -> '8:05 in the morning'."""
    hour, past = divmod(minute % DAY, HOUR)
    when = "in the morning" if hour < 12 else "in the afternoon" if hour < 17 else "in the evening"
    return f"{(hour - 1) % 12 + 1}:{past:02d} {when}"


def listed(words: Sequence[str]) -> str:
    """'A', 'A and B', 'A, B and C'."""
    return f"{', '.join(words[:-1])} and {words[-1]}" if len(words) > 1 else "".join(words)


def times(count: int) -> str:
    """1 -> 'once', 2 -> 'twice', 3 -> '3 times'."""
    return {1: "once", 2: "twice"}.get(count, f"{count} times")


def counted(count: int, one: str, many: str = "") -> str:
    """2, 'visit' -> '2 visits'; 1 -> '1 visit'."""
    return f"{count} {one if count == 1 else many or one + 's'}"
