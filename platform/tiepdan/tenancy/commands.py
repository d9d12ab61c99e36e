"""`tiepdan tenants …`: what provincial IT administrators and operators type."""

import getpass
import json
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import NoReturn

import click
import psycopg
from flask_babel import gettext as _

from tiepdan.config import ConfigError, Settings, load_settings
from tiepdan.core.clock import day_of, now
from tiepdan.sdk import Level
from tiepdan.tenancy import provisioning
from tiepdan.tenancy.catalogue import UncoveredDay, catalogue
from tiepdan.tenancy.changes import ACTION_NAMES, Action
from tiepdan.tenancy.faults import InvalidFiles
from tiepdan.tenancy.new_file import province_slug, write_tenant_file
from tiepdan.tenancy.province_file import read_provinces
from tiepdan.tenancy.regimes import regime_on
from tiepdan.tenancy.roster import list_tenants, show_tenant
from tiepdan.tenancy.stored import Connection

_FILES = click.argument("files", nargs=-1, required=True, type=click.Path(path_type=Path))
_JSON = click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
_DAY = click.DateTime(["%Y-%m-%d"])
_ON = click.option("--on", "on", type=_DAY, help="Ngày tính việc đổi cấp trên, đóng đường báo cáo; mặc định hôm nay.")


@click.group()
def tenants() -> None:
    """Các cơ quan trên nền tảng: khai báo, xem trước, áp dụng, tạm ngừng."""


@tenants.command()
@click.argument("slug")
@click.option("--province", required=True, help="Mã tỉnh, hai chữ số, ví dụ 20.")
@click.option("--as-of", "as_of", required=True, type=_DAY, help="Đơn vị hành chính như trong ngày này.")
@click.option("--folder", type=click.Path(path_type=Path), default=Path("tenants"), show_default=True)
@click.option("--force", is_flag=True, help="Ghi đè tệp đã có.")
def new(slug: str, province: str, as_of: datetime, folder: Path, force: bool) -> None:
    """Viết tệp tenants/SLUG/tenant.toml ban đầu cho một tỉnh."""
    path = folder / slug / "tenant.toml"
    try:
        units = catalogue(as_of.date())
    except UncoveredDay as error:
        _give_up(str(error))
    unit = units.find(Level.PROVINCE, province)
    if unit is None:
        known = ", ".join(code for level, code in units.units if level is Level.PROVINCE)
        _give_up(_("Không có tỉnh mã “%(code)s” ngày này; các mã là %(known)s.", code=province, known=known))
    if province_slug(unit) != slug:
        click.echo(
            _("Lưu ý: %(name)s thường có slug “%(usual)s”.", name=unit.name, usual=province_slug(unit)),
            err=True,
        )
    if path.exists() and not force:
        _give_up(_("Đã có %(path)s; thêm --force để ghi đè.", path=path))
    text = write_tenant_file(slug, units, regime_on(as_of.date()), unit, as_of.date())
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    with _told_faults(as_json=False):
        [written] = read_provinces([path])
    click.echo(_("Đã viết %(path)s: %(count)s cơ quan.", path=path, count=len(written.bodies)))
    click.echo(_("Bước tiếp theo: tiepdan tenants plan %(path)s", path=path))


@tenants.command()
@_FILES
@_ON
@_JSON
@click.option("--all", "show_all", is_flag=True, help="In mọi thay đổi, không rút gọn.")
def plan(files: tuple[Path, ...], on: datetime | None, as_json: bool, show_all: bool) -> None:
    """Xem trước: các tệp sẽ thay đổi những gì. Không thay đổi gì."""
    with _told_faults(as_json):
        provinces = read_provinces(files)
        settings = _settings()
        with _connect(settings) as connection:
            found = provisioning.plan(provinces, connection, on=_day(on, settings))
    if as_json:
        _print_json({"ok": True, "changes": not found.is_empty, "provinces": found.as_json()})
    else:
        for line in found.lines(limit=sys.maxsize if show_all else 40):
            click.echo(line)


@tenants.command()
@_FILES
@_ON
@_JSON
@click.option("--yes", is_flag=True, help="Không hỏi lại.")
def apply(files: tuple[Path, ...], on: datetime | None, as_json: bool, yes: bool) -> None:
    """Áp dụng các tệp; mỗi tỉnh một giao dịch, chạy lại không đổi gì thêm."""
    with _told_faults(as_json):
        provinces = read_provinces(files)
        settings = _settings()
        with _connect(settings) as connection:
            day = _day(on, settings)
            if not yes:
                found = provisioning.plan(provinces, connection, on=day)
                for line in found.lines():
                    click.echo(line, err=as_json)
                if not found.is_empty:
                    click.confirm(_("Áp dụng các thay đổi này?"), abort=True, err=as_json)
            outcomes = provisioning.apply(
                provinces,
                connection,
                root_key=settings.root_key,
                on=day,
                actor=_who(),
                progress=_progress,
            )
    failed = [outcome for outcome in outcomes if outcome.error]
    if as_json:
        _print_json({"ok": not failed, "provinces": [outcome.as_json() for outcome in outcomes]})
    else:
        for outcome in outcomes:
            if not outcome.error:
                click.echo(f"{outcome.province}: {_summary(outcome.counts)}")
    for outcome in failed:
        click.echo(
            _("%(province)s: KHÔNG áp dụng. %(error)s", province=outcome.province, error=outcome.error),
            err=True,
        )
    if failed:
        click.echo(_("Sửa rồi chạy lại cùng lệnh; các tỉnh khác đã xong sẽ không đổi."), err=True)
        sys.exit(1)


@tenants.command("list")
@click.option("--province", help="Chỉ một tỉnh (slug).")
@click.option("--state", help="Chỉ một trạng thái, ví dụ suspended.")
@_JSON
def list_command(province: str | None, state: str | None, as_json: bool) -> None:
    """Liệt kê các cơ quan."""
    with _connect(_settings()) as connection:
        rows = list_tenants(connection, province=province, state=state)
    if as_json:
        _print_json(rows)
        return
    for row in rows:
        indent = "  " * (str(row["path"]).count("."))
        mark = "" if row["state"] == "active" else f"  [{row['state']}]"
        click.echo(f"{indent}{row['slug']}  {row['name']}{mark}")
    click.echo(_("%(count)s cơ quan.", count=len(rows)) if rows else _("Chưa có cơ quan nào; xem tiepdan tenants new."))


@tenants.command()
@click.argument("slug")
@_JSON
def show(slug: str, as_json: bool) -> None:
    """Xem một cơ quan: cấp trên qua các thời kỳ, đường báo cáo, tên máy chủ, plugin."""
    with _connect(_settings()) as connection:
        found = show_tenant(connection, slug)
    if found is None:
        _give_up(_("Không có cơ quan “%(slug)s”; xem tiepdan tenants list.", slug=slug))
    if as_json:
        _print_json(found)
        return
    for key, value in found.items():
        if isinstance(value, list):
            click.echo(f"{key}:" + ("" if value else " —"))
            for item in value:
                click.echo("  " + (", ".join(f"{k} {v}" for k, v in item.items() if v is not None)))
        else:
            click.echo(f"{key}: {'—' if value is None else value}")


@tenants.command()
@click.argument("slug")
@_JSON
def suspend(slug: str, as_json: bool) -> None:
    """Tạm ngừng: công dân thấy thông báo, cán bộ chỉ đọc."""
    _set_state(slug, "suspended", ("active", "draft", "read_only"), as_json)


@tenants.command()
@click.argument("slug")
@_JSON
def resume(slug: str, as_json: bool) -> None:
    """Cho hoạt động lại sau khi tạm ngừng."""
    _set_state(slug, "active", ("suspended", "read_only"), as_json)


def _set_state(slug: str, state: str, allowed: tuple[str, ...], as_json: bool) -> None:
    with _connect(_settings()) as connection:
        try:
            changed = provisioning.set_state(connection, slug, state=state, allowed=allowed, actor=_who())
        except (LookupError, ValueError) as error:
            _give_up(str(error))
    if as_json:
        _print_json({"ok": True, "slug": slug, "state": state, "changed": changed})
    else:
        click.echo(f"{slug}: {state}" + ("" if changed else " " + _("(không đổi)")))


@contextmanager
def _told_faults(as_json: bool) -> Iterator[None]:
    """Print every fault and leave with 1, without a traceback."""
    try:
        yield
    except InvalidFiles as invalid:
        if as_json:
            _print_json({"ok": False, "faults": [fault.as_json() for fault in invalid.faults]})
        for fault in invalid.faults:
            click.echo(str(fault), err=True)
        click.echo(_("%(count)s lỗi; chưa thay đổi gì.", count=len(invalid.faults)), err=True)
        sys.exit(1)


def _give_up(message: str) -> NoReturn:
    click.echo(message, err=True)
    sys.exit(1)


def _settings() -> Settings:
    try:
        settings = load_settings()
        settings.require_owner_url()
    except ConfigError as error:
        _give_up(str(error))
    return settings


@contextmanager
def _connect(settings: Settings) -> Iterator[Connection]:
    try:
        connection = psycopg.connect(settings.require_owner_url(), autocommit=True)
    except psycopg.OperationalError as error:
        _give_up(_("Không nối được cơ sở dữ liệu: %(reason)s. Xem tiepdan doctor.", reason=str(error).strip()))
    with connection:
        yield connection


def _day(on: datetime | None, settings: Settings) -> date:
    return on.date() if on else settings.clock or day_of(now())


def _who() -> str:
    return f"cli:{getpass.getuser()}"


def _progress(done: int, total: int, slug: str) -> None:
    click.echo(f"\r{done}/{total} {slug:<24}", nl=done == total, err=True)


def _summary(counts: dict[str, int]) -> str:
    words = [f"{ACTION_NAMES[Action(word)]} {count}" for word, count in counts.items()]
    return ", ".join(words) or _("không có gì thay đổi")


def _print_json(value: object) -> None:
    click.echo(json.dumps(value, ensure_ascii=False, indent=2, default=str))
