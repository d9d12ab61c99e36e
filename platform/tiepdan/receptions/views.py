"""Pages of the calendar: the month, scheduling, posting, postponing, cancelling."""

from collections.abc import Callable
from datetime import date
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from wtforms.fields.choices import SelectChoice

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.receptions.calendar import (
    cancel_reception,
    edit_reception,
    own_duty,
    post_reception,
    postpone_day,
    schedule_reception,
)
from tiepdan.receptions.forms import CancelForm, PostForm, PostponeForm, ScheduleForm
from tiepdan.receptions.month import month_of, month_weeks
from tiepdan.receptions.posting import delegation_warning, posting_deadline
from tiepdan.receptions.queries import ReceptionView, list_receptions, reception_by_id, receptions_between
from tiepdan.receptions.quota import head_quota
from tiepdan.receptions.rules import DayStatus, ReceivedBy, ReceptionForm, ReceptionStatus
from tiepdan.receptions.words import DUTIES, FORMS, RECEIVED_BY, STATUS_TONES, STATUSES
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.charts import measure_quota
from tiepdan.web.forms import Form
from tiepdan.web.idempotency import lead_to

receptions = desk_blueprint("receptions", __name__, url_prefix="/receptions")

WORDS = {"duties": DUTIES, "forms_of": FORMS, "received_by": RECEIVED_BY, "statuses": STATUSES, "tones": STATUS_TONES}


@receptions.get("/")
@requires("receptions.view")
def index() -> ResponseReturnValue:
    """Show a month: what is planned, posted and held, and what the head owes."""
    on = today()
    month = month_of(request.args.get("month", ""), on)
    found = receptions_between(month.first_on, month.last_on)
    quota = head_quota(month.first_on, month.last_on)
    return render_template(
        "receptions/index.html",
        month=month,
        weeks=month_weeks(month, found),
        found=found,
        quota=quota,
        meter=measure_quota(quota.met, quota.owed),
        **WORDS,
    )


@receptions.get("/all")
@requires("receptions.view")
def all_receptions() -> ResponseReturnValue:
    """List all receptions, the newest first."""
    asked = request.args.get("form", "")
    form = ReceptionForm(asked) if asked in set(ReceptionForm) else None
    page = list_receptions(actor=g.actor, form=form, cursor=request.args.get("after"))
    return render_template("receptions/all.html", page=page, form=form, **WORDS)


@receptions.get("/new")
@receptions.post("/new", endpoint="new_sent")
@requires("receptions.schedule")
def new() -> ResponseReturnValue:
    """Schedule a reception."""
    form = ScheduleForm(duty=own_duty().value)
    if request.method == "GET" and request.args.get("day"):
        form.days[0].data = _day(request.args["day"])
    return _schedule(form, lambda: schedule_reception(form.reception(), actor=g.actor, on=today()), None)


@receptions.get("/<uuid:reception_id>/edit")
@receptions.post("/<uuid:reception_id>/edit", endpoint="edit_sent")
@requires("receptions.schedule")
def edit(reception_id: UUID) -> ResponseReturnValue:
    """Change a draft."""
    reception = reception_by_id(reception_id)
    form = ScheduleForm() if request.method == "POST" else ScheduleForm(data=_as_data(reception))

    def change() -> UUID:
        edit_reception(reception_id, form.reception(), actor=g.actor, on=today())
        return reception_id

    return _schedule(form, change, reception)


@receptions.get("/<uuid:reception_id>/post")
@receptions.post("/<uuid:reception_id>/post", endpoint="post_sent")
@requires("receptions.schedule")
def post(reception_id: UUID) -> ResponseReturnValue:
    """Post the schedule."""
    reception = reception_by_id(reception_id)
    form = PostForm()
    deadline = posting_deadline(reception.first_on)
    return carry_out(
        reception,
        form,
        lambda: post_reception(reception_id, actor=g.actor, on=today(), late_reason=form.late_reason.data or ""),
        template="receptions/post.html",
        done=_("Đã niêm yết lịch; công dân thấy trên trang công khai."),
        deadline=deadline,
        late=deadline is not None and today() > deadline.due_on,
    )


@receptions.get("/<uuid:reception_id>/postpone")
@receptions.post("/<uuid:reception_id>/postpone", endpoint="postpone_sent")
@requires("receptions.schedule")
def postpone(reception_id: UUID) -> ResponseReturnValue:
    """Move a posted day."""
    reception = reception_by_id(reception_id)
    form = PostponeForm()
    form.from_on.choices = [
        SelectChoice(day.day_on.isoformat(), f"{day.day_on:%d/%m/%Y}")
        for day in reception.days
        if day.status is DayStatus.PLANNED
    ]
    return carry_out(
        reception,
        form,
        lambda: postpone_day(
            reception_id, form.from_on.data, form.to_on.data, form.reason.data, actor=g.actor, on=today()
        ),
        title=_("Hoãn sang ngày khác"),
        done=_("Đã hoãn; lý do và ngày mới được niêm yết."),
    )


@receptions.get("/<uuid:reception_id>/cancel")
@receptions.post("/<uuid:reception_id>/cancel", endpoint="cancel_sent")
@requires("receptions.schedule")
def cancel(reception_id: UUID) -> ResponseReturnValue:
    """Cancel a reception."""
    reception = reception_by_id(reception_id)
    form = CancelForm()
    return carry_out(
        reception,
        form,
        lambda: cancel_reception(reception_id, form.reason.data, actor=g.actor, on=today()),
        title=_("Hủy kỳ tiếp"),
        done=_("Đã hủy kỳ tiếp."),
    )


def carry_out(
    reception: ReceptionView,
    form: Form,
    do: Callable[[], object],
    *,
    done: str,
    title: str = "",
    template: str = "receptions/step.html",
    **extra: object,
) -> ResponseReturnValue:
    """Show the form of a step on a reception, or carry it out in one transaction and lead back."""
    status = 200
    if request.method == "POST":
        status = 422
        if form.validate():
            url = url_for("receptions.show", reception_id=reception.id)
            try:
                with transaction():
                    do()
                    lead_to(url)
            except Invalid as fault:
                form.show_errors(fault)
            except Conflict as fault:
                form.form_errors.append(str(fault.message))
            else:
                flash(done, "success")
                return redirect(url, 303)
    return render_template(template, reception=reception, form=form, heading=title, **WORDS, **extra), status


def _schedule(form: ScheduleForm, do: Callable[[], UUID], reception: ReceptionView | None) -> ResponseReturnValue:
    status = 200
    if "add_row" in request.form:  # without scripts
        form.days.append_entry()
    elif request.method == "POST":
        status = 422
        if form.validate():
            try:
                with transaction():
                    url = url_for("receptions.show", reception_id=do())
                    lead_to(url)
            except Invalid as fault:
                form.show_errors(fault)
            except Conflict as fault:
                form.form_errors.append(str(fault.message))
            else:
                flash(_("Đã lưu lịch. Hãy niêm yết trước ngày tiếp ít nhất 05 ngày làm việc."), "success")
                return redirect(url, 303)
    if not form.days.entries:
        form.days.append_entry()
    return render_template(
        "receptions/edit.html", form=form, reception=reception, delegation=delegation_warning(today()), **WORDS
    ), status


def _as_data(reception: ReceptionView) -> dict[str, object]:
    if reception.status is not ReceptionStatus.DRAFT:
        raise Conflict(_("Lịch đã niêm yết: hãy hoãn hoặc hủy thay vì sửa."))
    first = reception.days[0]
    delegated = reception.chair is ReceivedBy.SUBSTITUTE
    return {
        "form": reception.form.value,
        "duty": reception.duty.value,
        "days": [day.day_on for day in reception.days],
        "place": reception.place,
        "chair_name": "" if delegated else reception.chair_name,
        "delegated": delegated,
        "substitute_name": reception.chair_name if delegated else "",
        "substitute_reason": first.substitute_reason or "",
        "substitute_basis": first.substitute_basis or "",
    }


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise NotFound(f"day {text!r}") from error
