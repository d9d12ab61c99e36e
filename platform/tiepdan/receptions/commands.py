"""`tiepdan import …`: what a committee already keeps."""

import json
from collections.abc import Iterator
from pathlib import Path
from pkgutil import resolve_name

import click
from flask_babel import gettext as _
from flask_babel import ngettext

from tiepdan.core.actor import Actor
from tiepdan.core.clock import today
from tiepdan.core.db import forget_session
from tiepdan.core.errors import DomainError
from tiepdan.core.scope import enter, platform_scope
from tiepdan.receptions.register_columns import PLAIN, Column, read_mapping
from tiepdan.receptions.register_import import ImportOutcome, import_register
from tiepdan.tenancy.models import TenantState
from tiepdan.tenancy.service import find_tenant

# The application is above this slice; it is found by name, as gunicorn finds it.
APPLICATION = "tiepdan.app:create_app"
SHOWN = 20


@click.group(name="import")
def imports() -> None:
    """Đưa dữ liệu đang có vào hệ thống."""


@imports.command()
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--tenant", "slug", required=True, help="Sổ của đơn vị nào (slug).")
@click.option("--mapping", type=click.Path(exists=True, dir_okay=False, path_type=Path), help="Tệp ánh xạ (TOML).")
@click.option("--book", default="", help="Tên sổ; mặc định là tên trang tính.")
@click.option("--all-or-nothing", is_flag=True, help="Có dòng sai thì không nhập dòng nào.")
@click.option("--json", "as_json", is_flag=True, help="In kết quả dạng JSON.")
def register(file: Path, slug: str, mapping: Path | None, book: str, all_or_nothing: bool, as_json: bool) -> None:
    """Nhập một sổ tiếp công dân từ tệp Excel FILE.

    Mọi dòng được kiểm tra; dòng sai được đánh dấu trong bản sao TÊN.loi.xlsx đặt cạnh tệp, dòng đúng được nhập.
    Chạy lại không nhập hai lần. Thoát với mã 1 khi còn dòng sai.
    """
    app = resolve_name(APPLICATION)()
    with app.app_context():
        with platform_scope():
            tenant = find_tenant(slug)
        forget_session()
        if tenant is None:
            raise click.ClickException(_("Không có đơn vị “%(slug)s”.", slug=slug))
        if tenant.state not in (TenantState.ACTIVE, TenantState.DRAFT):
            raise click.ClickException(_("Đơn vị đang tạm ngừng: chưa nhập được sổ."))
        try:
            with enter(tenant.scope):
                outcome = import_register(
                    file,
                    actor=Actor.system("registers.import", tenant_id=tenant.id),
                    on=today(),
                    mapping=read_mapping(mapping) if mapping else PLAIN,
                    book=book,
                    all_or_nothing=all_or_nothing,
                    progress=None if as_json else _progress,
                )
        except DomainError as error:
            lines = [str(error.message), *(f"  {key}: {text}" for key, text in getattr(error, "errors", {}).items())]
            raise click.ClickException("\n".join(lines)) from error
        finally:
            forget_session()
        for line in [_as_json(outcome)] if as_json else _lines(outcome):
            click.echo(line)
    raise SystemExit(0 if outcome.ok else 1)


def _progress(stage: str, rows: int) -> None:
    label = _("đã kiểm tra") if stage == "validated" else _("đã ghi")
    click.echo(f"  {label} {rows:,}".replace(",", "."), err=True)


def _lines(outcome: ImportOutcome) -> Iterator[str]:
    yield _(
        "Sổ “%(book)s”: %(rows)d dòng, nhập %(written)d dòng (%(visits)d lượt, %(receptions)d kỳ), "
        "%(unchanged)d dòng đã có.",
        book=outcome.book, rows=outcome.rows, written=outcome.written, visits=outcome.visits,
        receptions=outcome.receptions, unchanged=outcome.unchanged,
    )  # fmt: skip
    for row, faults in list(outcome.faults.items())[:SHOWN]:
        yield "  " + _("dòng %(row)d: %(faults)s", row=row, faults=" ".join(fault.message for fault in faults))
    if outcome.faults:
        count = len(outcome.faults)
        yield ngettext(
            "%(num)d dòng sai; xem và sửa trong %(copy)s.", "%(num)d dòng sai; xem và sửa trong %(copy)s.", count,
            copy=outcome.copy,
        )  # fmt: skip


def _as_json(outcome: ImportOutcome) -> str:
    names = ("book", "rows", "written", "visits", "receptions", "unchanged", "changed")
    answer: dict[str, object] = {"ok": outcome.ok, **{name: getattr(outcome, name) for name in names}}
    answer["copy"] = str(outcome.copy) if outcome.copy else None
    answer["faults"] = [
        {
            "row": row,
            "column": fault.column.value if isinstance(fault.column, Column) else None,
            "message": fault.message,
        }
        for row, faults in outcome.faults.items()
        for fault in faults
    ]
    return json.dumps(answer, ensure_ascii=False)
