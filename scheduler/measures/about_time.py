"""What is counted of carers' time and ways."""

from __future__ import annotations

from scheduler.measures.measure import Measure
from scheduler.measures.sums import contact, share, travel, waiting
from scheduler.pay import pay_weeks
from scheduler.rounds import rounds
from scheduler.units import HOUR, METRES_PER_MILE

MEASURES = (
    Measure(
        "contact_minutes",
        "With clients",
        "minutes",
        "Minutes that carers are with clients; each carer of a double-up counts.",
        lambda r, p, f: contact(r),
    ),
    Measure(
        "travel_minutes",
        "On the way between clients",
        "minutes",
        "Travel between the visits of a round, door and parking minutes included.",
        lambda r, p, f: travel(r, p),
    ),
    Measure(
        "waiting_minutes",
        "Between visits, not on the way",
        "minutes",
        "Gaps between the visits of a round that travel does not fill, breaks included.",
        lambda r, p, f: waiting(r, p),
    ),
    Measure(
        "home_minutes",
        "To the first client and home again, unpaid",
        "minutes",
        "Travel from home to a round and back, which is not paid.",
        lambda r, p, f: sum(work.home_out + work.home_back for work in rounds(r, p)),
    ),
    Measure(
        "paid_minutes",
        "Paid work",
        "minutes",
        "Minutes of work that the carers' terms pay, without contracted hours not worked.",
        lambda r, p, f: sum(week.paid for week in pay_weeks(r, p)),
    ),
    Measure(
        "contact_share",
        "Share of a round that is with clients",
        "share",
        "Contact minutes out of contact, travel and waiting minutes.",
        lambda r, p, f: share(contact(r), contact(r) + travel(r, p) + waiting(r, p)),
    ),
    Measure(
        "travel_minutes_per_contact_hour",
        "On the way for each hour with clients",
        "minutes",
        "Travel between visits for each hour with clients.",
        lambda r, p, f: share(travel(r, p) * HOUR, contact(r)),
    ),
    Measure(
        "miles",
        "Miles between clients",
        "miles",
        "Miles between the visits of a round, by any mode; the way from home and back is left out.",
        lambda r, p, f: round(sum(work.metres for work in rounds(r, p)) / METRES_PER_MILE, 1),
    ),
)
