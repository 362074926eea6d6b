"""Units, converted at the border only.

Inside the planner time is whole minutes counted from the first midnight of the period, distance is whole metres, and
money is whole SIXTIETHS OF A PENNY: then a minute at an hourly rate in pence is a whole number and sums are exact to
the penny. `sixtieths` and `pence` are the two doors. Times are wall-clock times; the night in which the clocks
change is planned as if it had 24 hours.
"""

from __future__ import annotations

SIXTIETHS = 60
"""Money units in one penny."""
HOUR = 60
DAY = 24 * HOUR
WEEK_DAYS = 7
METRES_PER_MILE = 1609.344
WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")


def sixtieths(pence: int) -> int:
    """Whole pence -> money units."""
    return pence * SIXTIETHS


def pence(amount: int) -> int:
    """Money units -> pence, halves rounded away from zero."""
    half = SIXTIETHS // 2
    return (amount + half) // SIXTIETHS if amount >= 0 else -((-amount + half) // SIXTIETHS)


def pounds(amount: int) -> str:
    """Money units -> '£1,234.56'."""
    whole = pence(amount)
    sign = "-" if whole < 0 else ""
    return f"{sign}£{abs(whole) // 100:,}.{abs(whole) % 100:02d}"


def clock(minute: int) -> str:
    """Minute of the period (or of a day) at which something is or begins -> '08:30'; midnight is '00:00'."""
    within = minute % DAY
    return f"{within // HOUR:02d}:{within % HOUR:02d}"


def end_clock(minute: int) -> str:
    """Minute at which something ends -> '08:30'; the end of a day is '24:00', since it belongs to that day."""
    return "24:00" if minute % DAY == 0 else clock(minute)


def hours(minutes: int) -> str:
    """Minutes -> '7 h 30 min', '45 min' or '8 h'."""
    whole, rest = divmod(abs(minutes), HOUR)
    sign = "-" if minutes < 0 else ""
    if whole and rest:
        return f"{sign}{whole} h {rest} min"
    return f"{sign}{whole} h" if whole else f"{sign}{rest} min"


def mileage(metres: int, pence_per_mile: int) -> int:
    """Cost of a leg in money units: rounded to the whole unit, so that legs add up to the total."""
    return round(metres * pence_per_mile * SIXTIETHS / METRES_PER_MILE)
