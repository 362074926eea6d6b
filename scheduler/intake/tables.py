"""Every column of the input, in one register: what it holds, how it is written, and what an empty cell means.

The row models below ARE the register: template, documentation, reader and faults are loops over `TABLES`. To add
a column, add its line here and use it in `patterns.py` or `build.py`. Once parsed, times are minutes of the day,
hours and lengths are minutes, money is pence, and days of the week count from Monday 0.
"""

from __future__ import annotations

from typing import Annotated, Literal

from scheduler.domain import PayBasis, Purpose, Relation
from scheduler.funds import EntryKind
from scheduler.intake.columns import Row, Table, column
from scheduler.intake.kinds import (
    CHOICE,
    COUNT,
    FOLD,
    WHOLE,
    Date,
    EndMoment,
    EndTime,
    Hours,
    Id,
    Minutes,
    Moment,
    Number,
    Postcode,
    Pounds,
    Text,
    Texts,
    Time,
    Weekdays,
    Whole,
    YesNo,
)
from scheduler.notes import NoteKind, Voice

EVERY_WEEKS = "1: every week; 2: every second week from that of `from` on (without it: of 1 January 1970)."
GENDER = "Gender of carer that the client asks for when personal care is given."
PARTS = "morning before 11:00, lunch before 15:00, tea before 18:30, bed"
WIDER = "yes when the client has two care-plan rows, else unknown"


class ClientRow(Row):
    """The people who get care, one row each."""

    client: Id = column("The client's id, used by the other tables.", "C01")
    name: Text = column("The client's name.", "Olive Tester")
    postcode: Postcode = column("Where the client lives.", "NP20 4AL", "", "lat and lon are used")
    lat: Number | None = column(
        "Latitude, where it is known better than by the postcode.", "", None, "by the postcode"
    )
    lon: Number | None = column("Longitude, likewise.", "", None, "by the postcode")
    parking_minutes: Minutes = column("Minutes longer than elsewhere to park there.", "0", 0)
    interests: Texts = column("What the client likes to talk about or do.", "gardening; choirs", ())
    languages: Texts = column("Languages the client likes to speak.", "Welsh; English", ())
    carer_gender: Annotated[Literal["any", "female", "male"], CHOICE, FOLD] = column(GENDER, "female", "any")
    family_or_advocate: YesNo | None = column(
        "Is there family or an advocate who speaks up?", "yes", None, "unknown"
    )
    funding: Annotated[Literal["council", "isf", "self"], CHOICE, FOLD] = column(
        "Who pays.", "council", "council"
    )
    max_carers: Whole | None = column(
        "The client's own limit of distinct carers within the rolling days of the settings.",
        "6",
        None,
        "no limit",
    )
    wider_package: YesNo | None = column("Are the visits part of a wider package of care?", "", None, WIDER)
    plan_from: Date | None = column(
        "When the present care plan began.", "2026-09-01", None, "all history counts"
    )
    area: Text = column("A name for the part of town, for reports.", "Stow Hill", "")
    wishes: Text = column("Anything the carers should know.", "Likes the radio on.", "")
    age_band: Annotated[Literal["under 65", "65 to 74", "75 to 84", "85 and over"] | None, CHOICE, FOLD] = (
        column("Age, for the fairness report only.", "75 to 84", None, "not recorded")
    )
    needs: Texts = column("Needs, for the fairness report only.", "dementia; hearing loss", ())


class VisitRow(Row):
    """The care plans: one row for each visit that comes again and again, or on one date."""

    visit: Id = column("The visit's own id.", "C01-am")
    client: Id = column("The client's id.", "C01")
    weekdays: Weekdays | None = column("Days on which the visit comes.", "Mon-Fri", None, "`date` is used")
    date: Date | None = column(
        "The date of a single visit, instead of weekdays.", "", None, "`weekdays` are used"
    )
    every_weeks: Annotated[Literal[1, 2, 3, 4], COUNT, WHOLE] = column(EVERY_WEEKS, "1", 1)
    from_: Date | None = column("First date.", "2026-09-01", None, "no first date", alias="from")
    until: Date | None = column("Last date, included.", "", None, "no last date")
    part: Annotated[Literal["morning", "lunch", "tea", "bed", "other"] | None, CHOICE, FOLD] = column(
        "Part of the day.", "morning", None, f"by `preferred`: {PARTS}"
    )
    preferred: Time = column("The start that the client prefers.", "08:30")
    earliest: Time | None = column(
        "It starts no earlier.", "08:00", None, "30 min before preferred, 15 if critical"
    )
    latest: Time | None = column(
        "It starts no later.", "09:00", None, "30 min after preferred, 15 if critical"
    )
    minutes: Minutes = column("Commissioned minutes: what somebody pays for.", "45")
    tasks: Texts = column("Tasks by the names of the task list.", "get_up; part_wash; dress", ())
    skills: Texts = column("Skills or trainings that every carer of this visit must have.", "medication", ())
    carers: Annotated[Literal[1, 2], COUNT, WHOLE] = column("1, or 2 for a double-up.", "1", 1)
    together_minutes: Minutes | None = column(
        "Minutes of a double-up that the second stays.", "", None, "all"
    )
    time_critical: YesNo = column("Must it come on time (insulin, Parkinson's ...)?", "no", False)
    purpose: Annotated[Purpose, CHOICE, FOLD] = column("What the visit is for.", "care", Purpose.CARE)
    short_agreed: YesNo = column("Has the client agreed to a short visit?", "no", False)
    priority: Annotated[Literal[1, 2, 3, 4, 5] | None, COUNT, WHOLE] = column(
        "1 (highest) to 5: who comes first when carers are short.",
        "3",
        None,
        "3; 1 if critical; 2 if a family carer's respite",
    )
    fixed_carers: Texts = column("Ids of the carers who must come: a lock.", "", (), "anybody suitable")
    fixed_time: YesNo = column("Must it start at `preferred` exactly: a lock?", "no", False)


class ExceptionRow(Row):
    """Days on which a client gets no visits, or not this one: hospital, holiday, a stay with family."""

    client: Id = column("The client's id.", "C01")
    visit: Id | None = column("The visit that is left out.", "C01-am", None, "all visits of the client")
    from_: Date = column("First day.", "2026-12-24", alias="from")
    until: Date = column("Last day, included.", "2026-12-26")
    reason: Text = column("Why.", "with her daughter", "")


class LinkRow(Row):
    """Two visits of one client that must keep a distance: medication, not left in bed too long."""

    first: Id = column("The visit that comes first.", "C01-am")
    second: Id = column("The visit that comes after.", "C01-lunch")
    days_after: Annotated[Literal[0, 1], COUNT, WHOLE] = column("0 on the same day, 1 on the next.", "0", 0)
    at_least: Minutes | None = column("At least so many minutes apart.", "240", None, "no least distance")
    at_most: Minutes | None = column("At most so many minutes apart.", "", None, "no greatest distance")
    measured_from: Annotated[Literal["start", "end"], CHOICE, FOLD] = column(
        "Counted from the start or the end of the first visit; `end` for a night in bed.", "start", "start"
    )
    reason: Text = column("medication, overnight, or in your own words.", "medication", "")


class CarerRow(Row):
    """The paid care workers, one row each."""

    carer: Id = column("The carer's id, used by the other tables.", "K01")
    name: Text = column("The carer's name.", "Sam Sample")
    postcode: Postcode = column("Where the carer lives.", "NP19 8AA", "", "lat and lon are used")
    lat: Number | None = column(
        "Latitude, where it is known better than by the postcode.", "", None, "by the postcode"
    )
    lon: Number | None = column("Longitude, likewise.", "", None, "by the postcode")
    mode: Annotated[Literal["car", "motorcycle", "bicycle", "foot"], CHOICE, FOLD] = column(
        "How the carer gets about.", "car", "car"
    )
    skills: Texts = column("Skills and trainings that the carer has.", "hoist; medication", ())
    interests: Texts = column("What the carer likes to talk about or do.", "gardening", ())
    languages: Texts = column("Languages the carer speaks.", "English; Welsh", ())
    gender: Annotated[Literal["female", "male"] | None, CHOICE, FOLD] = column(
        "The carer's gender.", "female", None, "unknown"
    )
    contracted_hours: Hours = column("Hours a week that are paid whether worked or not.", "30", 0)
    max_hours: Hours | None = column("Hours a week, never more.", "40", None, "the legal limit")
    wished_hours: Hours | None = column("Hours a week that the carer would like.", "35", None, "not known")
    pay_basis: Annotated[PayBasis | None, CHOICE, FOLD] = column(
        "Which time is paid.", "contact and travel", None, "the setting pay_basis"
    )
    hourly_rate: Pounds | None = column("Pounds an hour.", "13.00", None, "the setting hourly_rate")
    opt_out_48h: YesNo = column("Has the carer signed the 48-hour opt-out?", "no", False)
    young: YesNo = column("Is the carer 16 or 17?", "no", False)


class ShiftRow(Row):
    """Spells in which a carer can be with clients. A split shift is two rows; spells of one day less than 20 minutes
    apart are joined."""

    carer: Id = column("The carer's id.", "K01")
    weekdays: Weekdays | None = column("Days on which the shift comes.", "Mon-Fri", None, "`date` is used")
    date: Date | None = column(
        "The one date of a single shift, instead of weekdays.", "", None, "`weekdays` are used"
    )
    every_weeks: Whole = column(EVERY_WEEKS, "1", 1)
    from_: Date | None = column("First date.", "", None, "no first date", alias="from")
    until: Date | None = column("Last date, included.", "", None, "no last date")
    start: Time = column("The first visit starts no earlier.", "07:00")
    end: EndTime = column("The last visit ends no later.", "14:00")


class AbsenceRow(Row):
    """Times at which a carer cannot work, whatever the shifts say: leave, sickness, training."""

    carer: Id = column("The carer's id.", "K01")
    from_: Moment = column("First day, or the minute it begins.", "2026-12-24", alias="from")
    until: EndMoment = column("Last day, included; or the minute it ends.", "2026-12-26 12:00")
    reason: Text = column("Why.", "leave", "")


class RelationRow(Row):
    """What a client and a carer are to each other, beside strangers."""

    client: Id = column("The client's id.", "C01")
    carer: Id = column("The carer's id.", "K01")
    relation: Annotated[Relation, CHOICE, FOLD] = column(
        "prefer, only (nobody else comes) or never.", "prefer"
    )
    reason: Text = column("Why.", "knows how to calm her", "")
    since: Date | None = column("Since when.", "2026-01-10", None, "not known")


class HistoryRow(Row):
    """Who visited whom in the past weeks: what makes a carer a known face."""

    date: Date = column("The day of the visit.", "2026-11-16")
    client: Id = column("The client's id.", "C01")
    carer: Id = column("The carer's id.", "K01")
    start: Time | None = column("When it started.", "08:35", None, "12:00")
    minutes: Minutes = column("How long it was.", "45", 0, "not known")


class IsfRow(Row):
    """Individual Service Funds: one row for each client whose money the agency holds. Amounts are a week's."""

    client: Id = column("The client's id.", "C01")
    weekly_budget: Pounds = column("The week's budget, in pounds.", "420.00")
    contribution: Pounds = column("What of it the client is assessed to pay.", "35.00", 0, "nothing")
    management_fee: Pounds = column("What of it pays for management and support.", "18.50", 0, "nothing")
    opening_balance: Pounds = column("In the fund when the planned days begin.", "310.00", 0, "nothing")
    year_end: Date | None = column("Last day of the budget's year.", "2027-03-31", None, "the next 31 March")
    team: Texts = column("Ids of the carers whom the client chose.", "K01", (), "no choice recorded")
    hours_for: Text = column("What the client wants the hours for.", "Getting up; the choir on Thursdays", "")
    times: Text = column("What the client wants of times.", "Never before nine at the weekend", "")
    kept: YesNo | None = column("Is no visit planned beyond this fund?", "", None, "the setting isf_kept")


class IsfPriceRow(Row):
    """What visits cost a fund: one row for each length."""

    client: Id | None = column("The client's id.", "", None, "every fund without own prices")
    minutes: Minutes = column("A visit of up to so many minutes.", "30")
    weekday: Pounds = column("Its price from Monday to Friday.", "16.60")
    weekend: Pounds | None = column("Its price on Saturday and Sunday.", "18.25", None, "as on weekdays")
    bank_holiday: Pounds | None = column("Its price on bank holidays.", "24.90", None, "as at weekends")
    second_carer: Pounds | None = column("What a second carer adds.", "", None, "the same again")


class IsfEntryRow(Row):
    """What happened to a fund beside visits: spending on others, money banked and used, changes agreed."""

    client: Id = column("The client's id.", "C01")
    date: Date = column("When.", "2026-11-25")
    kind: Annotated[EntryKind, CHOICE, FOLD] = column("What it is.", "spent")
    amount: Pounds = column("How much, in pounds.", "24.00", 0, "no money is moved")
    purpose: Text = column("What for.", "Day centre", "")
    expires: Date | None = column("Last day of what was banked.", "", None, "isf_keep_weeks after `date`")
    agreed_by: Text = column("Who agreed.", "Olive and her daughter", "")


class NoteRow(Row):
    """What carers, clients and families say about the plan: read by careround suggestions, and nothing changes by it
    alone."""

    date: Date = column("When it was said.", "2026-11-18")
    client: Id = column("The client's id.", "C01")
    visit: Id | None = column("The row of visits that it is about.", "C01-am", None, "all of the client's")
    kind: Annotated[NoteKind, CHOICE, FOLD] = column("What it is about.", "too short")
    said_by: Annotated[Voice, CHOICE, FOLD] = column("Who says it.", "carer")
    carer: Id | None = column("The carer who says it, or of whom it is said.", "K01", None, "no carer")
    minutes: Minutes | None = column(
        "How long the visit takes, or how much longer the journey.", "45", None, "not said"
    )
    time: Time | None = column("When the client would rather have the visit.", "", None, "not said")
    text: Text = column("In their words.", "Olive cannot be hurried in the shower.", "")


class SettingRow(Row):
    """What the agency pays, which policy it keeps, what it would pay to avoid a thing. One setting a row."""

    setting: Text = column("The setting's name.", "policy")
    value: Text = column("Its value.", "nice")


TABLES: tuple[Table, ...] = (
    Table("clients", True, ClientRow),
    Table("visits", True, VisitRow),
    Table("exceptions", False, ExceptionRow),
    Table("links", False, LinkRow),
    Table("carers", True, CarerRow),
    Table("shifts", True, ShiftRow),
    Table("absences", False, AbsenceRow),
    Table("relations", False, RelationRow),
    Table("history", False, HistoryRow),
    Table("isf", False, IsfRow),
    Table("isf_prices", False, IsfPriceRow),
    Table("isf_entries", False, IsfEntryRow),
    Table("visit_notes", False, NoteRow),
    Table("settings", False, SettingRow),
)
"""The register. `table("visits").columns` lists what the care plans may say."""

TABLES_BY_NAME = {table.name: table for table in TABLES}


def table(name: str) -> Table:
    """The table of that name."""
    return TABLES_BY_NAME[name]
