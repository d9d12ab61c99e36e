"""Pages that end a reception: minutes, sealed or not, and the conclusion notice."""

from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.directives.service import NewAssignment, NewConclusion
from tiepdan.extensions.cautions import UnconfirmedError
from tiepdan.formparts.forms import answers_in, bind_form
from tiepdan.formparts.pages import draw_parts
from tiepdan.formparts.service import parts_for
from tiepdan.petitions.service import reply_rules_here
from tiepdan.receptions.conclusions import conclude_reception
from tiepdan.receptions.forms import ConclusionForm, MinutesForm
from tiepdan.receptions.minutes import NewMinutes, disclose_minutes, read_minutes, write_minutes
from tiepdan.receptions.queries import has_sealed_visit, reception_by_id
from tiepdan.receptions.views import WORDS, carry_out, receptions
from tiepdan.sdk import Record
from tiepdan.web.blueprints import requires
from tiepdan.web.disclosing import DiscloseForm
from tiepdan.web.idempotency import lead_to


@receptions.get("/<uuid:reception_id>/minutes")
@receptions.post("/<uuid:reception_id>/minutes", endpoint="minutes_sent")
@requires("receptions.run")
def minutes(reception_id: UUID) -> ResponseReturnValue:
    """Write the minutes."""
    reception = reception_by_id(reception_id)
    written = read_minutes(reception_id)
    form = MinutesForm(obj=written) if written else MinutesForm(chair_name=reception.chair_name)
    return carry_out(
        reception,
        form,
        lambda: write_minutes(
            reception_id,
            NewMinutes(
                form.text.data,
                form.chair_name.data,
                form.secretary_name.data,
                citizens_signed=form.citizens_signed.data,
                unsigned_reason=form.unsigned_reason.data or "",
            ),
            actor=g.actor,
            on=today(),
        ),
        title=_("Biên bản tiếp công dân"),
        template="receptions/write_minutes.html",
        done=_("Đã lưu biên bản."),
        sealed=has_sealed_visit(reception_id),
        rewritten=written is not None,
    )


@receptions.get("/<uuid:reception_id>/minutes/print")
@requires("receptions.view")
def print_minutes(reception_id: UUID) -> ResponseReturnValue:
    """Show the minutes ready to print; sealed ones only after a reason, see `disclosed_minutes`."""
    written = read_minutes(reception_id)
    if written is None:
        raise NotFound(f"minutes of reception {reception_id}")
    if written.text is None:
        return _sealed_minutes(reception_id, DiscloseForm(formdata=None))
    return render_template("receptions/minutes.html", reception=reception_by_id(reception_id), minutes=written, **WORDS)


@receptions.post("/<uuid:reception_id>/minutes/disclose")
@requires("identities.unseal")
def disclosed_minutes(reception_id: UUID) -> ResponseReturnValue:
    """Open sealed minutes, once, for a reason that is journalled first."""
    form, reception = DiscloseForm(), reception_by_id(reception_id)
    if read_minutes(reception_id) is None:
        raise NotFound(f"minutes of reception {reception_id}")
    opened = form.open_for_reason(lambda reason: disclose_minutes(reception_id, actor=g.actor, reason=reason))
    if opened is None:
        return _sealed_minutes(reception_id, form), 422
    return render_template("receptions/minutes.html", reception=reception, minutes=opened, **WORDS)


@receptions.get("/<uuid:reception_id>/conclude")
@receptions.post("/<uuid:reception_id>/conclude", endpoint="conclude_sent")
@requires("receptions.conclude")
def conclude(reception_id: UUID) -> ResponseReturnValue:
    """Issue the conclusion notice with its assignments."""
    reception = reception_by_id(reception_id)
    parts = parts_for(Record.CONCLUSION, today())
    form = bind_form(ConclusionForm, parts.parts, signed_on=today(), signer_name=reception.chair_name)
    status = 200
    if "add_row" in request.form:  # without scripts
        form.assignments.append_entry()
    elif request.method == "POST":
        status = 422
        if form.validate():
            try:
                with transaction():
                    issued = conclude_reception(_conclusion(form, reception_id), actor=g.actor, on=today())
                    url = url_for("directives.notice", notice_id=issued.id)
                    lead_to(url)
            except Invalid as fault:
                _show_errors(form, fault)
            except Conflict as fault:
                form.form_errors.append(str(fault.message))
            else:
                flash(_("Đã ban hành thông báo kết luận và giao việc."), "success")
                return redirect(url, 303)
    page = render_template(
        "receptions/conclude.html",
        reception=reception,
        form=form,
        sealed=has_sealed_visit(reception_id),
        reply_rules=reply_rules_here(),
        parts=draw_parts(parts, form),
        **WORDS,
    )
    return page, status


def _sealed_minutes(reception_id: UUID, form: DiscloseForm) -> str:
    return render_template(
        "receptions/sealed_minutes.html", reception=reception_by_id(reception_id), form=form, **WORDS
    )


def _conclusion(form: ConclusionForm, reception_id: UUID) -> NewConclusion:
    return NewConclusion(
        number=form.number.data,
        signed_on=form.signed_on.data,
        signer_name=form.signer_name.data,
        signer_office=form.signer_office.data or "",
        text=form.text.data,
        reception_id=reception_id,
        confirmed=form.confirmations,
        answers=answers_in(form),
        assignments=_assignments(form),
    )


def _assignments(form: ConclusionForm) -> list[NewAssignment]:
    """Return the rows in which work was written; an empty row is no work."""
    given = []
    for place, entry in enumerate(form.assignments):
        if not (entry.form.title.data or "").strip() and not (entry.form.instruction.data or "").strip():
            continue
        try:
            given.append(entry.form.assignment())
        except Invalid as fault:
            errors = {f"assignments-{place}-{name}": message for name, message in fault.errors.items()}
            raise Invalid(fault.message, errors) from fault
    return given


def _show_errors(form: ConclusionForm, fault: Invalid) -> None:
    """Put the complaints about a piece of work beside its own fields."""
    if isinstance(fault, UnconfirmedError):
        form.show_errors(fault)
        return
    rest = {}
    for name, message in fault.errors.items():
        parts = name.split("-")
        if len(parts) == len(("assignments", "place", "field")) and parts[1].isdigit():
            row = form.assignments[int(parts[1])].form
            field = row[parts[2]]
            field.errors = [*field.errors, str(message)]
        else:
            rest[name] = message
    if rest or not fault.errors:
        form.show_errors(Invalid(fault.message, rest))
