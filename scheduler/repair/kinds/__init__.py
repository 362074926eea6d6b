"""The kinds of events, one file each, in the order in which the page offers them. All else loops over `KINDS`."""

from __future__ import annotations

from scheduler.errors import UnknownName
from scheduler.repair.event import Kind
from scheduler.repair.kinds.absent import Absent
from scheduler.repair.kinds.cancelled import Cancelled
from scheduler.repair.kinds.hospital import HospitalIn, HospitalOut
from scheduler.repair.kinds.late import Late
from scheduler.repair.kinds.longer import Longer
from scheduler.repair.kinds.never import Never
from scheduler.repair.kinds.no_reply import NoReply
from scheduler.repair.kinds.package import NewPackage
from scheduler.repair.kinds.roads import Roads

KINDS: tuple[Kind, ...] = (
    Absent(),
    Late(),
    Cancelled(),
    HospitalIn(),
    HospitalOut(),
    NewPackage(),
    Longer(),
    Roads(),
    Never(),
    NoReply(),
)


def kind(name: str) -> Kind:
    """The kind of that name."""
    for one in KINDS:
        if one.name == name:
            return one
    raise UnknownName("kind of event", name, (one.name for one in KINDS))
