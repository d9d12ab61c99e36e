"""Pages of intake: the registration form, the receipt with code, PIN and QR, a new PIN."""

import base64
from uuid import UUID

import segno
from flask import flash, g, redirect, render_template, request, session, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.core.crypto import decrypt, encrypt
from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.formparts.forms import answers_in, bind_form
from tiepdan.formparts.pages import draw_parts
from tiepdan.formparts.service import Parts, parts_for
from tiepdan.identity.keys import keyring
from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.forms import RegisterForm
from tiepdan.petitions.intake import NewPetition, register_petition
from tiepdan.petitions.matters import find_matter
from tiepdan.petitions.queries import petition_by_id
from tiepdan.petitions.rules import Field, Origin
from tiepdan.petitions.tracking import renew_pin
from tiepdan.petitions.views import petitions
from tiepdan.petitions.words import KIND_DETAILS
from tiepdan.sdk import PetitionKind, Record
from tiepdan.web.blueprints import requires
from tiepdan.web.idempotency import lead_to

_PINS = "receipt_pins"  # in the cookie, encrypted, until the receipt is shown


@petitions.get("/new")
@requires("petitions.register")
def new() -> ResponseReturnValue:
    """Show the registration form."""
    form = RegisterForm(received_on=today(), matter_code=request.args.get("matter", ""))
    return _form_page(form, parts_for(Record.PETITION, today()))


@petitions.post("/new")
@requires("petitions.register")
def create() -> ResponseReturnValue:
    """Register a petition and lead to its receipt."""
    parts = parts_for(Record.PETITION, today())
    form = bind_form(RegisterForm, parts.parts)
    if "add_row" in request.form:  # without scripts
        form.people.append_entry()
        return _form_page(form, parts)
    if form.validate():
        try:
            with transaction():
                made = register_petition(_read(form), actor=g.actor, on=today())
                receipt_url = url_for("petitions.receipt", petition_id=made.id)
                lead_to(receipt_url)
        except Invalid as fault:
            form.show_errors(fault)
        except Conflict as fault:
            form.form_errors.append(str(fault.message))
        else:
            _keep_pin(made.id, made.pin)
            flash(_("Đã vào sổ đơn %(code)s, số %(number)s.", code=made.code, number=made.register_number), "success")
            return redirect(receipt_url, 303)
    return _form_page(form, parts), 422


@petitions.get("/<uuid:petition_id>/receipt")
@requires("petitions.register")
def receipt(petition_id: UUID) -> ResponseReturnValue:
    """Show the receipt; the PIN stands on it once."""
    row = petition_by_id(petition_id)
    address = f"{request.url_root}track?code={row.code}"
    return render_template(
        "petitions/receipt.html",
        row=row,
        pin=_take_pin(petition_id),
        address=address,
        qr=segno.make(address, error="m").svg_data_uri(scale=4, border=2),
    )


@petitions.post("/<uuid:petition_id>/pin")
@requires("petitions.register")
def pin(petition_id: UUID) -> ResponseReturnValue:
    """Give a new PIN to a citizen who lost the receipt."""
    with transaction():
        fresh = renew_pin(petition_id, actor=g.actor, on=today())
    _keep_pin(petition_id, fresh)
    return redirect(url_for("petitions.receipt", petition_id=petition_id), 303)


def _form_page(form: RegisterForm, parts: Parts) -> str:
    drawn = draw_parts(parts, form)
    return render_template("petitions/new.html", form=form, parts=drawn, kind_details=KIND_DETAILS)


def _read(form: RegisterForm) -> NewPetition:
    """Turn the form into what the service takes. Raises Invalid for a code of no matter of this tenant."""
    respondent = (form.respondent.data or "").strip()
    people = form.listed_people()
    if not people and form.origin.data == Origin.DESK:
        message = _("Người đến nộp đơn phải cho biết họ tên.")
        raise Invalid(message, {"people": message})
    return NewPetition(
        content=form.content.data,
        people=people,
        respondents=[PersonDetails(respondent)] if respondent else [],
        kind=PetitionKind(form.kind.data) if form.kind.data else None,
        field=Field(form.field.data),
        origin=Origin(form.origin.data),
        received_on=form.received_on.data,
        people_count=max(form.people_count.data or 1, len(people)),
        matter_id=_matter_id(form.matter_code.data or ""),
        sender_body=form.sender_body.data or "",
        sender_number=form.sender_number.data or "",
        answers=answers_in(form),
        news=bool(form.news.data),
    )


def _matter_id(code: str) -> UUID | None:
    if not code.strip():
        return None
    matter = find_matter(code)
    if matter is None:
        message = _("Không có vụ việc hay đơn nào mang mã này.")
        raise Invalid(message, {"matter_code": message})
    return matter.id


def _keep_pin(petition_id: UUID, plain: str) -> None:
    """Put the PIN into the officer's own cookie, encrypted, until the receipt is shown."""
    blob = encrypt(keyring().data, plain.encode(), f"receipt/{petition_id}")
    session[_PINS] = {str(petition_id): base64.b64encode(blob).decode()}


def _take_pin(petition_id: UUID) -> str | None:
    blob = session.pop(_PINS, {}).get(str(petition_id))
    if blob is None:
        return None
    return decrypt(keyring().data, base64.b64decode(blob), f"receipt/{petition_id}").decode()
