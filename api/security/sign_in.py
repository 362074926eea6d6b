"""Signing in and out: the server keeps every session, so that each can be ended from here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import Engine, delete, select, update

from api.database.audit import record
from api.database.base import now
from api.database.models import SignIn, User
from api.database.tenancy import for_everything
from api.errors import Trouble
from api.ids import digest, new_secret
from api.security.passwords import hash_password, is_right
from api.settings import Settings

WRONG = "E-mail address and password do not go together, or the account is locked for a while after too many tries."
SEEN_EVERY = timedelta(seconds=60)


@dataclass(frozen=True, slots=True)
class Person:
    """Who is signed in, by which session; `csrf` must come with everything that changes something."""

    user: str
    name: str
    email: str
    sign_in: str
    csrf: str


def sign_in(engine: Engine, settings: Settings, email: str, password: str) -> tuple[str, Person]:
    """The cookie's secret and who it is. Raises Trouble(401), which never says what was wrong."""
    with for_everything(engine, writes=False) as session:
        known = session.scalars(select(User).where(User.email == email.strip().lower())).first()
    user = prove(engine, settings, known, password)
    if user is None:
        raise Trouble(401, WRONG)
    with for_everything(engine, user.id, writes=True) as session:
        secret = new_secret()
        kept = SignIn(digest=digest(secret), user_id=user.id, csrf=new_secret())
        session.add(kept)
        session.flush()
        record(session, "sign-in", f"User {user.id}", {})
        return secret, Person(user.id, user.name, user.email, kept.id, kept.csrf)


def prove(engine: Engine, settings: Settings, user: User | None, password: str) -> User | None:
    """The account, if the password is its own and it is not locked. Wrong tries are counted, wherever they are made,
    and lock it for a while. For an account that nobody has as much is done."""
    right = is_right(password, user.password_hash if user else None)  # slow on purpose: outside a transaction
    with for_everything(engine, user.id if user else "", writes=True) as session:
        now_kept = session.get(User, user.id, with_for_update=True) if user else None
        if user is None or now_kept is None:
            record(session, "sign-in refused", "User (unknown)", {})
            return None
        locked = now_kept.locked_until is not None and now_kept.locked_until > now()
        if now_kept.disabled or locked or not right or now_kept.password_hash != user.password_hash:
            if not locked:
                _count_failure(now_kept, settings)
            record(session, "sign-in refused", f"User {now_kept.id}", {})
            return None
        now_kept.failures, now_kept.locked_until = 0, None
        return now_kept


def who_is(engine: Engine, settings: Settings, secret: str, active: bool = True) -> Person | None:
    """Who this cookie belongs to; None once the session is over. `active`: somebody did something, so that the session
    is not idle."""
    with for_everything(engine) as session:
        found = session.execute(
            select(SignIn, User).join(User, User.id == SignIn.user_id).where(SignIn.digest == digest(secret))
        ).first()
    if found is None:
        return None
    kept, user = found
    idle, age = now() - kept.seen_at, now() - kept.created_at
    if user.disabled or idle.total_seconds() > settings.idle or age.total_seconds() > settings.longest:
        return None
    if active and idle > SEEN_EVERY:
        with for_everything(engine, user.id, writes=True) as session:
            session.execute(update(SignIn).where(SignIn.id == kept.id).values(seen_at=now()))
    return Person(user.id, user.name, user.email, kept.id, kept.csrf)


def is_open(engine: Engine, sign_in: str) -> bool:
    """Is this session still there? (For answers that take long, such as live progress.)"""
    with for_everything(engine) as session:
        return session.scalar(select(SignIn.id).where(SignIn.id == sign_in)) is not None


def sign_out(engine: Engine, person: Person, everywhere: bool = False) -> None:
    """End this session, or all of this person."""
    with for_everything(engine, person.user, writes=True) as session:
        which = SignIn.user_id == person.user if everywhere else SignIn.id == person.sign_in
        session.execute(delete(SignIn).where(which))
        record(session, "sign-out", f"User {person.user}", {"everywhere": everywhere})


def change_password(engine: Engine, settings: Settings, person: Person, old: str, new: str) -> None:
    """Another password; every other session of the person ends. A wrong old one counts as a try to sign in."""
    with for_everything(engine) as session:
        known = session.get_one(User, person.user)
    hashed = hash_password(new, person.email)
    if prove(engine, settings, known, old) is None:
        raise Trouble(
            403, "The old password is not right, or the account is locked for a while after too many tries."
        )
    with for_everything(engine, person.user, writes=True) as session:
        session.get_one(User, person.user).password_hash = hashed
        others = (SignIn.user_id == person.user) & (SignIn.id != person.sign_in)
        session.execute(delete(SignIn).where(others))
        record(session, "password changed", f"User {person.user}", {})


def _count_failure(user: User, settings: Settings) -> None:
    user.failures += 1
    if user.failures >= settings.sign_in_failures:
        user.failures = 0
        user.locked_until = now() + timedelta(seconds=settings.lock_out)
