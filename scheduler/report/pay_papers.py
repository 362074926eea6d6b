"""True pay as a page, a workbook and a CSV: sentences first. The sums stand in `summary.json` too."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from scheduler.domain import PayBasis
from scheduler.pay import wage_days
from scheduler.problem import Problem
from scheduler.report.document import Document, Section, to_html
from scheduler.report.export import to_csv, to_xlsx
from scheduler.report.folder import with_summary
from scheduler.report.pay_tables import BASES, basis_table, causes_table, other_terms_table, true_pay_table
from scheduler.report.table import Table
from scheduler.report.words import labels
from scheduler.rota import Rota
from scheduler.settings import Settings
from scheduler.true_pay import TruePay, true_pay
from scheduler.uk import figure
from scheduler.units import hours, pence, pounds, sixtieths

_SHOWN = (
    "Carer", "Pay period from", "What is paid", "With clients", "Hours that count", "Paid hours", "Pay",
    "True pay an hour", "Margin an hour", "Missing to minimum wage", "Missing to real Living Wage",
)  # fmt: skip
_ABSENT = (
    "Pay for leave and sick pay are not reckoned here, and are no pay for work by law. Contracted hours are counted as "
    "pay in full also in a week with an absence: look into such a week by hand."
)
_FEW = 5
_CAUSE = ("Carer", "Client", "Start", "Minutes", "Travel to it", "Waiting before it", "Unpaid", "Missing")


def pay_files(rota: Rota, problem: Problem) -> dict[str, bytes]:
    """Name -> content: `pay.html`, `pay.xlsx`, `pay.csv` (one row a carer and pay period) and `summary.json`."""
    periods = true_pay(rota, problem)
    table, other, causes, basis = (
        make(periods, problem) for make in (true_pay_table, other_terms_table, causes_table, basis_table)
    )
    files = {
        "pay.html": to_html(_paper(periods, problem, table, other, basis), problem).encode(),
        "pay.xlsx": to_xlsx([table, basis, other, causes], problem),
        "pay.csv": to_csv(table).encode("utf-8-sig"),
    }
    return with_summary(files, summary(periods, problem), "pay")


def pay_paper(rota: Rota, problem: Problem, carer: str = "") -> Document:
    """True pay of everybody, or of one carer."""
    periods = [one for one in true_pay(rota, problem) if carer in ("", one.carer.id)]
    table, other, basis = (
        make(periods, problem) for make in (true_pay_table, other_terms_table, basis_table)
    )
    return _paper(periods, problem, table, other, basis)


def summary(periods: Sequence[TruePay], problem: Problem) -> dict[str, Any]:
    """The figures, pay period by pay period, in pence and minutes."""
    return {
        "agency": problem.settings.agency,
        "from": problem.start.isoformat(),
        "days": problem.days,
        "pay_period_weeks": problem.settings.pay_period_weeks,
        "pay_monthly": problem.settings.pay_monthly,
        "minimum_wage_pence": problem.settings.minimum_wage,
        "living_wage_pence": problem.settings.living_wage,
        "shortfalls": sum(one.shortfall > 0 for one in periods),
        "shortfall_pence": sum(pence(one.shortfall) for one in periods),
        "below_living_wage": sum(bool(one.below_living_wage) for one in periods),
        "periods": [_period(one, problem) for one in periods],
    }


def _period(one: TruePay, problem: Problem) -> dict[str, Any]:
    return {
        "carer": one.carer.id,
        "from": problem.date_of(one.first).isoformat(),
        "counted_minutes": one.counted,
        "contact_minutes": one.sum("contact"),
        "paid_minutes": one.sum("paid"),
        "pay_pence": pence(one.sum("pay")),
        "unreimbursed_pence": pence(one.sum("unreimbursed")),
        "expected_pay_pence": pence(one.payslip),
        "minimum_wage_pence": pence(one.wage),
        "true_hourly_pence": _maybe(one.true_hourly),
        "margin_pence": _maybe(one.margin),
        "shortfall_pence": pence(one.shortfall),
        "below_living_wage_pence": _maybe(one.below_living_wage),
        "under": {
            basis.value: {
                "pay_pence": pence(one.under(basis)),
                "missing_pence": pence(one.missing(one.under(basis))),
            }
            for basis in PayBasis
        },
        "causes": {cause.stop.leg.visit: pence(cause.missing) for cause in one.causes},
    }


def _maybe(amount: int | None) -> int | None:
    return None if amount is None else pence(amount)


def _paper(
    periods: Sequence[TruePay], problem: Problem, table: Table, other: Table, basis: Table
) -> Document:
    short = [one for one in periods if one.shortfall]
    shown = [("Carer", "Pay period from")]
    shown += [(f"{words}: an hour", f"{words}: missing") for words in BASES.values()]
    return Document(
        title="True pay",
        lead=_lead(periods, problem),
        bad=bool(short),
        sections=(
            Section(
                "What an hour of work really earns",
                points=[_sentence(one, problem) for one in short],
                tables=(table.only(table.name, *_SHOWN),),
                notes=_notes(problem),
            ),
            *((_behind(periods, problem),) if short else ()),
            Section(
                "The same work under other terms",
                sentences=_compared(periods),
                tables=(basis, other.only(other.name, *(title for pair in shown for title in pair))),
            ),
        ),
        footer=(
            "National Minimum Wage Regulations 2015, regulations 4B, 7, 11 to 15 and 30 to 34. Waiting that counts and "
            "what a mile costs are settings of the agency, not statute. This is no legal advice.",
        ),
    )


def _behind(periods: Sequence[TruePay], problem: Problem) -> Section:
    """The visits that lack most of each pay period; the workbook has all."""
    table = causes_table(periods, problem, _FEW)
    note = f"At most {_FEW} for each pay period; the sheet {table.name} of pay.xlsx has all."
    return Section(
        "The visits behind what is missing", tables=(table.only(table.name, *_CAUSE),), notes=(note,)
    )


def _lead(periods: Sequence[TruePay], problem: Problem) -> list[str]:
    worked = [one for one in periods if one.counted]
    short = [one for one in worked if one.shortfall]
    floor = _minimum_wage(worked, problem)
    if not worked:
        return ["Nobody works in these days."]
    told = [
        f"Every carer earns at least {floor} for all hours that count."
        if not short
        else f"{_count(short, 'pay period')} of {len(worked)} fall below {floor}: "
        f"{pounds(sum(one.shortfall for one in short))} must be made good."
    ]
    least = min(worked, key=lambda one: one.margin or 0)
    idle = least.sum("guaranteed")
    told.append(
        f"The least is {labels(problem.carers)[least.carer.id]}'s: {pounds(least.true_hourly or 0)} an hour, "
        f"{_above(least.margin or 0)} the minimum wage"
        + (f", with {hours(idle)} of contracted time paid without work." if idle else ".")
    )
    below = [one for one in worked if one.below_living_wage]
    if problem.settings.living_wage:
        rate = _rate_words("living_wage", "", problem)
        told.append(
            f"Every adult earns at least the real Living Wage ({rate}, voluntary)."
            if not below
            else f"{_count(below, 'pay period')} of {len(worked)} are below the real Living Wage ({rate}, voluntary): "
            f"{pounds(sum(one.below_living_wage or 0 for one in below))} together."
        )
    return told


def _minimum_wage(worked: Sequence[TruePay], problem: Problem) -> str:
    """'the minimum wage (£12.71 an hour)', or with that of the young where one of them worked."""
    adult = _rate_words("minimum_wage", " an hour", problem)
    if not any(one.carer.young for one in worked):
        return f"the minimum wage ({adult})"
    young = _rate_words("minimum_wage_young", " an hour", problem)
    return f"the minimum wage of their age ({adult}; aged 16 or 17: {young})"


def _rate_words(rate: str, unit: str, problem: Problem) -> str:
    """A rate of the settings, and in which pay periods it is another."""
    since: dict[int, date] = {}
    for day in wage_days(problem):
        since.setdefault(problem.settings.rate(rate, day), day)
    first, *later = since
    told = [f"{pounds(sixtieths(pence))} from {since[pence]:%d/%m/%Y} on" for pence in later]
    return ", ".join((pounds(sixtieths(first)) + unit, *told))


def _above(margin: int) -> str:
    return f"{pounds(abs(margin))} {'below' if margin < 0 else 'above'}"


def _sentence(one: TruePay, problem: Problem) -> str:
    """A shortfall in words, with the visit that causes most of it."""
    first = one.causes[0]
    people = labels(problem.clients)
    return (
        f"{labels(problem.carers)[one.carer.id]} is paid {pounds(one.sum('pay'))} for {hours(one.counted)} that count, "
        f"{hours(one.sum('contact'))} of them with clients: {pounds(one.true_hourly or 0)} an hour, "
        f"{pounds(-(one.margin or 0))} below the minimum wage, so {pounds(one.shortfall)} are missing. Most of it: the "
        f"visit to {people[first.stop.visit.client]} on {problem.date_of(first.stop.visit.day):%A}, with "
        f"{first.unpaid} unpaid min before it ({pounds(first.missing)})."
    )


def _compared(periods: Sequence[TruePay]) -> list[str]:
    worked = [one for one in periods if one.counted]
    found = {basis: sum(one.missing(one.under(basis)) > 0 for one in worked) for basis in PayBasis}
    return [
        f"Of {_count(worked, 'pay period')} with work, {found[PayBasis.CONTACT]} would fall below the minimum wage if "
        f"contact alone were paid, {found[PayBasis.CONTACT_TRAVEL]} if contact and travel were, and "
        f"{found[PayBasis.SHIFT]} if the whole shift were."
    ]


def _notes(problem: Problem) -> tuple[str, ...]:
    settings, less = problem.settings, figure("minimum_wage.18_20", problem.start)
    costs = ", ".join(f"{cost}p by {mode}" for mode, cost in settings.mile_costs.items() if cost)
    return (
        f"Hours that count: with clients, travel between visits, and each wait up to {hours(settings.waiting_cap)}; "
        f"not the way from and to home. Pay is averaged over {_period_words(settings)}; the law "
        "allows a pay period of up to a month. The rate of its first day counts for all of it.",
        f"The age of adults is not known here: all who are not marked as aged 16 or 17 are held against the rate from "
        f"21 on. For those of 18 to 20 the law asks for less ({pounds(sixtieths(int(less.value)))} an hour on the "
        "first day).",
        f"What a mile costs a carer: {costs or 'nothing, by the settings'}; what mileage does not pay back comes off.",
        *((_ABSENT,) if any(carer.contracted for carer in problem.carers) else ()),
    )


def _period_words(settings: Settings) -> str:
    if settings.pay_monthly:
        return "all planned weeks that end in the same month"
    weeks = settings.pay_period_weeks
    return f"{'each week' if weeks == 1 else f'{weeks} weeks'} of the planned days"


def _count(found: Sequence[TruePay], what: str) -> str:
    return f"{len(found)} {what}{'' if len(found) == 1 else 's'}"
