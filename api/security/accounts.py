"""Accounts: made by a link that works once, or for the first user from the environment. No password is a default."""

from __future__ import annotations

from datetime import timedelta

from sqlalchemy import ColumnElement, Engine, func, select, update
from sqlalchemy.orm import Session

from api.database.base import now
from api.database.models import Agency, Invitation, Membership, Role, User
from api.database.tenancy import for_everything
from api.errors import Trouble
from api.ids import digest, new_secret
from api.security.passwords import hash_password
from api.security.sign_in import prove
from api.settings import Settings

SYSTEM = "system"
KNOWN = (
    "There is an account with this e-mail address already, and this is not its password (or it is locked for a while "
    "after too many tries). With its own password the link gives that account this role."
)


def ensure_first_user(engine: Engine, settings: Settings) -> str | None:
    """Where nobody has an account: make the one that the environment names, or give a fresh set-up link."""
    with for_everything(engine, SYSTEM, writes=True) as session:
        if session.scalar(select(func.count(User.id))):
            return None
        if settings.first_user and settings.first_password:
            _make_first(session, settings.first_user, "First user", settings.first_password)
            return None
        session.execute(
            update(Invitation)
            .where(Invitation.agency_id.is_(None), Invitation.user_id.is_(None))
            .values(used=True)
        )
        return link(settings, invite(session, settings, None, Role.MANAGER))


def invite(
    session: Session, settings: Settings, agency: str | None, role: Role, carer: str | None = None
) -> str:
    """The secret of a link that makes one account in this agency; `carer`: who of its carers that is."""
    secret = new_secret()
    expires = now() + timedelta(seconds=settings.link_lasts)
    session.add(
        Invitation(digest=digest(secret), agency_id=agency, role=role, expires_at=expires, carer=carer)
    )
    session.flush()
    return secret


def link(settings: Settings, secret: str) -> str:
    """The link of an invitation, as it is sent to somebody."""
    return f"{settings.url}/join/{secret}"


def invitation(session: Session, secret: str) -> Invitation:
    """The open invitation of this secret. Raises Trouble where there is none."""
    return open_link(session, secret, Invitation.user_id.is_(None))


def open_link(session: Session, secret: str, kind: ColumnElement[bool]) -> Invitation:
    """The link of this secret and kind that can still be used. Raises Trouble where there is none."""
    asked = select(Invitation).where(Invitation.digest == digest(secret), Invitation.used.is_(False), kind)
    found = session.scalars(asked).first()
    if found is None or found.expires_at < now():
        raise Trouble(
            404, "This link was used already, has expired, or was never given out: ask for a new one."
        )
    return found


def use_up(session: Session, link: Invitation) -> None:
    """From now on the link opens nothing. Raises Trouble(404) where somebody else used it at this moment."""
    used = session.execute(
        update(Invitation).where(Invitation.id == link.id, Invitation.used.is_(False)).values(used=True)
    )
    if used.rowcount != 1:  # type: ignore[attr-defined]  # an UPDATE's result has it
        raise Trouble(404, "This link was used already: ask for a new one.")


def require_open(engine: Engine, secret: str) -> None:
    """Raises Trouble where no open invitation has this secret."""
    with for_everything(engine) as session:
        invitation(session, secret)


def join(engine: Engine, settings: Settings, secret: str, email: str, name: str, password: str) -> User:
    """Make the account that an invitation stands for, or give its role to the account of that address, whose password
    it has to be then; and use the invitation up."""
    email = email.strip().lower()
    with for_everything(engine) as session:
        invitation(session, secret)
        known = session.scalars(select(User).where(User.email == email)).first()
    if known is not None and prove(engine, settings, known, password) is None:
        raise Trouble(409, KNOWN)
    kept = hash_password(password, email) if known is None else ""
    with for_everything(engine, SYSTEM, writes=True) as session:
        open_one = invitation(session, secret)
        use_up(session, open_one)
        there = session.scalars(select(User).where(User.email == email)).first()
        if (there is None) != (known is None):  # two links at once with one address
            raise Trouble(409, KNOWN)
        user = there or User(email=email, name=name.strip(), password_hash=kept)
        session.add(user)
        session.flush()
        agencies = [open_one.agency_id] if open_one.agency_id else session.scalars(select(Agency.id)).all()
        for agency in agencies:
            if session.get(Membership, (user.id, agency)) is not None:
                raise Trouble(409, "This account has a role in this agency already: sign in with it.")
            session.add(
                Membership(user_id=user.id, agency_id=agency, role=open_one.role, carer=open_one.carer)
            )
        return user


def _make_first(session: Session, email: str, name: str, password: str) -> None:
    email = email.strip().lower()
    user = User(email=email, name=name, password_hash=hash_password(password, email))
    session.add(user)
    session.flush()
    for agency in session.scalars(select(Agency.id)):
        session.add(Membership(user_id=user.id, agency_id=agency, role=Role.MANAGER))
