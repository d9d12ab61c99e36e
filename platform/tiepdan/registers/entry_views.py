"""Pages of one entry: write it, read it, change it, strike it."""

from collections.abc import Callable
from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.extensions.bilingual import in_language
from tiepdan.formparts.pages import draw_parts
from tiepdan.formparts.service import Parts
from tiepdan.identity.accounts import names_by_account
from tiepdan.registers.entries import add_entry, change_entry, strike_entry
from tiepdan.registers.forms import EntryForm, StrikeForm, bind_entry, read_values, show_entry_errors
from tiepdan.registers.presenting import present_facts, present_older
from tiepdan.registers.reading import EntryFile, open_entry
from tiepdan.registers.rules import RegisterType
from tiepdan.registers.service import open_register
from tiepdan.registers.views import registers
from tiepdan.web.blueprints import requires
from tiepdan.web.idempotency import lead_to


@registers.get("/<plugin>/<key>/new")
@requires("registers.edit")
def new(plugin: str, key: str) -> ResponseReturnValue:
    """Show the form of a new entry, on today's date."""
    register = open_register(plugin, key, actor=g.actor, on=today())
    form = bind_entry(register, {register.register.date_field: today().isoformat()})
    return _new_page(register, form)


@registers.post("/<plugin>/<key>/new")
@requires("registers.edit")
def create(plugin: str, key: str) -> ResponseReturnValue:
    """Write an entry and lead to its page."""
    register = open_register(plugin, key, actor=g.actor, on=today())
    form = bind_entry(register)

    def write() -> UUID:
        return add_entry(plugin, key, read_values(form), actor=g.actor, on=today()).id

    made = _carry_out(form, register, write)
    if made is None:
        return _new_page(register, form), 422
    flash(_("Đã ghi vào sổ."), "success")
    return redirect(url_for("registers.show", entry_id=made), 303)


@registers.get("/entries/<uuid:entry_id>")
@requires("registers.view")
def show(entry_id: UUID) -> ResponseReturnValue:
    """Show an entry with everything, what is private included."""
    file = open_entry(entry_id, actor=g.actor, on=today())
    entry = file.entry
    people = {one for one in (entry.made_by, entry.changed_by, entry.struck_by) if one is not None}
    return render_template(
        "registers/show.html",
        file=file,
        entry=entry,
        register=file.register.register,
        facts=present_facts(file, private=False),
        private_facts=present_facts(file, private=True),
        older=present_older(file),
        names=names_by_account(people),
        earlier_version=file.schema.digest != file.register.schema.digest,
        in_language=in_language,
    )


@registers.get("/entries/<uuid:entry_id>/edit")
@requires("registers.edit")
def edit(entry_id: UUID) -> ResponseReturnValue:
    """Show the form of an entry, in the present version of its register."""
    file = _open_unstruck(entry_id)
    return _edit_page(file, bind_entry(file.register, file.values, file.entry.version))


@registers.post("/entries/<uuid:entry_id>/edit")
@requires("registers.edit")
def change(entry_id: UUID) -> ResponseReturnValue:
    """Write an entry anew."""
    file = _open_unstruck(entry_id)
    form = bind_entry(file.register)

    def write() -> UUID:
        change_entry(entry_id, read_values(form), actor=g.actor, on=today(), seen_version=form.seen_version)
        return entry_id

    if _carry_out(form, file.register, write) is None:
        return _edit_page(file, form), 422
    flash(_("Đã lưu mục này."), "success")
    return redirect(url_for("registers.show", entry_id=entry_id), 303)


@registers.get("/entries/<uuid:entry_id>/strike")
@requires("registers.edit")
def ask_to_strike(entry_id: UUID) -> ResponseReturnValue:
    """Ask why an entry is struck."""
    file = _open_unstruck(entry_id)
    return _strike_page(file, StrikeForm(version=str(file.entry.version)))


@registers.post("/entries/<uuid:entry_id>/strike")
@requires("registers.edit")
def strike(entry_id: UUID) -> ResponseReturnValue:
    """Strike an entry."""
    file = _open_unstruck(entry_id)
    form = StrikeForm()

    def write() -> UUID:
        strike_entry(entry_id, form.reason.data or "", actor=g.actor, on=today(), seen_version=form.seen_version)
        return entry_id

    if _carry_out(form, file.register, write) is None:
        return _strike_page(file, form), 422
    flash(_("Đã gạch mục này; nó không còn trong danh sách và số liệu."), "success")
    return redirect(url_for("registers.show", entry_id=entry_id), 303)


def _carry_out(form: EntryForm, register: RegisterType, write: Callable[[], UUID]) -> UUID | None:
    """Do what a form asks, in one transaction; None when it was refused, and the form says why."""
    if not form.validate():
        return None
    try:
        with transaction():
            entry_id = write()
            lead_to(url_for("registers.show", entry_id=entry_id))
            return entry_id
    except Invalid as fault:
        show_entry_errors(form, register, fault)
    except Conflict as fault:
        form.form_errors.append(str(fault.message))
    return None


def _open_unstruck(entry_id: UUID) -> EntryFile:
    file = open_entry(entry_id, actor=g.actor, on=today())
    if file.entry.struck_on is not None:
        raise Conflict(_("Mục này đã bị gạch nên không sửa được nữa; hãy ghi mục mới."))
    return file


def _new_page(register: RegisterType, form: EntryForm) -> str:
    drawn = draw_parts(Parts((register.part,)), form)
    return render_template(
        "registers/new.html", register=register.register, plugin=register.plugin, form=form, fields=drawn,
        in_language=in_language,
    )  # fmt: skip


def _edit_page(file: EntryFile, form: EntryForm) -> str:
    drawn = draw_parts(Parts((file.register.part,)), form)
    return render_template(
        "registers/edit.html", file=file, register=file.register.register, form=form, fields=drawn,
        moves=file.schema.digest != file.register.schema.digest, in_language=in_language,
    )  # fmt: skip


def _strike_page(file: EntryFile, form: StrikeForm) -> str:
    return render_template(
        "registers/strike.html", file=file, register=file.register.register, form=form, in_language=in_language
    )
