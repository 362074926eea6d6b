"""A forgotten password: a link that sets it anew, once, given out by a manager or by whoever runs the desk."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import Engine, delete, select, update
from sqlalchemy.orm import Session

from api.database.audit import record
from api.database.base import now
from api.database.models import Invitation, Membership, Role, SignIn, User
from api.database.tenancy import for_everything
from api.errors import Trouble, not_found
from api.ids import digest, new_secret
from api.security.accounts import SYSTEM, open_link, use_up
from api.security.passwords import hash_password
from api.settings import Settings

ELSEWHERE = (
    "This account belongs to another agency too, whose data a new password would open: only whoever runs the desk can "
    "give a link for it (careround password)."
)


def link(settings: Settings, secret: str) -> str:
    """The link as it is given to somebody."""
    return f"{settings.url}/password/{secret}"


def give(engine: Engine, settings: Settings, agency: str, user: str, who: str) -> str:
    """The secret of a link for a member of an agency, given by its manager. A link before it ends. Raises Trouble(404)
    for no member, and Trouble(409) for somebody who belongs to another agency too."""
    with for_everything(engine, who, writes=True) as session:
        member = session.get(Membership, (user, agency))
        if member is None:
            raise not_found("member")
        _only_there(session, user, agency)
        record(session, "password link given", f"User {user}", {}, agency)
        return _make(session, settings, agency, member.role, user)


def give_for_address(engine: Engine, settings: Settings, email: str) -> str:
    """The link for the account of that address, given by whoever runs the desk. Raises Trouble(404)."""
    with for_everything(engine, SYSTEM, writes=True) as session:
        user = session.scalar(select(User.id).where(User.email == email.strip().lower()))
        if user is None:
            raise not_found("account")
        return link(settings, _make(session, settings, None, Role.VIEWER, user))


def require_open(engine: Engine, secret: str) -> None:
    """Raises Trouble where no open link has this secret."""
    with for_everything(engine) as session:
        open_link(session, secret, Invitation.user_id.is_not(None))


def set_anew(engine: Engine, secret: str, password: str) -> str:
    """Set the password for which a link was given and use the link up; every session of that account ends, and so does
    its lock-out. The address of the account."""
    with for_everything(engine) as session:
        user = session.get_one(User, open_link(session, secret, Invitation.user_id.is_not(None)).user_id)
    hashed = hash_password(password, user.email)
    with for_everything(engine, user.id, writes=True) as session:
        found = open_link(session, secret, Invitation.user_id.is_not(None))
        if found.agency_id is not None:
            _only_there(session, user.id, found.agency_id)
        use_up(session, found)
        account = session.get_one(User, user.id, with_for_update=True)
        account.password_hash, account.failures, account.locked_until = hashed, 0, None
        session.execute(delete(SignIn).where(SignIn.user_id == user.id))
        record(session, "password set by a link", f"User {user.id}", {})
        return account.email


def _only_there(session: Session, user: str, agency: str) -> None:
    others = select(Membership.agency_id).where(Membership.user_id == user, Membership.agency_id != agency)
    if session.scalars(others).first() is not None:
        raise Trouble(409, ELSEWHERE)


def _make(session: Session, settings: Settings, agency: str | None, role: Role, user: str) -> str:
    session.execute(update(Invitation).where(Invitation.user_id == user).values(used=True))
    secret = new_secret()
    expires = now() + timedelta(seconds=settings.link_lasts)
    session.add(
        Invitation(digest=digest(secret), agency_id=agency, role=role, expires_at=expires, user_id=user)
    )
    session.flush()
    return secret
