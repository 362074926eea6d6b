"""Accounts, sessions, agencies and who may come in."""

from __future__ import annotations

from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from api.database.models import Role
from api.schemas.base import Email, Name, Plain, Secret, Strict

CarerId = Annotated[
    Plain | None, Field(description="For the role carer: who of the agency's carers it is.", examples=["K01"])
]


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


class NewPasswordBody(Strict):
    """The secret at the end of a password link, and the new password."""

    link: Secret
    password: Secret


class PasswordLinkOut(BaseModel):
    """A link that sets a member's password anew, once; give it to that person and to nobody else."""

    link: Annotated[
        str, Field(examples=["https://desk.example.org/password/zHO5p0N9m1qkq4DkTf0WfVgB4lq2c0m6"])
    ]


class AccountOut(BaseModel):
    """The account."""

    email: str


class AgencyBody(Strict):
    """A new agency."""

    name: Annotated[Name, Field(examples=["Valley Care"])]


class InvitationBody(Strict):
    """Somebody who shall come in; a carer's account belongs to one carer of the data."""

    model_config = ConfigDict(
        extra="forbid",
        json_schema_extra={"examples": [{"role": "carer", "carer": "K01"}, {"role": "coordinator"}]},
    )

    role: Role
    carer: CarerId = None


class InvitationOut(BaseModel):
    """A link that makes one account, once; send it to the person yourself."""

    link: str
    role: Role


class MemberOut(BaseModel):
    """Somebody who may come in; `carer` is who of the agency's carers this is."""

    id: str
    name: str
    email: str
    role: Role
    carer: str | None


class RoleBody(Strict):
    """Another role."""

    model_config = ConfigDict(
        extra="forbid", json_schema_extra={"examples": [{"role": "carer", "carer": "K01"}]}
    )

    role: Role
    carer: CarerId = None
