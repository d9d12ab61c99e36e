"""The demo: Lạng Sơn and Hà Nội, with everything its figures are counted from. Built once, idempotent step by step."""

import tempfile
from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

import psycopg

from tiepdan.app import create_app
from tiepdan.config import Settings
from tiepdan.core.actor import Actor
from tiepdan.core.db import forget_session, transaction
from tiepdan.core.scope import enter, platform_scope
from tiepdan.demo.accounts import PASSWORD, Login, make_logins, make_platform_logins
from tiepdan.demo.cases import PLAN, Bodies, make_cases
from tiepdan.demo.desks import make_desk
from tiepdan.demo.district_registers import make_district_registers
from tiepdan.demo.lang_son import BOOK, registers
from tiepdan.demo.level_registers import make_level_registers
from tiepdan.demo.plugins import enable_plugins
from tiepdan.embedded.postgres import ROLES_SQL
from tiepdan.identity.accounts import find_account
from tiepdan.identity.permissions import PERMISSIONS_BY_ROLE, Role
from tiepdan.petitions.service import PetitionFilter, list_petitions
from tiepdan.receptions.register_import import import_register
from tiepdan.receptions.service import receptions_between
from tiepdan.receptions.workbook_template import write_register_workbook
from tiepdan.reports.service import open_round, read_period, run_round
from tiepdan.tenancy.province_file import read_provinces
from tiepdan.tenancy.provisioning import apply
from tiepdan.tenancy.service import TenantView, children, find_tenant, list_tenants

type Say = Callable[[str], None]

TENANTS = ROLES_SQL.parent.parent / "tenants"
PROVINCES = ("lang-son", "ha-noi")
REGIME_START = date(2016, 1, 1)


def build(settings: Settings, say: Say) -> str:
    """Build what is missing of the demo; return the text about tenants and logins.

    Each step sees in the tables whether it was done, so a build that was killed goes on where it stopped.
    """
    app = create_app(settings)
    with app.app_context():
        _provision(settings, say)
        with platform_scope():
            tenants = list_tenants(province_id=_tenant("tinh-uy-lang-son").province_id)
        forget_session()
        say(f"{enable_plugins()} plugin được đề xuất cho các cấp")
        logins = _make_logins(say)
        _import_registers(tenants, say)
        _make_cases(say)
        make_district_registers(say)
        make_level_registers(say)
        _report(say)
    return _describe(logins)


def _provision(settings: Settings, say: Say) -> None:
    files = [TENANTS / name / "tenant.toml" for name in PROVINCES]
    with psycopg.connect(settings.require_owner_url(), autocommit=True) as connection:
        for outcome in apply(
            read_provinces(files), connection, root_key=settings.root_key, on=REGIME_START, actor="demo"
        ):
            if outcome.error is not None:
                raise RuntimeError(outcome.error)
            say(f"{outcome.province}: {sum(outcome.counts.values())} thay đổi")


def _make_logins(say: Say) -> list[Login]:
    """Make one login for every role at the provincial committee, and the head and office of some others."""
    with platform_scope():
        province = _tenant("tinh-uy-lang-son")
        district = _tenant("huyen-uy-cao-loc")
        first, second, *_rest = children(district.id)
        places = [
            (province, "langson", True),
            (district, "caoloc", False),
            (first, "xa1.caoloc", False),
            (second, "xa2.caoloc", False),
            (_tenant("ubnd-tinh-lang-son"), "ubnd.langson", False),
            (_tenant("tand-tinh-lang-son"), "toaan.langson", False),
            (_tenant("quan-uy-hoan-kiem"), "hoankiem", False),
            (_tenant("quan-uy-dong-da"), "dongda", False),
            (_tenant("ubnd-quan-hai-ba-trung"), "haibatrung", False),
        ]
    forget_session()
    logins = make_platform_logins(province.province_id)
    for tenant, short, every_role in places:
        logins += make_logins(tenant, short, every_role=every_role)
    say(f"{len(logins)} tài khoản")
    return logins


def _import_registers(tenants: Sequence[TenantView], say: Say) -> None:
    """Write each body's register of 2022 as a workbook and read it in as `tiepdan import register` does."""
    visits = bodies = 0
    with tempfile.TemporaryDirectory(prefix="tiepdan-demo-") as folder:
        for tenant, entries in registers(tenants):
            if not _has_receptions(tenant, date(2022, 1, 1), date(2022, 6, 30)):
                path = Path(folder) / f"{tenant.slug}.xlsx"
                write_register_workbook(path, entries, sheet=BOOK)
                _import_register(path, tenant)
            visits += sum(not entry.is_empty for entry in entries)
            bodies += 1
            if bodies % 50 == 0:
                say(f"sổ tiếp công dân 2022: {bodies}/{len(tenants)} đơn vị")
    say(f"sổ tiếp công dân 2022: {bodies} đơn vị, {visits} lượt")


def _import_register(path: Path, tenant: TenantView) -> None:
    actor = Actor.system("registers.import", tenant_id=tenant.id)
    with enter(tenant.scope):
        outcome = import_register(path, actor=actor, on=date(2022, 7, 1), all_or_nothing=True)
    forget_session()
    if not outcome.ok:
        raise RuntimeError(f"{path.name}: {outcome.faults}")


def _make_cases(say: Say) -> None:
    """Open matters and desks around the demo's day."""
    with platform_scope():
        province = _tenant("tinh-uy-lang-son")
        district = _tenant("huyen-uy-cao-loc")
        communes = children(district.id)[:2]
        others = [_tenant(s) for s in ("quan-uy-hoan-kiem", "quan-uy-dong-da", "ubnd-quan-hai-ba-trung")]
        handler = find_account("giaiquyet.langson")
        handler_id = handler.id if handler else None
    forget_session()
    wanted = [
        Bodies(province, PLAN, handler_id),
        Bodies(district, PLAN[6:11]),
        *(Bodies(commune, PLAN[4 + 4 * place : 13 : 2]) for place, commune in enumerate(communes)),
        *(Bodies(tenant, PLAN[place + 5 : place + 11]) for place, tenant in enumerate(others)),
    ]
    made = make_cases([body for body in wanted if not _has_petitions(body.tenant)], say)
    if made:
        say(f"{made} vụ việc đang mở")
    for tenant, helper in (
        (province, district),
        (district, communes[0]),
        (communes[0], None),
        *((t, None) for t in others),
    ):
        if not _has_receptions(tenant, date(2024, 6, 1), date(2024, 7, 31)):
            make_desk(tenant, give_work_to=helper)


def _report(say: Say) -> None:
    """Carry the six-month report of 2022 through all three levels, and open that of 2024."""
    with platform_scope():
        province = _tenant("tinh-uy-lang-son")
    forget_session()
    outcome = run_round("qd11", read_period("2022-H1"), province.id, on=date(2022, 6, 30))
    say(f"báo cáo 6 tháng đầu năm 2022: {outcome.units} đơn vị")
    with enter(province.scope), transaction():
        actor = Actor.system(*PERMISSIONS_BY_ROLE[Role.PETITION_OFFICER], tenant_id=province.id)
        open_round("qd11", read_period("2024-H1"), date(2024, 7, 5), actor=actor, on=date(2024, 6, 25))
    forget_session()


def _has_receptions(tenant: TenantView, first: date, last: date) -> bool:
    with enter(tenant.scope):
        found = bool(receptions_between(first, last))
    forget_session()
    return found


def _has_petitions(tenant: TenantView) -> bool:
    with enter(tenant.scope):
        actor = Actor.system("petitions.view", tenant_id=tenant.id)
        found = bool(list_petitions(PetitionFilter(), actor=actor, on=REGIME_START, size=1).items)
    forget_session()
    return found


def _describe(logins: list[Login]) -> str:
    width = max(len(login.login) for login in logins)
    lines = [f"  Mật khẩu của mọi tài khoản / password of every login: {PASSWORD}", ""]
    lines += [f"  {login.login:<{width}}  {login.role} · {login.tenant}" for login in logins]
    pages = {login.tenant: login.slug for login in logins if login.slug}
    lines += ["", *(f"  /t/{slug}/  {name}" for name, slug in pages.items())]
    return "\n".join(lines)


def _tenant(slug: str) -> TenantView:
    tenant = find_tenant(slug)
    if tenant is None:
        raise LookupError(slug)
    return tenant
