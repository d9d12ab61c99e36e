"""Fixtures of all tests: one real PostgreSQL and Valkey, a database per worker, fresh tenants per test.

Tests commit. They do not meet, because each makes tenants of its own and a tenant sees nothing else.
"""

import base64
import itertools
import os
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, ExitStack, contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any
from uuid import UUID

import psycopg
import pytest
import sqlalchemy as sa
from flask import Flask
from flask.testing import FlaskClient

from tests.scheduling import JourneysTogether
from tests.support import PASSWORD, csrf_of
from tiepdan.app import create_app
from tiepdan.config import Settings
from tiepdan.core.actor import Actor
from tiepdan.core.crypto import new_tenant_keys
from tiepdan.core.db import db
from tiepdan.core.scope import PlatformScope, Scope, enter
from tiepdan.embedded import EmbeddedPostgres, EmbeddedValkey, create_roles_and_database
from tiepdan.identity.accounts import create_account
from tiepdan.identity.memberships import grant_role
from tiepdan.identity.permissions import PERMISSIONS_BY_ROLE, Role
from tiepdan.operations.migrate import upgrade

ROOT_KEY = bytes(range(32))
BUSINESS_DAY = date(2024, 6, 28)
_PASSWORDS = {"tiepdan_owner": "owner-of-tests", "tiepdan_app": "app-of-tests"}
_numbers = itertools.count(1)


@dataclass(frozen=True)
class Servers:
    """Addresses of the servers this run started."""

    superuser_url: str
    redis_url: str


@pytest.fixture(scope="session")
def servers(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Servers]:
    """Give the run's one PostgreSQL and one Valkey: the controller's under xdist, otherwise our own."""
    given = getattr(request.config, "workerinput", {}).get("servers")
    if given is not None:
        yield Servers(*given)
        return
    with start_servers(tmp_path_factory.mktemp("servers")) as servers:
        yield servers


@contextmanager
def start_servers(folder: Path) -> Iterator[Servers]:
    """Start both servers and migrate the template database."""
    with EmbeddedPostgres(folder / "pg") as postgres, EmbeddedValkey(folder / "valkey") as valkey:
        create_roles_and_database(postgres.superuser_url, "template_tiepdan", _PASSWORDS)
        upgrade(postgres.url("template_tiepdan", "tiepdan_owner", _PASSWORDS["tiepdan_owner"]))
        yield Servers(postgres.superuser_url, valkey.url)


class SharedServers:
    """The controller's plugin: servers start before the first worker and stop after the last."""

    def __init__(self) -> None:
        self.stack = ExitStack()
        self.servers: Servers | None = None

    @pytest.hookimpl(optionalhook=True)
    def pytest_configure_node(self, node: Any) -> None:
        """Tell a worker where the servers are."""
        if self.servers is None:
            folder = Path(self.stack.enter_context(TemporaryDirectory(prefix="tiepdan-tests-")))
            folder.chmod(0o755)  # root's PostgreSQL runs as another user, who must get through
            self.servers = self.stack.enter_context(start_servers(folder))
        node.workerinput["servers"] = (self.servers.superuser_url, self.servers.redis_url)

    @pytest.hookimpl(optionalhook=True)
    def pytest_xdist_make_scheduler(self, config: pytest.Config, log: Any) -> JourneysTogether:
        """Say which worker takes which test."""
        return JourneysTogether(config, log)

    def pytest_unconfigure(self) -> None:
        """Stop the servers."""
        self.stack.close()


def pytest_configure(config: pytest.Config) -> None:
    """Only the controller of a parallel run starts servers for others."""
    if not hasattr(config, "workerinput"):
        config.pluginmanager.register(SharedServers(), "tiepdan-servers")


@pytest.fixture(scope="session")
def worker_id() -> str:
    return os.environ.get("PYTEST_XDIST_WORKER", "master")


@dataclass(frozen=True)
class Database:
    """One worker's database, with an address for each role that signs in."""

    name: str
    superuser_url: str
    owner_url: str
    app_url: str


@pytest.fixture(scope="session")
def make_database() -> Callable[[Servers, str], Database]:
    """Make another database: make_database(servers, "name")."""
    return copy_template


def copy_template(servers: Servers, name: str) -> Database:
    """Copy the migrated template."""
    with psycopg.connect(servers.superuser_url, autocommit=True) as connection:
        connection.execute(f'DROP DATABASE IF EXISTS "{name}" WITH (FORCE)')
        connection.execute("SELECT pg_advisory_lock(42)")
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE template_tiepdan OWNER tiepdan_owner')
        connection.execute(f'REVOKE ALL ON DATABASE "{name}" FROM PUBLIC')
        connection.execute(f'GRANT CONNECT ON DATABASE "{name}" TO tiepdan_app, tiepdan_data, tiepdan_provision')

    def url(user: str, password: str) -> str:
        host = servers.superuser_url.split("?", 1)[1]
        return f"postgresql://{user}:{password}@/{name}?{host}"

    superuser = servers.superuser_url.replace("/postgres?", f"/{name}?")
    return Database(
        name,
        superuser,
        url("tiepdan_owner", _PASSWORDS["tiepdan_owner"]),
        url("tiepdan_app", _PASSWORDS["tiepdan_app"]),
    )


@pytest.fixture(scope="session")
def database(servers: Servers, worker_id: str) -> Database:
    return copy_template(servers, f"tiepdan_{worker_id}")


@pytest.fixture(scope="session")
def settings(
    database: Database, servers: Servers, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Settings:
    number = 0 if worker_id == "master" else int(worker_id.removeprefix("gw")) + 1
    joiner = "&" if "?" in servers.redis_url else "?"
    redis_url = (
        f"{servers.redis_url}{joiner}db={number}"
        if servers.redis_url.startswith("unix")
        else f"{servers.redis_url.rstrip('/')}/{number}"
    )
    return Settings(
        database_url=database.app_url,
        database_owner_url=database.owner_url,
        redis_url=redis_url,
        secret_key="a secret of the tests only, 0123456789",
        root_key=ROOT_KEY,
        environment="test",
        attachments_dir=tmp_path_factory.mktemp("attachments"),
        clock=BUSINESS_DAY,
        metrics_port=0,
        log_level="WARNING",
    )


@pytest.fixture(scope="session")
def app(settings: Settings) -> Flask:
    app = create_app(settings)
    app.config["TESTING"] = False  # the error handlers are part of what is tested
    app.config["PROPAGATE_EXCEPTIONS"] = False
    return app


@pytest.fixture
def client(app: Flask) -> FlaskClient:
    return app.test_client()


@pytest.fixture(scope="session")
def engine(app: Flask) -> sa.Engine:
    """The application's engine: tiepdan_app."""
    with app.app_context():
        return db.engine


@pytest.fixture(scope="session")
def superuser(database: Database) -> Iterator[psycopg.Connection]:
    """A connection that sees everything, for asking what really is in the tables."""
    with psycopg.connect(database.superuser_url, autocommit=True) as connection:
        yield connection


@dataclass(frozen=True)
class TenantHandle:
    """A tenant made for a test."""

    id: int
    slug: str
    path: str
    level: str
    branch: str
    province_id: int

    @property
    def scope(self) -> Scope:
        return Scope(self.id, self.slug, self.path)

    def url(self, path: str = "/") -> str:
        return f"/t/{self.slug}{path}"


type MakeTenant = Callable[..., TenantHandle]

_KINDS = {"party": "party_committee", "state": "peoples_committee", "judicial": "judicial_body"}
_NAMES = {
    ("party", "province"): "Tỉnh ủy",
    ("party", "district"): "Huyện ủy",
    ("party", "commune"): "Đảng ủy xã",
    ("state", "province"): "UBND tỉnh",
    ("state", "district"): "UBND huyện",
    ("state", "commune"): "UBND xã",
    ("judicial", "province"): "Tòa án nhân dân tỉnh",
}


@pytest.fixture
def make_tenant(superuser: psycopg.Connection) -> MakeTenant:
    """Make a tenant: make_tenant(level="commune", superior=district, branch="party", state="active")."""

    def make(
        level: str = "commune",
        superior: TenantHandle | None = None,
        branch: str = "party",
        state: str = "active",
        kind: str | None = None,
        name: str | None = None,
        since: date = date(2019, 1, 1),
    ) -> TenantHandle:
        number = next(_numbers)
        slug = f"{level}-{os.getpid()}-{number}"
        if superior is None:
            province_id = superuser.execute(
                "INSERT INTO province (slug, code, name, as_of, regime, catalogue) VALUES (%s, '20', %s, '2022-06-30', 'three-levels', '2022') RETURNING id",
                [f"p-{slug}", f"Tỉnh {number}"],
            ).fetchone()[0]
        else:
            province_id = superior.province_id
        tenant_id = superuser.execute("SELECT nextval(pg_get_serial_sequence('tenant', 'id'))").fetchone()[0]
        path = f"{superior.path}.t{tenant_id}" if superior else f"t{tenant_id}"
        keys = new_tenant_keys(ROOT_KEY, tenant_id)
        title = name or f"{_NAMES.get((branch, level), 'Cơ quan')} thử {number}"
        superuser.execute(
            """INSERT INTO tenant (id, slug, name, short_name, kind, branch, level, regime, catalogue, unit_level, unit_code,
                                   path, superior_id, province_id, state, public_key)
               OVERRIDING SYSTEM VALUE
               VALUES (%s, %s, %s, %s, %s, %s, %s, 'three-levels', '2022', %s, %s, %s, %s, %s, %s, %s)""",
            [tenant_id, slug, title, title, kind or _KINDS[branch], branch, level, level, f"{number:05d}", path,
             superior.id if superior else None, province_id, state, keys.public_key],
        )  # fmt: skip
        superuser.execute(
            "INSERT INTO tenant_key (tenant_id, wrapped_key, wrapped_private_key) VALUES (%s, %s, %s)",
            [tenant_id, keys.wrapped_key, keys.wrapped_private_key],
        )
        if superior:
            superuser.execute(
                "INSERT INTO superior (tenant_id, superior_id, valid_from) VALUES (%s, %s, %s)",
                [tenant_id, superior.id, since],
            )
        return TenantHandle(tenant_id, slug, path, level, branch, province_id)

    return make


@pytest.fixture
def two_tenants(make_tenant: MakeTenant) -> tuple[TenantHandle, TenantHandle]:
    """Two communes that have nothing to do with each other."""
    return make_tenant(), make_tenant()


@dataclass(frozen=True)
class ThreeLevels:
    """A province, a district and two communes of it, a neighbouring district, and a stranger province."""

    province: TenantHandle
    district: TenantHandle
    commune: TenantHandle
    sibling: TenantHandle
    other_district: TenantHandle
    stranger: TenantHandle


@pytest.fixture
def three_levels(make_tenant: MakeTenant) -> ThreeLevels:
    province = make_tenant("province")
    district = make_tenant("district", province)
    return ThreeLevels(
        province=province,
        district=district,
        commune=make_tenant("commune", district),
        sibling=make_tenant("commune", district),
        other_district=make_tenant("district", province),
        stranger=make_tenant("province"),
    )


@dataclass(frozen=True)
class AccountHandle:
    """A person who can sign in with PASSWORD."""

    id: UUID
    login: str


type MakeAccount = Callable[..., AccountHandle]


@pytest.fixture
def make_account(app: Flask) -> MakeAccount:
    """Make a person: make_account(tenant, "committee_head", "petition_officer", confirmed=True)."""

    def make(
        tenant: TenantHandle | None = None, *roles: str, confirmed: bool = True, name: str = "Người thử"
    ) -> AccountHandle:
        login = f"person{next(_numbers)}-{os.getpid()}@test"
        scope = tenant.scope if tenant else PlatformScope()
        with app.app_context(), enter(scope):
            account = create_account(login, name, password=PASSWORD)
            for role in roles:
                grant_role(account.id, Role(role), actor=Actor.system(), confirmed=confirmed)
            db.session.commit()
            return AccountHandle(account.id, login)

    return make


@pytest.fixture
def sign_in(app: Flask) -> Callable[[AccountHandle], FlaskClient]:
    """Sign a person in by the form and return their browser."""

    def sign_in(account: AccountHandle) -> FlaskClient:
        client = app.test_client()
        token = csrf_of(client, "/signin")
        answer = client.post("/signin", data={"login": account.login, "password": PASSWORD, "csrf_token": token})
        assert answer.status_code == 303, answer.text
        return client

    return sign_in


@pytest.fixture
def entered(app: Flask) -> Callable[..., AbstractContextManager[Actor]]:
    """Work in a tenant: `with entered(tenant, "petition_officer") as actor:`; words with a dot are permissions.

    A new session each time, committed at the end unless the block raises.
    """

    @contextmanager
    def entered(tenant: TenantHandle, *rights: str, account: UUID | None = None) -> Iterator[Actor]:
        permissions = {right for right in rights if "." in right}
        roles = {right for right in rights if "." not in right}
        for role in roles:
            permissions |= PERMISSIONS_BY_ROLE[Role(role)]
        from tiepdan.core.db import transaction

        with app.app_context(), enter(tenant.scope):
            try:
                with transaction():
                    yield Actor(account, "Người thử", frozenset(roles), frozenset(permissions), tenant.id)
            finally:
                db.session.remove()

    return entered


def root_key_text() -> str:
    """The root key as the environment would hold it."""
    return base64.b64encode(ROOT_KEY).decode()
