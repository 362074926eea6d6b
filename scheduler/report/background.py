"""What a plan stands on: the agency's settings, its prices, and the UK figures with their sources."""

from __future__ import annotations

from dataclasses import fields

from scheduler.problem import Problem
from scheduler.report.table import LONG, MONEY, TEXT, Table, columns
from scheduler.rules import RULES
from scheduler.settings import Policy, Settings
from scheduler.uk import MARKS, Figure, figures
from scheduler.units import clock, end_clock, hours, pounds, sixtieths

POLICIES = {
    Policy.NONE: "no minimum visit length",
    Policy.FLOOR: "no visit under {floor} minutes",
    Policy.NICE: "NICE NG21 (advisory): under {floor} minutes only with a known carer, as part of a wider package, and "
    "for time-limited tasks or a safe-and-well check",
    Policy.WALES: "Wales, 2016 Act section 8: under {floor} minutes only on conditions A or B",
}
_WORDS = {
    "agency": "Agency",
    "nation": "Nation",
    "policy": "Minimum visit length",
    "floor_minutes": "Floor of that policy",
    "tasks_enforced": "Tasks lengthen a visit that is too short for them",
    "hourly": "Pay an hour, where a carer has no own rate",
    "minimum_wage": "Minimum wage an hour",
    "minimum_wage_young": "Minimum wage an hour, aged 16 or 17",
    "on_cost_percent": "Pay with on-costs, per cent of pay",
    "running_cost": "Running costs for each hour with clients",
    "waiting_cap": "Waiting that counts as work, at most, each gap",
    "break_after": "A break is due after",
    "break_minutes": "Length of that break",
    "young_break_after": "A break is due after, aged 16 or 17",
    "young_break_minutes": "Length of that break, aged 16 or 17",
    "daily_rest": "Rest between working days",
    "young_daily_rest": "Rest between working days, aged 16 or 17",
    "weekly_rest": "Rest in each week",
    "young_weekly_rest": "Rest in each week, under 18",
    "weekly_limit": "Most hours a week without an opt-out",
    "young_weekly_limit": "Most hours a week, aged 16 or 17",
    "young_night": "Nobody aged 16 or 17 works between",
    "living_wage": "Real Living Wage an hour (voluntary)",
    "pay_period_weeks": "Weeks over which pay is averaged",
    "pay_monthly": "Pay is averaged over calendar months instead",
    "short_tolerance": "A delivered visit may lack",
    "isf_kept": "Visits beyond a person's fund are left out",
    "isf_surplus_weeks": "Weekly budgets that a fund may save",
    "isf_keep_weeks": "Weeks that banked money is kept",
    "rush_hours": "Rush hours of a working day (they count where a mode's rush factor is above 1)",
    "rolling_days": "Days over which different carers are counted",
    "told_tolerance": "A start may be moved without telling the client anew, by at most",
    "short_notice": "A change is told late from so long before a visit on",
    "short_notice_percent": "Paid of a visit that is given to somebody else late, per cent",
}
_PENCE = ("hourly", "minimum_wage", "minimum_wage_young", "running_cost", "living_wage")
_PLAIN = (
    "agency",
    "nation",
    "on_cost_percent",
    "rolling_days",
    "pay_period_weeks",
    "isf_surplus_weeks",
    "isf_keep_weeks",
    "short_notice_percent",
)


def policy_words(settings: Settings) -> str:
    """The minimum-length policy as half a sentence."""
    return POLICIES[settings.policy].format(floor=settings.floor_minutes)


def settings_table(problem: Problem) -> Table:
    """Every setting in words. Travel modes and prices have tables of their own."""
    rows = [
        (_WORDS.get(field.name, field.name), _setting(field.name, problem.settings))
        for field in fields(Settings)
        if field.name not in ("modes", "prices", "mile_costs", "rises")
    ]
    rows += [
        (f"{_WORDS[rise.rate]}, in pay periods from {rise.since:%d/%m/%Y} on", pounds(sixtieths(rise.pence)))
        for rise in problem.settings.rises
        if rise.since <= problem.date_of(problem.days - 1)
    ]
    rows.append(("Travel times come from", problem.travel_source))
    return Table("Settings", "What the agency chose.", columns(("Setting", TEXT), ("Value", LONG)), rows)


def _setting(name: str, settings: Settings) -> str:
    value = getattr(settings, name)
    if name == "policy":
        return policy_words(settings)
    if isinstance(value, bool):
        return "yes" if value else "no"
    if name in _PENCE:
        return pounds(sixtieths(value))
    if name == "rush_hours":
        return ", ".join(f"{clock(begin)}-{end_clock(end)}" for begin, end in value) or "none"
    if name == "young_night":
        return " and ".join(map(clock, value))
    return str(value) if name in _PLAIN else hours(value)


def prices_table(problem: Problem) -> Table:
    """What the plan would pay to avoid a thing: the agency's price, or the rule's default."""
    rows = [
        (
            price.name,
            price.sentence,
            rule.price(price.name, problem),
            "the agency" if price.name in problem.settings.prices else "default",
        )
        for rule in RULES
        for price in rule.prices
    ]
    return Table(
        "Prices",
        "A price is not money: it tells the planner how much more a thing may cost before it is given up.",
        columns(("Name", TEXT), ("What it is", LONG), ("Price", MONEY), ("Set by", TEXT)),
        rows,
    )


def figures_in_force(problem: Problem) -> list[Figure]:
    """The UK figures on the first day of the period, for the agency's nation; task times are left out."""
    on, nation = problem.start, problem.settings.nation
    latest: dict[str, Figure] = {}
    for entry in figures():
        if entry.since <= on and not entry.name.startswith("task") and entry.nation in ("", nation):
            before = latest.get(entry.name)
            latest[entry.name] = entry if before is None or entry.since > before.since else before
    return [entry for entry in latest.values() if entry.until is None or entry.until >= on]


def mark_meanings(entries: list[Figure]) -> dict[str, str]:
    """The marks that these figures have, with what each says."""
    return {mark: words for mark, words in MARKS.items() if any(entry.mark == mark for entry in entries)}
