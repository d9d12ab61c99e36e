"""A platform of its own for a plugin's tests: real PostgreSQL and Valkey, three levels and a neighbour per test."""

import itertools
import secrets
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from inspect import signature
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import psycopg
from flask import Flask
from flask.testing import FlaskClient

from tiepdan import hookspecs
from tiepdan.app import create_app
from tiepdan.config import Settings
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, transaction
from tiepdan.core.plugins import PerPlugin, collect
from tiepdan.core.scope import PlatformScope, Scope, enter
from tiepdan.counting.records import records_for
from tiepdan.counting.service import count
from tiepdan.embedded import EmbeddedPostgres, EmbeddedValkey, create_roles_and_database
from tiepdan.extensions.service import choose_plugin
from tiepdan.identity.accounts import create_account
from tiepdan.identity.memberships import grant_role
from tiepdan.identity.permissions import Role
from tiepdan.operations.migrate import upgrade
from tiepdan.registers.entries import add_entry
from tiepdan.sdk import Count, Level, Tenant
from tiepdan.tenancy.province_file import read_provinces
from tiepdan.tenancy.provisioning import apply
from tiepdan.tenancy.service import find_tenant, plugin_tenant

_DATABASE = "tiepdan_plugins"
_ADMINISTRATOR = Actor.system("plugins.manage")
_CLERK = Actor.system("registers.edit", "registers.view", "registers.view_restricted")
_numbers = itertools.count(1)

# Lạng Sơn as of 2022-06-30: the province, the district Đình Lập and one of its communes; and a neighbour's commune.
_PROVINCE = """
[province]
slug  = "{slug}"
code  = "20"
as_of = 2022-06-30
"""
_BODY = """
[[body]]
slug = "{slug}"
name = "{name}"
kind = "party_committee"
unit = "{unit}"
"""
_THREE_LEVELS = (
    ("tinh-uy", "Tỉnh ủy thử", "province/20"),
    ("huyen-uy", "Huyện ủy thử", "district/189"),
    ("dang-uy-xa", "Đảng ủy xã thử", "commune/06613"),
)


@dataclass(frozen=True, slots=True)
class LiveTenant:
    """A committee that exists: it is asked as the platform asks, with what is enabled for it."""

    app: Flask
    tenant: Tenant
    scope: Scope

    def enable(
        self, plugin: str, settings: Mapping[str, object] = {}, *, level: Level | None = None, locked: bool = False
    ) -> None:
        """Enable a plugin here, or for all units of a level below. Raises what the page of plugins would show."""
        self._choose(plugin, settings, enabled=True, level=level, locked=locked)

    def disable(self, plugin: str) -> None:
        """Switch a plugin off here."""
        self._choose(plugin, {}, enabled=False, level=None, locked=False)

    def ask(self, hook: str, **arguments: object) -> dict[str, object]:
        """Ask every plugin enabled here; return the answers by plugin, without those that say nothing.

        arguments: of the hook beside `tenant`, `records` and `settings`. Raises AssertionError naming the plugins that
        failed: by an exception, by being slow, or by an answer the platform refuses.
        """
        known = {**arguments, "tenant": self.tenant, "records": PerPlugin(records_for)}
        wanted = signature(getattr(hookspecs, hook)).parameters
        given: dict[str, Any] = {name: value for name, value in known.items() if name in wanted}
        with self._entered():
            answers = collect(hook, **given)
        assert not answers.failed, f"{hook}: the platform leaves out {', '.join(answers.failed)}"
        return {answer.plugin: answer.value for answer in answers}

    def add_entry(self, plugin: str, register: str, values: Mapping[str, object], on: date) -> None:
        """Write an entry into a register of a plugin, as the form does. Raises Invalid as the form would show."""
        with self._entered(), transaction():
            add_entry(plugin, register, values, actor=_CLERK, on=on)

    def count(self, plugin: str, what: Count, first: date, last: date) -> int:
        """Count as a report of the plugin does. Raises ValueError for no such record or field."""
        with self._entered():
            return count(what, plugin=plugin, first=first, last=last)

    def sign_in(self, *roles: str) -> FlaskClient:
        """Return the browser of a new member with these roles, such as "petition_officer"."""
        login, password = f"person{next(_numbers)}@plugins.test", secrets.token_urlsafe(16)
        with self._entered(), transaction():
            account = create_account(login, "Người thử", password=password)
            for role in roles:
                grant_role(account.id, Role(role), actor=Actor.system(), confirmed=True)
        browser = self.app.test_client()
        page = browser.get("/signin").text
        token = page.split('name="csrf_token"', 1)[1].split('value="', 1)[1].split('"', 1)[0]
        answer = browser.post("/signin", data={"login": login, "password": password, "csrf_token": token})
        assert answer.status_code == 303, answer.text
        return browser

    def url(self, path: str = "/") -> str:
        """Return the address of one of its pages."""
        return f"/t/{self.scope.slug}{path}"

    def _choose(
        self, plugin: str, settings: Mapping[str, object], *, enabled: bool, level: Level | None, locked: bool
    ) -> None:
        with self._entered(), transaction():
            choose_plugin(
                plugin, enabled=enabled, settings=settings, actor=_ADMINISTRATOR, for_level=level, locked=locked
            )

    @contextmanager
    def _entered(self) -> Iterator[None]:
        with self.app.app_context(), enter(self.scope):
            try:
                yield
            finally:
                db.session.remove()


@dataclass(frozen=True, slots=True)
class LiveTenants:
    """A province with its district and its commune, and a commune of another province."""

    province: LiveTenant
    district: LiveTenant
    commune: LiveTenant
    neighbour: LiveTenant

    def __iter__(self) -> Iterator[LiveTenant]:
        return iter((self.province, self.district, self.commune, self.neighbour))


@dataclass(frozen=True, slots=True)
class LivePlatform:
    """A platform that runs for as long as the tests do."""

    app: Flask
    owner_url: str
    root_key: bytes

    def make_tenants(self) -> LiveTenants:
        """Make committees nobody else has met."""
        number = next(_numbers)
        ours = [(f"{slug}-{number}", name, unit) for slug, name, unit in _THREE_LEVELS]
        stranger = [(f"{slug}-khac-{number}", f"{name} khác", unit) for slug, name, unit in _THREE_LEVELS]
        self._provision(f"tinh-{number}", ours)
        self._provision(f"tinh-khac-{number}", stranger)
        return LiveTenants(*(self._tenant(slug) for slug in (*(slug for slug, *_ in ours), stranger[-1][0])))

    def _provision(self, slug: str, bodies: list[tuple[str, str, str]]) -> None:
        text = _PROVINCE.format(slug=slug)
        text += "".join(_BODY.format(slug=body, name=name, unit=unit) for body, name, unit in bodies)
        with TemporaryDirectory() as folder, psycopg.connect(self.owner_url) as connection:
            file = Path(folder) / "tenant.toml"
            file.write_text(text, encoding="utf-8")
            [outcome] = apply(
                read_provinces([file]), connection, root_key=self.root_key, on=date(2022, 6, 30), actor="tests"
            )
        if outcome.error:
            raise RuntimeError(outcome.error)

    def _tenant(self, slug: str) -> LiveTenant:
        with self.app.app_context(), enter(PlatformScope()):
            found = find_tenant(slug)
            db.session.remove()
        assert found is not None
        return LiveTenant(self.app, plugin_tenant(found), found.scope)


@contextmanager
def start_platform(folder: Path, day: date) -> Iterator[LivePlatform]:
    """Start both servers in a folder, migrate, and make the application; its clock stands on the day."""
    root_key = secrets.token_bytes(32)
    passwords = {role: secrets.token_urlsafe(16) for role in ("tiepdan_owner", "tiepdan_app")}
    with EmbeddedPostgres(folder / "postgres") as postgres, EmbeddedValkey(folder / "valkey") as valkey:
        create_roles_and_database(postgres.superuser_url, _DATABASE, passwords)
        owner_url = postgres.url(_DATABASE, "tiepdan_owner", passwords["tiepdan_owner"])
        upgrade(owner_url)
        settings = Settings(
            database_url=postgres.url(_DATABASE, "tiepdan_app", passwords["tiepdan_app"]),
            database_owner_url=owner_url,
            redis_url=valkey.url,
            secret_key=secrets.token_urlsafe(48),
            root_key=root_key,
            environment="test",
            attachments_dir=folder,
            clock=day,
            metrics_port=0,
            log_level="WARNING",
        )
        yield LivePlatform(create_app(settings), owner_url, root_key)
