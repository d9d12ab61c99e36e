"""Staff pages of matters: list, one matter, its marks."""

from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.identity.accounts import names_by_account
from tiepdan.identity.vault import read_texts
from tiepdan.petitions.forms import MarkForm
from tiepdan.petitions.matter_queries import list_matters
from tiepdan.petitions.matters import MatterView, mark_matter, marks_of, matter_by_id
from tiepdan.petitions.presenting import present_rows
from tiepdan.petitions.queries import names_for, petitions_of_matter
from tiepdan.petitions.rules import Mark
from tiepdan.petitions.words import FIELDS, MARKS
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.idempotency import lead_to

matters = desk_blueprint("matters", __name__, url_prefix="/matters")


@matters.get("/")
@requires("petitions.view")
def index() -> ResponseReturnValue:
    """List matters, newest first."""
    try:
        mark: Mark | None = Mark(request.args.get("mark", ""))
    except ValueError:
        mark = None
    open_only = request.args.get("open") == "1"
    cursor = request.args.get("cursor")
    opened = {name: _day(name) for name in ("opened_from", "opened_to")}
    page = list_matters(actor=g.actor, mark=mark, open_only=open_only, cursor=cursor, **opened)
    kept: dict[str, Any] = {"mark": mark.value if mark else None, "open": "1" if open_only else None}
    kept |= {name: day.isoformat() if day else None for name, day in opened.items()}
    return render_template(
        "petitions/matters.html",
        page=page,
        mark=mark,
        open_only=open_only,
        opened=opened,
        next_url=url_for(".index", **kept, cursor=page.next_cursor) if page.next_cursor else "",
        first_url=url_for(".index", **kept) if cursor else "",
        marks=MARKS,
        fields=FIELDS,
    )


@matters.get("/<uuid:matter_id>")
@requires("petitions.view")
def show(matter_id: UUID) -> ResponseReturnValue:
    """Show a matter with its petitions and marks."""
    matter = matter_by_id(matter_id)
    return _matter_page(matter, MarkForm(version=str(matter.version)))


@matters.post("/<uuid:matter_id>/mark")
@requires("petitions.classify")
def mark(matter_id: UUID) -> ResponseReturnValue:
    """Mark a matter, with a reason."""
    form = MarkForm()
    if form.validate():
        url = url_for(".show", matter_id=matter_id)
        try:
            with transaction():
                mark_matter(
                    matter_id,
                    Mark(form.mark.data),
                    holds=form.holds.data == "yes",
                    reason=form.reason.data,
                    actor=g.actor,
                    on=today(),
                    seen_version=form.seen_version,
                )
                lead_to(url)
        except Invalid as fault:
            form.show_errors(fault)
        except Conflict as fault:
            form.form_errors.append(str(fault.message))
        else:
            flash(_("Đã ghi nhận dấu hiệu của vụ việc."), "success")
            return redirect(url, 303)
    return _matter_page(matter_by_id(matter_id), form), 422


def _day(name: str) -> date | None:
    """Read a day from the query; one that is none narrows nothing."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None


def _matter_page(matter: MatterView, form: MarkForm) -> str:
    rows = petitions_of_matter(matter.id)
    history = marks_of(matter.id)
    return render_template(
        "petitions/matter.html",
        matter=matter,
        form=form,
        rows=present_rows(rows, names_for(rows), today()),
        history=history,
        reasons=read_texts([one.reason_id for one in history]),
        names=names_by_account({one.account_id for one in history if one.account_id}),
        marks=MARKS,
        fields=FIELDS,
    )
