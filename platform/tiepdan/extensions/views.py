"""Pages of plugins: what is enabled here, by whom and in which order; decide for oneself and for units below."""

from uuid import UUID

from flask import flash, g, redirect, render_template, url_for
from flask.typing import ResponseReturnValue
from flask_babel import gettext as _

from tiepdan.core.clock import today
from tiepdan.core.db import transaction
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.extensions import words
from tiepdan.extensions.bilingual import in_language
from tiepdan.extensions.catalogue import fits, manifest_of
from tiepdan.extensions.choices import levels_to_decide
from tiepdan.extensions.contributions import contributions_of, deprecations_of
from tiepdan.extensions.forms import PREFIX, choice_form, setting_fields, settings_in
from tiepdan.extensions.notices import dismiss_notices
from tiepdan.extensions.outbox import try_again, undelivered_events
from tiepdan.extensions.purging import may_purge
from tiepdan.extensions.service import (
    all_choices_below,
    choices_below,
    choose_plugin,
    forget_choice,
    restart_plugin,
    standing_of,
    standings,
)
from tiepdan.extensions.uploads import versions_of
from tiepdan.sdk import Level, Manifest
from tiepdan.tenancy.service import names_by_id
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.forms import Form
from tiepdan.web.idempotency import lead_to

PERMISSION = "plugins.manage"
plugins = desk_blueprint("plugins", __name__, url_prefix="/plugins")


@plugins.get("/")
@requires(PERMISSION)
def index() -> ResponseReturnValue:
    """Show every plugin made for this level, in the order they are asked, and why each is on or off."""
    found = standings()
    deciders = names_by_id({standing.verdict.decided_by for standing in found if standing.verdict})
    return render_template(
        "extensions/index.html",
        standings=found,
        deciders=deciders,
        below=all_choices_below(),
        own_level=g.tenant.level,
        words=words,
        in_language=in_language,
    )


@plugins.get("/<name>")
@requires(PERMISSION)
def show(name: str) -> ResponseReturnValue:
    """Show one plugin: what it adds, who decided, and the forms to decide."""
    return _page(name)


@plugins.post("/<name>")
@requires(PERMISSION)
def choose(name: str) -> ResponseReturnValue:
    """Decide for this committee."""
    return _decide(name, None)


@plugins.post("/<name>/below/<level>")
@requires(PERMISSION)
def choose_below(name: str, level: str) -> ResponseReturnValue:
    """Decide for all units of a level below."""
    if level not in Level:
        raise NotFound(f"level {level}")
    return _decide(name, Level(level))


@plugins.post("/<name>/restart")
@requires(PERMISSION)
def restart(name: str) -> ResponseReturnValue:
    """Let a stopped plugin be asked again."""
    with transaction():
        restart_plugin(name, actor=g.actor)
        lead_to(url_for(".show", name=name))
    flash(_("Plugin được hỏi lại từ bây giờ."), "success")
    return redirect(url_for(".show", name=name), 303)


@plugins.post("/<name>/events/again")
@requires(PERMISSION)
def send_events_again(name: str) -> ResponseReturnValue:
    """Try the events once more that the plugin could not be told of."""
    with transaction():
        try_again(name, actor=g.actor)
        lead_to(url_for(".show", name=name))
    flash(_("Đang giao lại các sự kiện."), "success")
    return redirect(url_for(".show", name=name), 303)


@plugins.post("/notices/<uuid:event_id>/dismiss")
@requires("home.view")
def dismiss(event_id: UUID) -> ResponseReturnValue:
    """Put away what a plugin said about an event, for everybody here."""
    with transaction():
        dismiss_notices(event_id, actor=g.actor)
        lead_to(url_for("desk.index"))
    return redirect(url_for("desk.index"), 303)


def _decide(name: str, level: Level | None) -> ResponseReturnValue:
    manifest = _manifest(name)
    form = _form(name, manifest, level)
    try:
        with transaction():
            when = form.when.data
            if when in ("inherit", "none"):
                forget_choice(name, actor=g.actor, for_level=level)
            else:
                choose_plugin(
                    name,
                    enabled=when.startswith("on"),
                    locked=when.endswith("_locked"),
                    settings=settings_in(form, manifest),
                    actor=g.actor,
                    for_level=level,
                )
            lead_to(url_for(".show", name=name))
    except Invalid as fault:
        form.show_errors(
            Invalid(fault.message, {_field_name(form, key): message for key, message in fault.errors.items()})
        )
    except Conflict as fault:
        form.form_errors.append(str(fault.message))
    else:
        flash(_("Đã lưu. Thay đổi có hiệu lực ngay."), "success")
        return redirect(url_for(".show", name=name), 303)
    return _page(name, {level: form}), 422


def _page(name: str, shown: dict[Level | None, Form] | None = None) -> str:
    standing = standing_of(name)
    manifest = standing.installed.manifest
    levels: list[Level | None] = []
    if manifest is not None:
        below = list(Level)[list(Level).index(g.tenant.level) + 1 :]
        if fits(manifest, g.tenant.level):
            levels.append(None)
        decidable = below if standing.upload is None else levels_to_decide(standing.upload)
        levels += [level for level in decidable if fits(manifest, level)]
    if standing.upload is not None and standing.upload.withdrawn:
        levels = []
    forms = {level: (shown or {}).get(level) or _form(name, _manifest(name), level) for level in levels}
    decider = names_by_id({standing.verdict.decided_by}) if standing.verdict else {}
    return render_template(
        "extensions/show.html",
        standing=standing,
        forms_by_level=forms,
        choices=choices_below(name),
        decider=decider,
        words=words,
        in_language=in_language,
        setting_fields=setting_fields,
        undelivered=undelivered_events(name),
        contributions=contributions_of(standing, today()),
        deprecations=deprecations_of(standing),
        versions=versions_of(name),
        purgeable=may_purge(standing),
    )


def _form(name: str, manifest: Manifest, level: Level | None) -> Form:
    if level is None:
        verdict = standing_of(name).verdict
        form = choice_form(manifest, "own", below=False, held=verdict.settings if verdict else {})
        if not form.is_submitted():
            own = verdict is not None and verdict.decided_by == g.tenant.id
            form.when.data = ("on" if verdict and verdict.enabled else "off") if own else "inherit"
        return form
    choice = choices_below(name).get(level)
    form = choice_form(manifest, level.value, below=True, held=choice.settings if choice else {})
    if not form.is_submitted():
        form.when.data = "none" if choice is None else ("on" if choice.enabled else "off") + "_locked" * choice.locked
    return form


def _field_name(form: Form, key: str) -> str:
    return f"{PREFIX}{key}" if f"{PREFIX}{key}" in form else key


def _manifest(name: str) -> Manifest:
    manifest = manifest_of(name)
    if manifest is None:
        raise NotFound(f"plugin {name}")
    return manifest
