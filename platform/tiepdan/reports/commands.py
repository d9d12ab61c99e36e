"""`tiepdan reports …`: carry a round of a past period through for a body and everybody below it."""

import json
import sys
from dataclasses import asdict
from datetime import datetime
from pkgutil import resolve_name

import click
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.core.db import forget_session, transaction
from tiepdan.core.errors import DomainError
from tiepdan.core.scope import enter, platform_scope
from tiepdan.reports.definitions import definition_codes
from tiepdan.reports.jobs import send_round
from tiepdan.reports.kept_definitions import definition_to_begin, is_of_plugin
from tiepdan.reports.periods import Period, read_period
from tiepdan.reports.rounds import run_round
from tiepdan.tenancy.service import TenantView, find_tenant

# The application is above this slice; it is found by name, as gunicorn finds it.
APPLICATION = "tiepdan.app:create_app"


@click.group()
def reports() -> None:
    """Báo cáo định kỳ."""


@reports.command()
@click.argument("slug")
@click.argument("period")
@click.option(
    "--definition", default=definition_codes()[0], show_default=True, help="Mã báo cáo; của plugin thì là PLUGIN/KHÓA."
)
@click.option("--due", type=click.DateTime(["%Y-%m-%d"]), help="Hạn gửi; mặc định theo định nghĩa báo cáo.")
@click.option("--queue", is_flag=True, help="Giao cho hàng đợi, mỗi đơn vị một việc, thay vì làm ngay.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def run(slug: str, period: str, definition: str, due: datetime | None, queue: bool, as_json: bool) -> None:
    """Chốt, gửi và tổng hợp báo cáo kỳ PERIOD (2022-H1, 2022-Q1, 2022-M06, 2022-9M, 2022) của SLUG và mọi cấp dưới.

    Chạy lại thì làm tiếp phần còn lại; báo cáo đã chốt không đổi.
    """
    app = resolve_name(APPLICATION)()
    with app.app_context():
        with platform_scope():
            tenant = find_tenant(slug)
        forget_session()
        if tenant is None:
            raise click.ClickException(_("Không có đơn vị “%(slug)s”.", slug=slug))
        try:
            wanted = _period(period, definition, tenant)
            if queue and is_of_plugin(definition):
                raise click.ClickException(_("Báo cáo của plugin chỉ chạy ngay, không giao cho hàng đợi."))
            if queue:
                with platform_scope():
                    sent = send_round(definition, wanted, tenant.id, on=today())
                forget_session()
                answer: dict[str, object] = {"ok": True, "sent": sent}
            else:
                due_on = due.date() if due else None
                outcome = run_round(definition, wanted, tenant.id, on=today(), due_on=due_on, progress=_progress)
                answer = {"ok": True, **asdict(outcome)}
        except DomainError as error:
            raise click.ClickException(str(error.message)) from error
    if as_json:
        click.echo(json.dumps(answer, ensure_ascii=False, default=str))
    else:
        click.echo(", ".join(f"{name}: {value}" for name, value in answer.items() if name != "ok"))


def _period(period: str, definition: str, tenant: TenantView) -> Period:
    """Read a period as the report cuts it. Raises NotFound for an unknown report."""
    with enter(tenant.scope), transaction():
        first_day = definition_to_begin(definition, today(), period_last=today()).first_day
    forget_session()
    try:
        return read_period(period, first_day)
    except ValueError as error:
        raise click.BadParameter(str(error), param_hint="PERIOD") from error


def _progress(done: int, total: int) -> None:
    if sys.stderr.isatty() and (done % 20 == 0 or done == total):
        click.echo(f"{done}/{total}", err=True)
