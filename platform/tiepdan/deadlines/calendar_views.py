"""Staff pages of the working-day calendar: a year with its reasons, and the tenant's own decisions."""

from datetime import date
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.deadlines import law_words
from tiepdan.deadlines.calendar import DayKind
from tiepdan.deadlines.calendar_decisions import (
    PERMISSION,
    approve_day,
    calendar_options,
    choose_options,
    decided_day,
    list_decided_days,
    propose_day,
    withdraw_day,
)
from tiepdan.deadlines.forms import DayForm, OptionsForm
from tiepdan.deadlines.tenant_calendars import calendar_of_tenant
from tiepdan.deadlines.vietnam import (
    FIRST_YEAR,
    LAST_YEAR,
    CalendarOptions,
    announced_through,
    describe_proposal,
    proposals,
)
from tiepdan.deadlines.year_view import months_of, special_days_of
from tiepdan.identity.accounts import names_by_account
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.idempotency import lead_to

calendar_days = desk_blueprint("calendar_days", __name__, url_prefix="/calendar-days")
_YEARS_TO_APPROVE = 4


@calendar_days.get("/")
@requires(PERMISSION)
def index() -> ResponseReturnValue:
    """Show a year: the days that differ from the ordinary week and why, and what is decided here."""
    year = request.args.get("year", today().year, type=int)
    year = min(max(year, FIRST_YEAR), LAST_YEAR)
    calendar, decided = calendar_of_tenant(), list_decided_days(actor=g.actor)
    accounts = {account for day in decided for account in (day.proposed_by, day.approved_by) if account is not None}
    return render_template(
        "deadlines/calendar.html",
        year=year,
        first_year=FIRST_YEAR,
        last_year=LAST_YEAR,
        months=months_of(calendar, year),
        special=special_days_of(calendar, year),
        decided=decided,
        announced=year <= announced_through() or year in calendar_options().approved_years,
        names=names_by_account(accounts),
        words=law_words,
    )


@calendar_days.get("/new")
@requires(PERMISSION)
def create_form() -> ResponseReturnValue:
    """Show the form for a day."""
    form = DayForm()
    try:
        form.day.data = date.fromisoformat(request.args["day"]) if "day" in request.args else None
    except ValueError:
        form.day.data = None
    return render_template("deadlines/day_form.html", form=form)


@calendar_days.post("/new")
@requires(PERMISSION)
def create() -> ResponseReturnValue:
    """Propose a day; the next page shows what it would move."""
    form = DayForm()
    if form.validate():
        try:
            with transaction():
                override_id = propose_day(
                    form.day.data,
                    DayKind(form.kind.data),
                    name=form.name.data,
                    source=form.source.data,
                    actor=g.actor,
                )
                lead_to(url_for(".show", override_id=override_id))
        except Invalid as fault:
            form.show_errors(fault)
        except Conflict as fault:
            form.form_errors.append(str(fault.message))
        else:
            return redirect(url_for(".show", override_id=override_id), 303)
    return render_template("deadlines/day_form.html", form=form), 422


@calendar_days.get("/day/<uuid:override_id>")
@requires(PERMISSION)
def show(override_id: UUID) -> ResponseReturnValue:
    """Show one decision, what it replaces and which open clocks it moves."""
    decided, effect = decided_day(override_id, actor=g.actor)
    return render_template("deadlines/day.html", decided=decided, effect=effect, words=law_words)


@calendar_days.post("/day/<uuid:override_id>/approve")
@requires(PERMISSION)
def approve(override_id: UUID) -> ResponseReturnValue:
    """Approve a day: it counts from now on."""
    with transaction():
        approve_day(override_id, on=today(), actor=g.actor)
        lead_to(url_for(".index"))
    flash(_("Đã duyệt. Các hạn đang tính sẽ được tính lại, mỗi thay đổi được ghi cả ngày cũ và ngày mới."), "success")
    return redirect(url_for(".index"), 303)


@calendar_days.post("/day/<uuid:override_id>/withdraw")
@requires(PERMISSION)
def withdraw(override_id: UUID) -> ResponseReturnValue:
    """Take a day back."""
    with transaction():
        withdraw_day(override_id, on=today(), actor=g.actor)
        lead_to(url_for(".index"))
    flash(_("Đã bỏ ngày này khỏi lịch của đơn vị."), "success")
    return redirect(url_for(".index"), 303)


@calendar_days.get("/options")
@requires(PERMISSION)
def options_form() -> ResponseReturnValue:
    """Show the decisions on the calendar as a whole."""
    options = calendar_options()
    form = _with_choices(
        OptionsForm(
            formdata=None,
            data={
                "worked_saturdays": options.worked_saturdays,
                "culture_day_compensation": options.culture_day_compensation,
                "approved_years": sorted(options.approved_years),
                "accepted_proposals": sorted(options.accepted_proposals),
            },
        )
    )
    return render_template("deadlines/options.html", form=form)


@calendar_days.post("/options")
@requires(PERMISSION)
def choose() -> ResponseReturnValue:
    """Set the decisions on the calendar as a whole."""
    form = _with_choices(OptionsForm())
    if form.validate():
        try:
            with transaction():
                options = CalendarOptions(
                    worked_saturdays=form.worked_saturdays.data,
                    culture_day_compensation=form.culture_day_compensation.data,
                    accepted_proposals=frozenset(form.accepted_proposals.data or ()),
                    approved_years=frozenset(form.approved_years.data or ()),
                )
                choose_options(options, on=today(), actor=g.actor)
                lead_to(url_for(".index"))
        except Invalid as fault:
            form.show_errors(fault)
        else:
            flash(_("Đã lưu. Các hạn đang tính sẽ được tính lại."), "success")
            return redirect(url_for(".index"), 303)
    return render_template("deadlines/options.html", form=form), 422


def _with_choices(form: OptionsForm) -> OptionsForm:
    first = announced_through() + 1
    years = sorted({*range(first, first + _YEARS_TO_APPROVE), *calendar_options().approved_years})
    form.approved_years.choices = [SelectChoice(year, str(year)) for year in years if first <= year <= LAST_YEAR]
    form.accepted_proposals.choices = [SelectChoice(name, describe_proposal(name)) for name in proposals()]
    return form
