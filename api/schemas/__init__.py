"""What the API takes and gives, by subject. Times are ISO local times of the agency or minutes of the period, money is
pence."""

from api.schemas.accept import OfferedOut, OfferOut, TakeBody, TakeOut
from api.schemas.audit import (
    AuditOut,
)
from api.schemas.base import (
    VISIT,
    Email,
    Name,
    Notes,
    Page,
    PersonId,
    Plain,
    ProblemOut,
    Secret,
    Strict,
)
from api.schemas.calendars import CalendarBody, CalendarMadeOut, CalendarOut
from api.schemas.data import (
    FaultOut,
    ImportOut,
    TableBody,
    TableOut,
    TablesOut,
)
from api.schemas.edits import (
    CandidateOut,
    ChangeOut,
    EditOut,
    ReasonOut,
    VerdictOut,
    WishBody,
)
from api.schemas.judging import (
    CheckOut,
    CostLine,
    CostOut,
    ExplanationOut,
    FindingOut,
    MeasureOut,
)
from api.schemas.own_week import OwnVisitOut, OwnWeekOut
from api.schemas.people import (
    AccountOut,
    AgencyBody,
    AgencyOut,
    InvitationBody,
    InvitationOut,
    JoinBody,
    MemberOut,
    PasswordBody,
    RoleBody,
    SessionOut,
    SignInBody,
)
from api.schemas.personal_data import ErasureBody, ErasureOut, PersonExport
from api.schemas.plans import (
    PlanBody,
    PlanOut,
    PointOut,
)
from api.schemas.rotas import (
    LegBody,
    LegOut,
    PublishBody,
    RotaBody,
    RotaOut,
    RotaWithLegs,
)

__all__ = [
    "VISIT",
    "AccountOut",
    "AgencyBody",
    "AgencyOut",
    "AuditOut",
    "CalendarBody",
    "CalendarMadeOut",
    "CalendarOut",
    "CandidateOut",
    "ChangeOut",
    "CheckOut",
    "CostLine",
    "CostOut",
    "EditOut",
    "Email",
    "ErasureBody",
    "ErasureOut",
    "ExplanationOut",
    "FaultOut",
    "FindingOut",
    "ImportOut",
    "InvitationBody",
    "InvitationOut",
    "JoinBody",
    "LegBody",
    "LegOut",
    "MeasureOut",
    "MemberOut",
    "Name",
    "Notes",
    "OfferOut",
    "OfferedOut",
    "OwnVisitOut",
    "OwnWeekOut",
    "Page",
    "PasswordBody",
    "PersonExport",
    "PersonId",
    "Plain",
    "PlanBody",
    "PlanOut",
    "PointOut",
    "ProblemOut",
    "PublishBody",
    "ReasonOut",
    "RoleBody",
    "RotaBody",
    "RotaOut",
    "RotaWithLegs",
    "Secret",
    "SessionOut",
    "SignInBody",
    "Strict",
    "TableBody",
    "TableOut",
    "TablesOut",
    "TakeBody",
    "TakeOut",
    "VerdictOut",
    "WishBody",
]
