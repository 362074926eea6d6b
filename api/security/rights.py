"""What each role may do. A route asks for a right, never for a role."""

from __future__ import annotations

from enum import StrEnum

from api.database.models import Role


class Right(StrEnum):
    """Something that may be done in an agency."""

    OWN = "see one's own rounds"
    AGGREGATES = "see sums without names"
    ASK = "ask what scenarios would do"
    SEE = "see people, rotas and reasons"
    PLAN = "import, plan, edit and publish"
    MANAGE = "let people in, see the audit, export and erase"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.CARER: frozenset({Right.OWN}),
    Role.COMMISSIONER: frozenset({Right.AGGREGATES, Right.ASK}),
    Role.VIEWER: frozenset({Right.AGGREGATES, Right.SEE}),
    Role.COORDINATOR: frozenset({Right.AGGREGATES, Right.ASK, Right.SEE, Right.PLAN}),
    Role.MANAGER: frozenset(Right) - {Right.OWN},
}
