"""People who sign in through the front door, as a browser would."""

import re
from http.client import HTTPConnection, HTTPResponse
from http.cookies import SimpleCookie
from urllib.parse import urlencode
from uuid import UUID

from flask import Flask

from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.scope import Scope, enter
from tiepdan.identity.accounts import create_account
from tiepdan.identity.memberships import grant_role
from tiepdan.identity.permissions import Role

PASSWORD = "một cụm từ đủ dài"


class Browser:
    """Cookies and forms, and no more: what prepares a request that is then repeated."""

    def __init__(self, port: int) -> None:
        self.port = port
        self.cookies: dict[str, str] = {}

    def get(self, path: str) -> str:
        """Return a page; raise unless it is one."""
        status, text, _ = self._ask("GET", path)
        if status != 200:
            raise RuntimeError(f"GET {path} answers {status}: {text[:500]}")
        return text

    def post(self, path: str, fields: dict[str, str]) -> tuple[int, str, str]:
        """Send a form; return status, text and where it leads."""
        return self._ask("POST", path, urlencode(fields))

    @property
    def cookie(self) -> str:
        """Return the Cookie header."""
        return "; ".join(f"{name}={value}" for name, value in self.cookies.items())

    def _ask(self, method: str, path: str, body: str | None = None) -> tuple[int, str, str]:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        headers = {"Cookie": self.cookie} if self.cookies else {}
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request(method, path, body, headers)
        answer: HTTPResponse = connection.getresponse()
        text = answer.read().decode()
        for line in answer.headers.get_all("Set-Cookie") or ():
            for name, morsel in SimpleCookie(line).items():
                self.cookies[name] = morsel.value
        connection.close()
        return answer.status, text, answer.headers.get("Location", "")


def hidden_fields(page: str, action: str = "") -> dict[str, str]:
    """Return the hidden fields of a page's form. action: what the form's address must contain."""
    forms = re.findall(r"<form\b.*?</form>", page, re.DOTALL)
    for form in forms:
        if action in form.split(">", 1)[0]:
            inputs = re.findall(r"<input\b[^>]*>", form)
            pairs = [
                (re.search(r'\bname="([^"]+)"', i), re.search(r'\bvalue="([^"]*)"', i))
                for i in inputs
                if 'type="hidden"' in i
            ]
            return {name[1]: value[1] for name, value in pairs if name and value}
    raise RuntimeError(f"no form for {action!r} in a page of {len(page)} letters")


def hire(app: Flask, scope: Scope, login: str, *roles: Role) -> UUID:
    """Make a person of a tenant who can sign in with PASSWORD."""
    with app.app_context(), enter(scope):
        account = create_account(login, "Cán bộ đo tốc độ", password=PASSWORD)
        for role in roles:
            grant_role(account.id, role, actor=Actor.system(), confirmed=True)
        db.session.commit()
        made = account.id
        db.session.remove()
    return made


def sign_in(port: int, login: str, slug: str) -> Browser:
    """Sign a person in and lead them into their tenant."""
    browser = Browser(port)
    fields = hidden_fields(browser.get("/signin"), "/signin")
    status, text, _ = browser.post("/signin", {**fields, "login": login, "password": PASSWORD})
    if status != 303:
        raise RuntimeError(f"{login} cannot sign in: {status} {text[:500]}")
    browser._ask("GET", "/switch")  # with one place of work it leads there and makes it the active one
    browser.get(f"/t/{slug}/desk") if browser._ask("GET", f"/t/{slug}/desk")[0] == 200 else None
    return browser
