"""What is enabled for the committee in scope; decide about plugins; stop and restart them."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.dialects.postgresql import insert

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.core.plugin_loading import InstalledPlugin
from tiepdan.core.plugins import Enabled
from tiepdan.extensions.catalogue import fits, installed_plugins, manifest_of
from tiepdan.extensions.choices import (
    choices_for,
    judge_for,
    levels_to_decide,
    offer_below,
    offered_uploads,
    read_choice,
)
from tiepdan.extensions.models import MOVE_EPOCH, PluginChoice, PluginStop
from tiepdan.extensions.remembering import remember
from tiepdan.extensions.rules import Choice, Verdict
from tiepdan.extensions.settings import check_settings, complete_settings
from tiepdan.extensions.uploaded import Upload, owner_of
from tiepdan.sdk import Level, Manifest
from tiepdan.tenancy.service import TenantView, own_tenant


@dataclass(frozen=True, slots=True)
class Stop:
    """Why a plugin is stopped here. everywhere: by the operator."""

    hook: str
    fault: str
    stopped_at: datetime
    everywhere: bool


@dataclass(frozen=True, slots=True)
class PluginStanding:
    """How a plugin stands for a committee. enabled: it is asked; verdict: None while nobody decided anything.

    upload: of a plugin that came as data by a page.
    """

    installed: InstalledPlugin
    verdict: Verdict | None
    stop: Stop | None
    upload: Upload | None = None

    @property
    def enabled(self) -> bool:
        """Say whether the plugin is asked for this committee."""
        loaded = self.installed.problem is None and not (self.upload and self.upload.withdrawn)
        return loaded and self.stop is None and self.verdict is not None and self.verdict.enabled


def enabled_here() -> tuple[Enabled, ...]:
    """Return the plugins enabled for the tenant in scope, in order of asking.

    Remembered per process until the number read with the tenant's row moves.
    """
    tenant = own_tenant()
    return remember("enabled_plugins", tenant, lambda: _enabled(tenant))


def standings() -> list[PluginStanding]:
    """Return how every plugin made for this committee's level, or for one below, stands; in order of asking."""
    tenant = own_tenant()
    choices = choices_for(tenant)
    verdicts, stops = judge_for(choices, tenant), _stops(tenant)
    uploads = offered_uploads(choices, tenant)
    known = installed_plugins() | {name: upload.installed for name, upload in uploads.items()}
    shown = [
        PluginStanding(plugin, verdicts.get(name), stops.get(name), uploads.get(name))
        for name, plugin in known.items()
        if plugin.manifest is None or _concerns(plugin.manifest, tenant.level) or name in verdicts
    ]
    return sorted(shown, key=_order)


def standing_of(name: str) -> PluginStanding:
    """Return how one plugin stands here. Raises NotFound."""
    tenant = own_tenant()
    choices = choices_for(tenant)
    upload = offered_uploads(choices, tenant).get(name) if owner_of(name) is not None else None
    plugin = upload.installed if upload else installed_plugins().get(name)
    if plugin is None:
        raise NotFound(f"plugin {name}")
    return PluginStanding(plugin, judge_for(choices, tenant).get(name), _stops(tenant).get(name), upload)


def choices_below(name: str) -> dict[Level, Choice]:
    """Return what this committee decided for units of each level below it."""
    return all_choices_below().get(name, {})


def all_choices_below() -> dict[str, dict[Level, Choice]]:
    """Return what this committee decided for units below it, by plugin and level."""
    found: dict[str, dict[Level, Choice]] = {}
    rows = db.session.scalars(
        sa.select(PluginChoice).where(PluginChoice.tenant_id == own_tenant().id, PluginChoice.for_level != "")
    )
    for row in rows:
        found.setdefault(row.plugin, {})[Level(row.for_level)] = read_choice(row)
    return found


def choose_plugin(
    name: str,
    *,
    enabled: bool,
    settings: Mapping[str, object],
    actor: Actor,
    for_level: Level | None = None,
    locked: bool = False,
) -> None:
    """Decide about a plugin for this committee, or for all units of a level below it.

    Raises Forbidden, NotFound, Invalid (settings, level), Conflict where a superior has locked it or it is withdrawn.
    """
    actor.require("plugins.manage")
    standing = standing_of(name)
    manifest = standing.installed.manifest
    if manifest is None:
        raise NotFound(f"plugin {name}")
    tenant = own_tenant()
    _check_level(manifest, tenant, for_level)
    if standing.upload is not None:
        if standing.upload.withdrawn:
            raise Conflict(_("Plugin này đã được rút; hãy đưa một phiên bản vào dùng lại trước."))
        if for_level is not None and for_level not in levels_to_decide(standing.upload):
            raise Invalid(_("Plugin này không dành cho cấp đó."), {"for_level": _("Plugin không dành cho cấp này.")})
    check_settings(manifest, settings)
    verdict = standing.verdict
    if for_level is None and verdict is not None and verdict.is_fixed:
        raise Conflict(_("Cấp trên đã khóa lựa chọn này, nên đơn vị không đổi được."))
    row = {
        "tenant_id": tenant.id, "plugin": name, "for_level": for_level.value if for_level else "",
        "enabled": enabled, "locked": locked and for_level is not None, "settings": dict(settings),
        "decided_by": actor.account_id, "decided_at": sa.func.now(),
    }  # fmt: skip
    changed = {key: value for key, value in row.items() if key not in ("tenant_id", "plugin", "for_level")}
    statement = insert(PluginChoice).values(row)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=["tenant_id", "plugin", "for_level"], set_=changed)
    )
    offer_below(name)
    db.session.execute(MOVE_EPOCH)
    record_event(
        "plugin.chosen",
        actor=actor,
        subject_type="plugin",
        detail={"plugin": name, "enabled": enabled, "level": for_level.value if for_level else "", "locked": locked},
    )


def forget_choice(name: str, *, actor: Actor, for_level: Level | None = None) -> None:
    """Take a decision back: what a superior or the province's file says holds again. Raises Forbidden."""
    actor.require("plugins.manage")
    db.session.execute(
        sa.delete(PluginChoice).where(
            PluginChoice.tenant_id == own_tenant().id,
            PluginChoice.plugin == name,
            PluginChoice.for_level == (for_level.value if for_level else ""),
        )
    )
    offer_below(name)
    db.session.execute(MOVE_EPOCH)
    record_event("plugin.unchosen", actor=actor, subject_type="plugin", detail={"plugin": name})


def restart_plugin(name: str, *, actor: Actor) -> None:
    """Let a plugin that its faults stopped here be asked again. Raises Forbidden, NotFound."""
    actor.require("plugins.manage")
    ended = db.session.execute(
        sa.update(PluginStop)
        .where(PluginStop.plugin == name, PluginStop.tenant_id == own_tenant().id, PluginStop.ended_at.is_(None))
        .values(ended_at=sa.func.now(), ended_by=actor.account_id)
    )
    if ended.rowcount == 0:  # type: ignore[attr-defined]
        raise NotFound(f"stopped plugin {name}")
    db.session.execute(MOVE_EPOCH)
    record_event("plugin.restarted", actor=actor, subject_type="plugin", detail={"plugin": name})


def _concerns(manifest: Manifest, level: Level) -> bool:
    levels = list(Level)
    return manifest.level is None or levels.index(manifest.level) >= levels.index(level)


def _enabled(tenant: TenantView) -> tuple[Enabled, ...]:
    stops = _stops(tenant)
    choices = choices_for(tenant)
    verdicts = judge_for(choices, tenant)
    wanted = [name for name, verdict in verdicts.items() if verdict.enabled and name not in stops]
    uploads = offered_uploads(choices, tenant) if any(owner_of(name) is not None for name in wanted) else {}
    found = []
    for name in wanted:
        upload = uploads.get(name)
        if owner_of(name) is None:
            manifest, functions = manifest_of(name), None
        elif upload is not None and not upload.withdrawn:
            manifest, functions = upload.manifest, upload.functions
        else:
            continue
        if manifest is not None:
            settings = complete_settings(manifest, verdicts[name].settings)
            found.append(Enabled(manifest, settings, functions))
    return tuple(sorted(found, key=lambda each: each.order))


def _stops(tenant: TenantView) -> dict[str, Stop]:
    rows = db.session.scalars(
        sa.select(PluginStop)
        .where(PluginStop.ended_at.is_(None), sa.or_(PluginStop.tenant_id == tenant.id, PluginStop.tenant_id.is_(None)))
        .order_by(PluginStop.tenant_id.nulls_last())
    )
    return {row.plugin: Stop(row.hook, row.fault, row.stopped_at, row.tenant_id is None) for row in rows}


def _check_level(manifest: Manifest, tenant: TenantView, for_level: Level | None) -> None:
    wanted = for_level or tenant.level
    if for_level is not None and list(Level).index(for_level) <= list(Level).index(tenant.level):
        raise Invalid(_("Chỉ quyết định được cho các cấp bên dưới."), {"for_level": _("Hãy chọn cấp bên dưới.")})
    if not fits(manifest, wanted):
        raise Invalid(_("Plugin này không dành cho cấp đó."), {"for_level": _("Plugin không dành cho cấp này.")})


def _order(standing: PluginStanding) -> tuple[int, int, str]:
    manifest = standing.installed.manifest
    if manifest is None:
        return (9, 0, standing.installed.name)
    return Enabled(manifest, {}).order
