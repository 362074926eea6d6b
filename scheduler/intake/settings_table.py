"""What the table `settings` can say: every name in one register, with how its value is written and what it means."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache, partial
from typing import Any

from pydantic_core import PydanticCustomError

from scheduler.domain import MODES, PayBasis, PayTerms
from scheduler.errors import Fault
from scheduler.intake import parsers
from scheduler.intake.raw import did_you_mean, key, nearest
from scheduler.intake.rows import Sheet
from scheduler.intake.tables import SettingRow
from scheduler.rules import RULES
from scheduler.settings import NATIONS, Policy, Settings, default_settings
from scheduler.travel import ModeFactors
from scheduler.uk import figure
from scheduler.units import DAY, HOUR


@dataclass(frozen=True, slots=True)
class Known:
    """One setting: its name, what it means, its value where nothing is said (in words), and how it is read."""

    name: str
    note: str
    default: str
    read: Callable[[str], Any]
    choices: tuple[str, ...] = ()


def _range(low: float, high: float, parse: Callable[[str], Any], text: str) -> Any:
    value = parse(text)
    if not low <= value <= high:
        parsers.cell_error("this is out of bounds.", f"Write a value from {low:g} to {high:g}.")
    return value


def _pounds(text: str) -> int:
    pence: int = _range(1, 50_000, parsers.parse_pounds, text)
    return pence


def _choice(choices: tuple[str, ...], text: str) -> str:
    value = parsers.parse_choice(text)
    if value not in choices:
        near = nearest(value, choices)
        cure = f"Write {near!r}." if near else f"Write one of: {', '.join(choices)}."
        parsers.cell_error("this is none of the choices.", cure)
    return value


def _number(name: str, note: str, default: str, low: int, high: int) -> Known:
    return Known(name, note, default, partial(_range, low, high, parsers.parse_whole))


def _one_of(name: str, note: str, default: str, choices: tuple[str, ...]) -> Known:
    return Known(name, note, default, partial(_choice, choices), choices)


_POLICIES = tuple(policy.value for policy in Policy)
_BASES = tuple(basis.value for basis in PayBasis)


def _hours(text: str) -> tuple[tuple[int, int], ...]:
    """'07:30-09:30; 16:00-18:30'."""
    found: list[tuple[int, int]] = []
    for part in filter(None, (part.strip() for part in text.split(";"))):
        begin, _, end = part.partition("-")
        spell = parsers.parse_time(begin.strip()), parsers.parse_time(end.strip())
        if spell[0] >= spell[1] or any(spell[0] <= other[1] and other[0] <= spell[1] for other in found):
            parsers.cell_error(
                f"{part!r} ends before it begins, or meets another.", "Write 07:30-09:30; 16:00-18:30."
            )
        found.append(spell)
    return tuple(sorted(found))


_YOUNG_NIGHTS = {"22:00-06:00": (22 * HOUR, 6 * HOUR), "23:00-07:00": (23 * HOUR, 7 * HOUR)}
"""The two that regulation 6A of the Working Time Regulations allows."""


def _young_night(text: str) -> tuple[int, int]:
    return _YOUNG_NIGHTS[_choice(tuple(_YOUNG_NIGHTS), text)]


_BASICS = (
    Known("agency", "The agency's name.", "Agency", str),
    _one_of("nation", "The nation whose law and bank holidays hold.", "england", NATIONS),
    _one_of(
        "policy",
        "Which minimum visit length is kept.",
        "nice; in Wales: wales",
        _POLICIES,
    ),
    _number("floor_minutes", "The floor of the policies, in minutes.", "visit.short_threshold", 1, 240),
    Known(
        "tasks_enforced",
        "Are visits made as long as their tasks need?",
        "no",
        parsers.parse_yes_no,
        ("yes", "no"),
    ),
    _one_of(
        "pay_basis",
        "Which time is paid, unless a carer's own terms say.",
        "contact and travel",
        _BASES,
    ),
    Known("hourly_rate", "Pounds an hour, unless a carer's own terms say.", "minimum_wage.adult", _pounds),
    Known("weekend_extra", "Pounds an hour more at weekends and bank holidays.", "0", parsers.parse_pounds),
    _number(
        "on_cost_percent", "Pay with employer's costs, in percent of pay.", "cost.on_cost_percent", 100, 300
    ),
    _number("running_cost", "Pence for each hour of contact.", "cost.running_cost", 0, 20_000),
    _number("waiting_cap", "Minutes of each wait that are paid and count.", "pay.counted_waiting", 0, DAY),
    _number("pay_period_weeks", "Weeks over which pay is averaged.", "1", 1, 5),
    Known(
        "pay_monthly",
        "Is pay averaged over calendar months instead? A week belongs to the month in which it ends.",
        "no",
        parsers.parse_yes_no,
        ("yes", "no"),
    ),
    _number(
        "living_wage",
        "The real Living Wage, in pence an hour; 0: pay is not compared with it.",
        "living_wage.uk",
        0,
        10_000,
    ),
    _number(
        "short_tolerance",
        "Minutes that a delivered visit may lack before it is called short.",
        "delivered.short",
        0,
        DAY,
    ),
    Known(
        "isf_kept",
        "Are visits beyond a person's fund left out (where its row of isf is silent)? Else nothing is cut.",
        "no",
        parsers.parse_yes_no,
        ("yes", "no"),
    ),
    Known(
        "rush_hours",
        "Rush hours of a working day; see travel.car.rush_factor.",
        "07:30-09:30; 16:00-18:30",
        _hours,
    ),
    Known(
        "young_night",
        "When nobody of 16 or 17 works; 23:00-07:00 only where their contracts provide for work after 22:00.",
        "22:00-06:00",
        _young_night,
        tuple(_YOUNG_NIGHTS),
    ),
    _number("isf_surplus_weeks", "Weekly budgets that a fund may save.", "isf.surplus_weeks", 0, 52),
    _number("isf_keep_weeks", "Weeks that banked money is kept.", "isf.keep_weeks", 0, 104),
    _number(
        "rolling_days", "Days over which distinct carers are counted.", "continuity.rolling_days", 1, 366
    ),
    _number(
        "told_tolerance",
        "Minutes that a start may be moved before a client must be told anew.",
        "punctuality.told",
        0,
        DAY,
    ),
    _number(
        "short_notice",
        "Minutes before a visit from which on a change is told late.",
        "short_notice.minutes",
        0,
        20_160,
    ),
    _number(
        "short_notice_percent",
        "Percent of a visit's pay that a carer gets when the visit is given to somebody else late (where its client "
        "cancelled it, see to it in payroll).",
        "short_notice.percent",
        0,
        200,
    ),
)
_FACTORS: tuple[tuple[str, str, Callable[[str], Any]], ...] = (
    (
        "seconds_per_metre",
        "Seconds for each metre of straight line",
        partial(_range, 0.01, 10, parsers.parse_number),
    ),
    (
        "circuity",
        "Metres of way for each metre of straight line",
        partial(_range, 1, 10, parsers.parse_number),
    ),
    ("door_minutes", "Minutes to park and walk to the door", partial(_range, 0, 60, parsers.parse_whole)),
    ("road_factor", "Times a road engine's minutes", partial(_range, 0.1, 10, parsers.parse_number)),
    (
        "rush_factor",
        "Times the minutes on the way in rush hours (1: no rush hours)",
        partial(_range, 1, 10, parsers.parse_number),
    ),
)


@cache
def known_settings() -> Mapping[str, Known]:
    """Every setting by its name: the basics, mileage and travel of each mode, and each price of each rule."""
    found = list(_BASICS)
    for mode in MODES:
        found.append(_number(f"mileage_{mode}", f"Pence a mile by {mode}.", f"mileage.{mode}", 0, 500))
    for mode in MODES:
        note = f"Pence that a mile by {mode} costs the carer."
        found.append(_number(f"mile_cost_{mode}", note, f"mile_cost.{mode}", 0, 500))
    for mode in MODES:
        for factor, note, read in _FACTORS:
            found.append(
                Known(f"travel.{mode}.{factor}", f"{note}, by {mode}.", f"travel.{factor}.{mode}", read)
            )
    for price in (price for rule in RULES for price in rule.prices):
        found.append(_number(price.name, f"{price.sentence} In pence.", str(price.pence), 0, 10_000_000))
    return {setting.name: setting for setting in found}


Values = Mapping[str, Any]
"""Setting -> its value, for the settings that the agency changed."""


def read_settings(sheet: Sheet[SettingRow]) -> tuple[dict[str, Any], list[Fault]]:
    """The values, and what is wrong with them."""
    values: dict[str, Any] = {}
    faults: list[Fault] = []
    rows: dict[str, int] = {}
    names = {key(name): name for name in known_settings()}
    for row in sheet.rows:
        name = names.get(key(row.setting))
        if name is None:
            cure = did_you_mean(row.setting, names.values(), "See the list of settings in the template.")
            faults.append(sheet.fault(row, "setting", "there is no such setting.", cure))
        elif name in rows:
            problem = f"row {rows[name]} has the same setting."
            faults.append(sheet.fault(row, "setting", problem, "Keep one of the two."))
        elif row.value:
            rows[name] = row.at
            try:
                values[name] = known_settings()[name].read(row.value)
            except PydanticCustomError as error:
                told = error.context or {}
                faults.append(sheet.fault(row, "value", f"{name}: {told['problem']}", told["cure"]))
    return values, faults


def build_settings(values: Values, start: date) -> Settings:
    """The agency's settings: the figures in force at the start of the period, what is known to rise
    later, and what the agency changed: that holds on every day."""
    base = default_settings(start)
    nation = values.get("nation", base.nation)
    policy = Policy(values.get("policy", Policy.WALES if nation == "wales" else base.policy))
    fields = {field.name for field in dataclasses.fields(Settings)}
    changed = {name: value for name, value in values.items() if name in fields}
    changed |= {"nation": nation, "policy": policy, "hourly": values.get("hourly_rate", base.hourly)}
    modes = {mode: _factors(mode, factors, values) for mode, factors in base.modes.items()}
    prices = {
        price.name: values[price.name] for rule in RULES for price in rule.prices if price.name in values
    }
    miles = {mode: values.get(f"mile_cost_{mode}", cost) for mode, cost in base.mile_costs.items()}
    rises = tuple(rise for rise in base.rises if rise.rate not in changed)
    return dataclasses.replace(base, **changed, modes=modes, prices=prices, mile_costs=miles, rises=rises)


def _factors(mode: str, base: ModeFactors, values: Values) -> ModeFactors:
    prefix = f"travel.{mode}."
    changed = {name.removeprefix(prefix): value for name, value in values.items() if name.startswith(prefix)}
    return dataclasses.replace(base, **changed)


def pay_terms(values: Values, mode: str, basis: PayBasis | None, hourly: int | None, start: date) -> PayTerms:
    """A carer's terms: the carer's own, else the agency's, else the figures. `hourly` 0 means the agency's rate."""
    return PayTerms(
        basis=basis or PayBasis(values.get("pay_basis", PayBasis.CONTACT_TRAVEL)),
        hourly=hourly or 0,
        mileage=values.get(f"mileage_{mode}", int(figure(f"mileage.{mode}", start).value)),
        weekend_extra=values.get("weekend_extra", 0),
    )
