"""Agencies and the people who may come in."""

from __future__ import annotations

from typing import Annotated

from fastapi import APIRouter, Path, Query, Request
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from api.database.models import Agency, Membership, PersonKind, Role, User
from api.database.tenancy import for_everything
from api.desk.judged import measured
from api.desk.people import person as find_person
from api.desk.rotas import published
from api.errors import Trouble, not_found
from api.routes.accounts import agencies_of
from api.schemas import (
    AgencyBody,
    AgencyOut,
    InvitationBody,
    InvitationOut,
    MeasureNamed,
    MeasuresOverWeeksOut,
    MemberOut,
    PasswordLinkOut,
    RoleBody,
    WeekMeasuresOut,
)
from api.security import resets
from api.security.accounts import invite, link
from api.security.guard import Aggregates, Managing, SignedIn, engine_of
from api.security.rights import Right
from scheduler.measures import MEASURES

router = APIRouter(tags=["agencies"])
Weeks = Annotated[int, Query(ge=1, le=60, description="So many rotas at the most.")]
UserId = Annotated[str, Path(description="The member's id.", max_length=60)]


@router.get("/agencies", summary="Your agencies")
def get_agencies(request: Request, person: SignedIn) -> list[AgencyOut]:
    """Those in which you have a role."""
    return agencies_of(engine_of(request), person)


@router.post("/agencies", status_code=201, summary="A new agency")
def post_agency(request: Request, person: SignedIn, body: AgencyBody) -> AgencyOut:
    """For those who manage an agency already, and for the first user; you become its manager."""
    with for_everything(engine_of(request), person.user, writes=True) as session:
        roles = session.scalars(select(Membership.role).where(Membership.user_id == person.user)).all()
        anybody = session.scalar(select(func.count()).select_from(Membership))
        if Role.MANAGER not in roles and anybody:
            raise Trouble(403, "Only those who manage an agency can make another.")
        agency = Agency(name=body.name)
        session.add(agency)
        session.flush()
        session.add(Membership(user_id=person.user, agency_id=agency.id, role=Role.MANAGER))
        return AgencyOut(id=agency.id, name=agency.name, role=Role.MANAGER)


@router.get("/agencies/{agency}", summary="One agency")
def get_agency(desk: Aggregates) -> AgencyOut:
    """Its name and your role."""
    return AgencyOut(id=desk.agency, name=desk.agency_name, role=desk.role)


@router.get("/agencies/{agency}/measures", summary="Measures over weeks")
def get_measures_over_weeks(desk: Aggregates, weeks: Weeks = 12) -> MeasuresOverWeeksOut:
    """Every measure of each published rota, the newest days first, so that they can be set side by side. A commissioner
    gets no sums of a rota of a handful of clients (null)."""
    with desk.reading() as session:
        found = [
            WeekMeasuresOut(
                rota=kept.id,
                start=start,
                days=days,
                number=kept.number or 0,
                values=dict(values) if values is not None else None,
            )
            for kept, start, days in published(session, weeks)
            for values in [measured(session, kept, desk.may(Right.SEE))]
        ]
    names = [MeasureNamed(name=one.name, unit=one.unit, doc=one.doc) for one in MEASURES]
    return MeasuresOverWeeksOut(measures=names, weeks=found)


@router.get("/agencies/{agency}/members", summary="Who may come in")
def get_members(desk: Managing) -> list[MemberOut]:
    """Everybody with a role here, by name."""
    with desk.reading() as session:
        return members(session)


def members(session: Session) -> list[MemberOut]:
    """The members of the session's agency."""
    rows = session.execute(
        select(User, Membership).join(Membership, Membership.user_id == User.id).order_by(User.name, User.id)
    ).all()
    return [member_out(user, member) for user, member in rows]


def member_out(user: User, member: Membership) -> MemberOut:
    """A member as it is sent."""
    return MemberOut(id=user.id, name=user.name, email=user.email, role=member.role, carer=member.carer)


@router.post("/agencies/{agency}/invitations", status_code=201, summary="Let somebody in")
def post_invitation(desk: Managing, body: InvitationBody) -> InvitationOut:
    """A link that gives one account, new or there already, this role, once; it is shown only now."""
    with desk.writing() as session:
        carer = _carer_of(session, body.role, body.carer)
        secret = invite(session, desk.settings, desk.agency, body.role, carer)
    return InvitationOut(link=link(desk.settings, secret), role=body.role)


@router.put("/agencies/{agency}/members/{user}", summary="Another role")
def put_member(desk: Managing, user: UserId, body: RoleBody) -> MemberOut:
    """Takes effect at once. The last manager stays one."""
    with desk.writing() as session:
        member = _member(session, desk.agency, user)
        if body.role is not Role.MANAGER:
            _another_manager(session, member)
        member.carer = _carer_of(session, body.role, body.carer)
        member.role = body.role
        return member_out(session.get_one(User, user), member)


@router.delete("/agencies/{agency}/members/{user}", status_code=204, summary="Let somebody in no more")
def delete_member(desk: Managing, user: UserId) -> None:
    """Takes effect at once. The last manager stays."""
    with desk.writing() as session:
        member = _member(session, desk.agency, user)
        _another_manager(session, member)
        session.delete(member)


@router.post(
    "/agencies/{agency}/members/{user}/password-link", status_code=201, summary="For a forgotten password"
)
def post_password_link(desk: Managing, user: UserId) -> PasswordLinkOut:
    """A link with which this member sets the password anew, once; it is shown only now. Not for somebody who belongs
    to another agency too (409)."""
    secret = resets.give(desk.engine, desk.settings, desk.agency, user, desk.person.user)
    return PasswordLinkOut(link=resets.link(desk.settings, secret))


def _member(session: Session, agency: str, user: str) -> Membership:
    found = session.get(Membership, (user, agency))
    if found is None:
        raise not_found("member")
    return found


def _carer_of(session: Session, role: Role, carer: str | None) -> str | None:
    """Who of the agency's carers an account of that role is. Raises Trouble where that does not fit."""
    if role is not Role.CARER:
        if carer is not None:
            raise Trouble(422, f"Only an account of the role {Role.CARER} belongs to one carer.")
        return None
    if carer is None:
        raise Trouble(422, "Say which carer of the agency's data this account is for.")
    return find_person(session, PersonKind.CARER, carer).id


def _another_manager(session: Session, member: Membership) -> None:
    others = select(func.count()).select_from(Membership).where(
        Membership.role == Role.MANAGER, Membership.user_id != member.user_id
    )  # fmt: skip
    if member.role is Role.MANAGER and not session.scalar(others):
        raise Trouble(409, "This is the last manager: make somebody else a manager first.")
