"""Pages for plugins that come as one file: send it, look at what it would add, take it into use, withdraw it."""

from collections.abc import Sequence
from uuid import UUID

from flask import flash, g, redirect, render_template, request, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import FileField, StringField

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.declared.bundle import LARGEST
from tiepdan.declared.faults import DataFault, MalformedError, say_fault
from tiepdan.extensions import words
from tiepdan.extensions.bilingual import in_language
from tiepdan.extensions.draft_desk import draft_desk
from tiepdan.extensions.purging import PERMISSION as PURGE
from tiepdan.extensions.purging import may_purge, purge_plugin_data
from tiepdan.extensions.service import standing_of
from tiepdan.extensions.uploads import keep_version, own_uploads, read_file, read_version, use_version, withdraw_plugin
from tiepdan.extensions.views import PERMISSION, plugins
from tiepdan.web.blueprints import requires
from tiepdan.web.forms import Form
from tiepdan.web.idempotency import lead_to


class UploadForm(Form):
    """One file."""

    file = FileField(
        _l("Tệp plugin"), description=_l("Tệp plugin.toml, hoặc tệp .zip của thư mục có plugin.toml; nhiều nhất 1 MB.")
    )


class PurgeForm(Form):
    """The plugin's name, typed by whoever means it."""

    typed = StringField(_l("Gõ tên plugin để xác nhận"))


@plugins.get("/upload")
@requires(PERMISSION)
def upload_form() -> ResponseReturnValue:
    """Show what this committee uploaded, and where to send a file."""
    return _upload_page(UploadForm())


@plugins.post("/upload")
@requires(PERMISSION)
def upload() -> ResponseReturnValue:
    """Read the file; keep it as a draft if nothing is wrong with it."""
    form = UploadForm()
    sent = request.files.get("file")
    if sent is None or not sent.filename:
        form.file.errors = [_("Hãy chọn tệp plugin.toml hoặc tệp .zip.")]
        return _upload_page(form), 422
    try:
        plugin = read_file(sent.filename, sent.stream.read(LARGEST + 1))
        with transaction():
            version_id = keep_version(plugin, actor=g.actor)
            lead_to(url_for(".preview", version_id=version_id))
    except MalformedError as malformed:
        return _upload_page(form, malformed.faults), 422
    except Conflict as fault:
        form.form_errors.append(str(fault.message))
        return _upload_page(form), 422
    flash(_("Đã nhận tệp. Đây là bản nháp: xem trước rồi đưa vào dùng."), "success")
    return redirect(url_for(".preview", version_id=version_id), 303)


@plugins.get("/upload/<uuid:version_id>")
@requires(PERMISSION)
def preview(version_id: UUID) -> ResponseReturnValue:
    """Show what a version would add here, before anybody switches it on; what is wrong with it by now, if anything."""
    try:
        return _preview_page(version_id, UploadForm())
    except MalformedError as malformed:
        return _upload_page(UploadForm(), malformed.faults), 422


@plugins.post("/upload/<uuid:version_id>/use")
@requires(PERMISSION)
def use(version_id: UUID) -> ResponseReturnValue:
    """Take a version into use: a new one, or an earlier one again."""
    try:
        with transaction():
            name = use_version(version_id, actor=g.actor)
            lead_to(url_for(".show", name=name))
    except Invalid as fault:
        form = UploadForm(formdata=None)
        form.form_errors.append(str(fault.message))
        return _preview_page(version_id, form), 422
    flash(_("Phiên bản này được dùng từ bây giờ. Chọn nơi bật plugin ở dưới."), "success")
    return redirect(url_for(".show", name=name), 303)


@plugins.post("/<name>/withdraw")
@requires(PERMISSION)
def withdraw(name: str) -> ResponseReturnValue:
    """Take a plugin of one's own out of use everywhere."""
    with transaction():
        withdraw_plugin(name, actor=g.actor)
        lead_to(url_for(".show", name=name))
    flash(_("Đã rút plugin. Số liệu đã nhập vẫn được giữ và hiện lại khi dùng lại."), "success")
    return redirect(url_for(".show", name=name), 303)


@plugins.get("/<name>/purge")
@requires(PURGE)
def purge_form(name: str) -> ResponseReturnValue:
    """Ask whether what the plugin kept here shall be deleted for good."""
    return _purge_page(name, PurgeForm())


@plugins.post("/<name>/purge")
@requires(PURGE)
def purge(name: str) -> ResponseReturnValue:
    """Delete it."""
    form = PurgeForm()
    try:
        with transaction():
            purge_plugin_data(name, typed=str(form.typed.data or ""), actor=g.actor)
            lead_to(url_for(".show", name=name))
    except Invalid as fault:
        form.show_errors(fault)
    except Conflict as fault:
        form.form_errors.append(str(fault.message))
    else:
        flash(_("Đã xóa hẳn số liệu của plugin ở đơn vị này."), "success")
        return redirect(url_for(".show", name=name), 303)
    return _purge_page(name, form), 422


def _upload_page(form: Form, faults: Sequence[DataFault] = ()) -> str:
    said = [(fault.place, in_language(say_fault(fault))) for fault in faults]
    return render_template("extensions/upload.html", form=form, faults=said, uploads=own_uploads())


def _preview_page(version_id: UUID, form: Form) -> str:
    version, plugin = read_version(version_id)
    return render_template(
        "extensions/preview.html",
        version=version,
        manifest=plugin.manifest,
        parts=draft_desk().preview(plugin, version.name, today(), g.actor),
        form=form,
        words=words,
        in_language=in_language,
    )


def _purge_page(name: str, form: Form) -> str:
    standing = standing_of(name)
    return render_template(
        "extensions/purge.html", standing=standing, allowed=may_purge(standing), form=form, in_language=in_language
    )
