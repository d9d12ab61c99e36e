"""`tiepdan clocks …`: what an operator does about all deadlines at once."""

import json
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pkgutil import resolve_name

import click
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.core.db import forget_session
from tiepdan.core.scope import platform_scope
from tiepdan.deadlines.recount_everywhere import TenantRecount, is_carried, recount_everywhere, recount_tenants
from tiepdan.tenancy.service import find_tenant

# The application is above this slice; it is found by name, as gunicorn finds it.
APPLICATION = "tiepdan.app:create_app"
SHOWN = 40


@click.group()
def clocks() -> None:
    """Các thời hạn đang tính."""


@clocks.command()
@click.option("--tenant", "slug", help="Chỉ một đơn vị (slug); mặc định mọi đơn vị.")
@click.option("--if-changed", is_flag=True, help="Chỉ tính khi lịch nghỉ của nền tảng đã đổi từ lần tính trước.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def recount(slug: str | None, if_changed: bool, as_json: bool) -> None:
    """Tính lại các hạn đang mở theo lịch nghỉ hiện nay và cho biết hạn nào đổi ngày.

    Chạy lại không đổi gì thêm. Thoát với mã 1 khi có đơn vị chưa tính được.
    """
    app = resolve_name(APPLICATION)()
    with app.app_context():
        if if_changed and _is_carried():
            done: list[TenantRecount] = []
        elif slug is None:
            done = recount_everywhere(on=today(), progress=_progress)
        else:
            with platform_scope():
                tenant = find_tenant(slug)
            forget_session()
            if tenant is None:
                raise click.ClickException(_("Không có đơn vị “%(slug)s”.", slug=slug))
            done = recount_tenants([tenant], on=today())
        for line in [as_json_line(done)] if as_json else describe_recount(done):
            click.echo(line)
    raise SystemExit(1 if any(one.fault for one in done) else 0)


def describe_recount(done: Sequence[TenantRecount]) -> Iterator[str]:
    """Say what moved: the tenants with other due days, those that failed, and the sums."""
    moved = [one for one in done if one.moved]
    for one in moved[:SHOWN]:
        yield _(
            "%(slug)s: tính lại %(examined)d hạn, %(moved)d hồ sơ đổi ngày",
            slug=one.slug, examined=one.examined, moved=one.moved,
        )  # fmt: skip
    if len(moved) > SHOWN:
        yield _("… và %(count)s đơn vị nữa", count=len(moved) - SHOWN)
    for one in done:
        if one.fault:
            yield _("%(slug)s: CHƯA tính được (%(fault)s); chạy lại lệnh này.", slug=one.slug, fault=one.fault)
    yield _(
        "Đã tính lại %(examined)d hạn của %(tenants)d đơn vị; %(moved)d hồ sơ đổi ngày.",
        examined=sum(one.examined for one in done),
        tenants=len(done),
        moved=sum(one.moved for one in done),
    )


def as_json_line(done: Sequence[TenantRecount]) -> str:
    """Return the report for `--json`."""
    answer = {
        "ok": not any(one.fault for one in done),
        "examined": sum(one.examined for one in done),
        "moved": sum(one.moved for one in done),
        "tenants": [asdict(one) for one in done if one.moved or one.fault],
    }
    return json.dumps(answer, ensure_ascii=False)


def _is_carried() -> bool:
    with platform_scope():
        carried = is_carried()
    forget_session()
    return carried


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty() and (done % 20 == 0 or done == total):
        click.echo(f"{done}/{total}", err=True)
