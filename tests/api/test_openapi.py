"""The whole API against its own description: whatever is sent, no 500, and every answer as it is described."""

from __future__ import annotations

from typing import Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings
from schemathesis.specs.openapi.checks import positive_data_acceptance

from api.app import create_app
from api.database.models import Agency, Membership, Role, User
from api.database.tenancy import for_everything
from api.security.passwords import hash_password
from api.settings import Settings
from tests.api.conftest import START, small_files
from tests.api.people import PASSWORD, Person, made

EXAMPLES = 6
HOST = {"Host": "127.0.0.1:8000"}


@pytest.fixture(scope="module")
def desk(tmp_path_factory):
    """A desk of its own, with one agency, its data and its manager."""
    path = tmp_path_factory.mktemp("openapi") / "desk.sqlite"
    without_limits = Settings(
        database=f"sqlite:///{path}",
        sign_ins_per_minute=100_000,
        requests_per_minute=10**7,
        plans_per_agency=10**6,
    )
    app = create_app(without_limits, jobs=False)
    with for_everything(app.state.engine, "tests", writes=True) as session:
        session.add(Agency(id="a", name="Agency A"))
        session.add(User(id="m", email="m@example.org", name="M", password_hash=hash_password(PASSWORD, "")))
        session.flush()
        session.add(Membership(user_id="m", agency_id="a", role=Role.MANAGER))
    made(Person(app, "m@example.org").post(f"/agencies/a/imports?start={START}", files=small_files()))
    yield app
    app.state.engine.dispose()


@pytest.fixture(scope="module")
def operations(desk):
    """Every operation that /openapi.json describes."""
    schema = schemathesis.openapi.from_asgi("/openapi.json", desk, headers=HOST)
    found: Any = schema.get_all_operations()
    return [one.ok() for one in found]


@pytest.fixture(scope="module")
def manager_headers(desk):
    """What the manager sends with every request."""
    manager = Person(desk, "m@example.org")
    cookie = f"careround={manager.client.cookies['careround']}"
    return {**HOST, "Cookie": cookie, "X-CSRF-Token": manager.client.headers["X-CSRF-Token"]}


def try_all(operations, headers, **path):
    """Send each operation a few made-up requests, and compare every answer with the description."""
    for operation in operations:

        @settings(max_examples=EXAMPLES, deadline=None, derandomize=True, database=None,
                  suppress_health_check=list(HealthCheck))  # fmt: skip
        @given(case=operation.as_strategy())
        def of_one(case):
            case.path_parameters = {**(case.path_parameters or {}), **{
                name: value for name, value in path.items() if name in (case.path_parameters or {})
            }}  # fmt: skip
            # What is right in form can still be wrong in sense (a password, a date): 422 then is no fault.
            case.call_and_validate(headers=headers, excluded_checks=[positive_data_acceptance])

        of_one()


def test_of_who_is_not_signed_in(operations):
    try_all(operations, HOST)


def test_of_a_manager(operations, manager_headers):
    """In the own agency. (What ends sessions is left out: the next request would come from nobody.)"""
    kept = [
        one
        for one in operations
        if not one.path.endswith(("/session", "/sessions", "/password", "/accounts"))
    ]
    assert len(kept) > 25
    try_all(kept, manager_headers, agency="a", table="clients")
