"""Accounts, sessions, agencies and who may come in."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, Field

from api.database.models import Role
from api.schemas.base import Email, Name, Secret, Strict


class SignInBody(Strict):
    """E-mail address and password."""

    email: Annotated[str, Field(max_length=254, examples=["mair@example.org"])]
    password: Annotated[str, Field(max_length=200, examples=["three words together"])]


class AgencyOut(BaseModel):
    """An agency and your role in it."""

    id: str
    name: str
    role: Role


class SessionOut(BaseModel):
    """Who is signed in. `csrf` goes into the header X-CSRF-Token of everything that changes something."""

    name: str
    email: str
    csrf: str
    agencies: list[AgencyOut]


class PasswordBody(Strict):
    """The old password and the new one."""

    old: Secret
    new: Secret


class JoinBody(Strict):
    """What makes an account of an invitation: the secret at the end of its link, and who you are."""

    link: Secret
    email: Email
    name: Name
    password: Secret


class AccountOut(BaseModel):
    """The account that was made."""

    email: str


class AgencyBody(Strict):
    """A new agency."""

    name: Annotated[Name, Field(examples=["Valley Care"])]


class InvitationBody(Strict):
    """Somebody who shall come in."""

    role: Role


class InvitationOut(BaseModel):
    """A link that makes one account, once; send it to the person yourself."""

    link: str
    role: Role


class MemberOut(BaseModel):
    """Somebody who may come in."""

    id: str
    name: str
    email: str
    role: Role


class RoleBody(Strict):
    """Another role."""

    role: Role
