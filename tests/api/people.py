"""Somebody at the desk: a client of the API who is signed in and sends what has to come with every change."""

from __future__ import annotations

from typing import Any

from fastapi import FastAPI
from fastapi.testclient import TestClient

BASE = "http://127.0.0.1:8000"
PASSWORD = "three words together"
V1 = "/api/v1"


class Person:
    """`get("/check")` and so on are below the path given at the last `at`."""

    def __init__(self, app: FastAPI, email: str | None = None, base: str = BASE) -> None:
        # Not as a context manager: no jobs are started for the tests that do not ask for them.
        self.client = TestClient(app, base_url=base, raise_server_exceptions=False)
        self.email = email
        if email is not None:
            self.sign_in(email)

    def sign_in(self, email: str, password: str = PASSWORD) -> None:
        answer = self.client.post(f"{V1}/session", json={"email": email, "password": password})
        assert answer.status_code == 200, answer.text
        self.client.headers["X-CSRF-Token"] = answer.json()["csrf"]

    def ask(self, method: str, path: str, version: int | None = None, **more: Any) -> Any:
        """Any request; `version` goes into If-Match."""
        headers = dict(more.pop("headers", {}))
        if version is not None:
            headers["If-Match"] = f'"{version}"'
        return self.client.request(
            method, path if path.startswith(V1) else V1 + path, headers=headers, **more
        )

    def get(self, path: str, **more: Any) -> Any:
        return self.ask("GET", path, **more)

    def post(self, path: str, json: Any = None, version: int | None = None, **more: Any) -> Any:
        return self.ask("POST", path, version, json=json, **more)

    def put(self, path: str, json: Any = None, version: int | None = None, **more: Any) -> Any:
        return self.ask("PUT", path, version, json=json, **more)

    def delete(self, path: str) -> Any:
        return self.ask("DELETE", path)


def made(answer: Any) -> Any:
    """The content of an answer that must have gone well."""
    assert answer.status_code in (200, 201), answer.text
    return answer.json()


def refused(answer: Any, status: int, words: str = "") -> Any:
    """The problem+json of an answer that must not have gone well."""
    assert answer.status_code == status, (answer.status_code, answer.text)
    assert answer.headers["content-type"] == "application/problem+json"
    body = answer.json()
    assert body["status"] == status
    assert words in body["detail"], body["detail"]
    return body
