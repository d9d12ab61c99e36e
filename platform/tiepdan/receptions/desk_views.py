"""The desk of a reception: today's queue, the fast form of a visit, opening and closing the day."""

from datetime import date
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.directives.service import notices_of_reception
from tiepdan.formparts.forms import bind_form
from tiepdan.formparts.pages import draw_parts
from tiepdan.formparts.service import Parts, parts_for
from tiepdan.identity.vault import read_people
from tiepdan.petitions.words import KINDS
from tiepdan.petitions.words import STATUSES as PETITION_STATUSES
from tiepdan.receptions.days import close_day, close_reception, open_day, open_desk, record_substitution
from tiepdan.receptions.forms import SubstitutionForm, VisitForm
from tiepdan.receptions.minutes import read_minutes
from tiepdan.receptions.pins import keep_pin
from tiepdan.receptions.posting import delegation_warning
from tiepdan.receptions.queries import (
    DayView,
    ReceptionView,
    changes_of,
    queue_of,
    reception_by_id,
    reception_of_day,
    receptions_between,
)
from tiepdan.receptions.returning import ReturningPerson, find_returning
from tiepdan.receptions.rules import ANNOUNCED, DayStatus
from tiepdan.receptions.views import WORDS, carry_out, receptions
from tiepdan.receptions.visits import register_visit
from tiepdan.receptions.words import DAY_STATUSES, VISIT_STATUSES, VISIT_TONES
from tiepdan.sdk import Record
from tiepdan.web.blueprints import requires
from tiepdan.web.idempotency import lead_to


@receptions.post("/desk", endpoint="open_desk")
@requires("receptions.run")
def open_desk_now() -> ResponseReturnValue:
    """Go to what is announced for today; when nothing is, or the regular desk was asked for, open that."""
    if "regular" not in request.args and (found := _announced_today(today())):
        return redirect(url_for("receptions.show", reception_id=found), 303)
    with transaction():
        reception_id = open_desk(actor=g.actor, on=today())
    return redirect(url_for("receptions.show", reception_id=reception_id), 303)


@receptions.get("/today", endpoint="today")
@requires("receptions.view")
def today_now() -> ResponseReturnValue:
    """Go to the reception of today; to the calendar when there is none."""
    found = _announced_today(today())
    if found is None:
        return redirect(url_for("receptions.index"), 303)
    return redirect(url_for("receptions.show", reception_id=found), 303)


def _announced_today(on: date) -> UUID | None:
    """Find the reception of a day: the one that is open comes first, then the head's."""
    found = [reception for reception in receptions_between(on, on) if reception.status in ANNOUNCED]
    found.sort(key=lambda reception: (_day_of(reception, on).status is not DayStatus.OPEN, reception.form))
    return found[0].id if found else None


@receptions.get("/<uuid:reception_id>")
@requires("receptions.view")
def show(reception_id: UUID) -> ResponseReturnValue:
    """Show a reception and the queue of one of its days."""
    reception = reception_by_id(reception_id)
    day = _chosen(reception, request.args.get("day", ""), today())
    return _desk_page(reception, day, VisitForm(formdata=None))


@receptions.post("/days/<uuid:day_id>/visits")
@requires("receptions.run")
def register(day_id: UUID) -> ResponseReturnValue:
    """Register a visit; or, from the same form, look for a returning visitor, take one over, add a person."""
    reception, day = reception_of_day(day_id)
    parts = parts_for(Record.VISIT, today())
    form = bind_form(VisitForm, parts.parts)
    if "use_person" in request.form:
        return _desk_page(reception, day, _taken_over(form, request.form["use_person"]), parts)
    if "add_row" in request.form:  # without scripts
        form.others.append_entry()
        return _desk_page(reception, day, form, parts)
    if "look_up" in request.form:
        return _desk_page(reception, day, form, parts, returning=_look_up())
    if form.validate():
        try:
            with transaction():
                made = register_visit(day_id, form.visit(), actor=g.actor, on=today())
                url = url_for(
                    "receptions.show", reception_id=reception.id, day=day.day_on.isoformat(), made=made.number
                )
                lead_to(url)
        except Invalid as fault:
            form.show_errors(_beside_fields(fault))
        except Conflict as fault:
            form.form_errors.append(str(fault.message))
        else:
            keep_pin(made.id, made.pin)
            flash(_("Đã tiếp nhận lượt số %(number)s, mã %(code)s.", number=made.number, code=made.code), "success")
            return redirect(url, 303)
    return _desk_page(reception, day, form, parts), 422


@receptions.post("/returning")
@requires("receptions.run")
def returning() -> ResponseReturnValue:
    """Show who may be the person at the door. By POST, so that no name stands in an address or a log."""
    return render_template(
        "receptions/_returning.html", returning=_look_up(), kinds=KINDS, petition_statuses=PETITION_STATUSES
    )


@receptions.post("/days/<uuid:day_id>/open")
@requires("receptions.run")
def open_now(day_id: UUID) -> ResponseReturnValue:
    """Open a day."""
    reception, day = reception_of_day(day_id)
    with transaction():
        open_day(day_id, actor=g.actor, on=today())
    flash(_("Đã mở buổi tiếp."), "success")
    return redirect(_to_day(reception, day), 303)


@receptions.post("/days/<uuid:day_id>/close")
@requires("receptions.run")
def close_now(day_id: UUID) -> ResponseReturnValue:
    """Close a day; one without visitors was held all the same."""
    reception, day = reception_of_day(day_id)
    with transaction():
        close_day(day_id, actor=g.actor, on=today())
    flash(_("Đã kết thúc buổi tiếp."), "success")
    return redirect(_to_day(reception, day), 303)


@receptions.get("/days/<uuid:day_id>/substitute")
@receptions.post("/days/<uuid:day_id>/substitute", endpoint="substitute_sent")
@requires("receptions.run")
def substitute(day_id: UUID) -> ResponseReturnValue:
    """Record who stands in for the head."""
    reception, day = reception_of_day(day_id)
    form = SubstitutionForm()
    return carry_out(
        reception,
        form,
        lambda: record_substitution(day_id, form.substitution(), actor=g.actor, on=today()),
        title=_("Người đứng đầu không trực tiếp tiếp"),
        done=_("Đã ghi người tiếp thay."),
        warning=delegation_warning(day.day_on),
    )


@receptions.post("/<uuid:reception_id>/close")
@requires("receptions.run")
def close(reception_id: UUID) -> ResponseReturnValue:
    """Close the records of a reception."""
    with transaction():
        close_reception(reception_id, actor=g.actor, on=today())
    flash(_("Đã khóa sổ kỳ tiếp."), "success")
    return redirect(url_for("receptions.show", reception_id=reception_id), 303)


def _desk_page(
    reception: ReceptionView,
    day: DayView,
    form: VisitForm,
    parts: Parts | None = None,
    returning: list[ReturningPerson] | None = None,
) -> str:
    """Draw the desk. parts: of the form that was sent; None to ask for them if there is a form."""
    on = today()
    queue = queue_of(day.id)
    may_register = (
        g.actor.may("receptions.run")
        and reception.status in ANNOUNCED
        and day.status in (DayStatus.OPEN, DayStatus.PLANNED)
        and day.day_on <= on
    )
    if parts is None and may_register:
        parts = parts_for(Record.VISIT, on)
    return render_template(
        "receptions/show.html",
        reception=reception,
        day=day,
        queue=queue,
        made=next((visit for visit in queue if str(visit.number) == request.args.get("made")), None),
        form=form,
        parts=draw_parts(parts, form) if parts else "",
        returning=returning,
        may_register=may_register,
        changes=changes_of(reception.id),
        minutes=read_minutes(reception.id) is not None,
        notices=notices_of_reception(reception.id),
        kinds=KINDS,
        petition_statuses=PETITION_STATUSES,
        day_statuses=DAY_STATUSES,
        visit_statuses=VISIT_STATUSES,
        visit_tones=VISIT_TONES,
        **WORDS,
    )


def _look_up() -> list[ReturningPerson]:
    return find_returning(
        id_number=request.form.get("id_number", "")[:40],
        full_name=request.form.get("full_name", "")[:200],
        actor=g.actor,
    )


def _taken_over(form: VisitForm, person_id: str) -> VisitForm:
    try:
        wanted = UUID(person_id)
    except ValueError:
        return form
    person = read_people([wanted])[wanted]
    if person is not None:
        form.fill_in(person)
    return form


def _beside_fields(fault: Invalid) -> Invalid:
    """The service speaks of people; the form has the name of the first one."""
    errors = {("full_name" if name == "people" else name): message for name, message in fault.errors.items()}
    return Invalid(fault.message, errors)


def _chosen(reception: ReceptionView, asked: str, on: date) -> DayView:
    """Choose the day to show: the one asked for, the open one, today's, the first to come, the last."""
    for wanted in (
        [day for day in reception.days if day.day_on.isoformat() == asked],
        [day for day in reception.days if day.status is DayStatus.OPEN],
        [day for day in reception.days if day.day_on == on],
        [day for day in reception.days if day.day_on > on],
    ):
        if wanted:
            return wanted[0]
    return reception.days[-1]


def _day_of(reception: ReceptionView, on: date) -> DayView:
    return next(day for day in reception.days if day.day_on == on)


def _to_day(reception: ReceptionView, day: DayView, *, made: int | None = None) -> str:
    return url_for("receptions.show", reception_id=reception.id, day=day.day_on.isoformat(), made=made)
