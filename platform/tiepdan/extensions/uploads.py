"""Upload a plugin as data, look at it, take it into use, go back to an earlier version, withdraw it.

Every version that was found right is kept and never changed. Taking one into use changes what is asked from now on;
what was answered, entered or begun under another keeps the form it was begun with.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

import sqlalchemy as sa
from flask_babel import gettext as _
from sqlalchemy.dialects.postgresql import distinct_on, insert

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, new_id
from tiepdan.core.errors import Conflict, Invalid, NotFound
from tiepdan.core.scope import tenant_scope
from tiepdan.declared.bundle import read_upload
from tiepdan.declared.faults import DataFault, FaultKind, MalformedError
from tiepdan.declared.plugin import DeclaredPlugin
from tiepdan.declared.reading import read_kept, read_plugin
from tiepdan.declared.versions import unraised_versions
from tiepdan.extensions.catalogue import installed_plugins
from tiepdan.extensions.draft_desk import draft_desk
from tiepdan.extensions.models import MOVE_EPOCH, PluginChoice, UploadedPlugin, UploadedVersion
from tiepdan.extensions.settings import check_settings
from tiepdan.extensions.uploaded import forget_uploads, full_name, owner_of, short_name, supports_sdk
from tiepdan.sdk import API_VERSION, Level
from tiepdan.tenancy.service import own_tenant

MOST_VERSIONS = 200  # of one plugin
MOST_PLUGINS = 50  # of one committee


@dataclass(frozen=True, slots=True)
class UploadedVersionView:
    """A version that came. name: in full; in_use: it is the one that is asked."""

    id: UUID
    name: str
    number: int
    uploaded_at: datetime
    in_use: bool


@dataclass(frozen=True, slots=True)
class OwnUpload:
    """A plugin of this committee's own. newest: number of the newest version; in_use: of the one in use, or None."""

    name: str
    newest: int
    newest_id: UUID
    in_use: int | None
    withdrawn: bool


def read_file(file_name: str, data: bytes) -> DeclaredPlugin:
    """Read what was sent and check everything about it that can be checked. Raises MalformedError with all faults."""
    plugin = read_plugin(read_upload(file_name, data))
    faults = [*_head_faults(plugin), *draft_desk().examine(plugin)]
    held = _in_use(plugin.manifest.name)
    if held is not None:
        faults += unraised_versions(plugin, read_kept(held))
    if faults:
        raise MalformedError(faults)
    return plugin


def keep_version(plugin: DeclaredPlugin, *, actor: Actor) -> UUID:
    """Keep a plugin that was read as the next version, a draft; return its id.

    The same file as the newest version is that version. Raises Forbidden, Conflict where there are too many.
    """
    actor.require("plugins.manage")
    name, tenant_id = plugin.manifest.name, tenant_scope().tenant_id
    db.session.execute(sa.select(sa.func.pg_advisory_xact_lock(tenant_id, sa.func.hashtext(f"plugin:{name}"))))
    newest = db.session.execute(
        sa.select(UploadedVersion.id, UploadedVersion.number, UploadedVersion.digest)
        .where(UploadedVersion.tenant_id == tenant_id, UploadedVersion.name == name)
        .order_by(UploadedVersion.number.desc())
        .limit(1)
    ).first()
    if newest is not None and newest.digest == plugin.bundle.digest:
        return newest.id  # type: ignore[no-any-return]  # a UUID
    number = newest.number + 1 if newest else 1
    if number > MOST_VERSIONS or (number == 1 and len(own_uploads()) >= MOST_PLUGINS):
        raise Conflict(_("Đơn vị đã tải lên quá nhiều plugin hoặc phiên bản; hãy liên hệ đơn vị vận hành."))
    row = UploadedVersion(
        id=new_id(),
        name=name,
        number=number,
        digest=plugin.bundle.digest,
        files=plugin.bundle.text,
        uploaded_by=actor.account_id,
    )
    db.session.add(row)
    db.session.flush()
    record_event(
        "plugin.uploaded",
        actor=actor,
        subject_type="plugin",
        subject_id=row.id,
        detail={"plugin": full_name(name, tenant_id), "number": number},
    )
    return row.id


def read_version(version_id: UUID) -> tuple[UploadedVersionView, DeclaredPlugin]:
    """Return a version of this committee's own and what is in it. Raises NotFound, MalformedError."""
    row = _version(version_id)
    held = _held(row.name)
    in_use = held is not None and held.version_id == row.id and held.withdrawn_at is None
    view = UploadedVersionView(row.id, full_name(row.name, row.tenant_id), row.number, row.uploaded_at, in_use)
    return view, read_kept(row.files)


def use_version(version_id: UUID, *, actor: Actor) -> str:
    """Take a version into use, wherever the plugin is enabled; return the plugin's full name.

    Raises Forbidden, NotFound, Invalid where it no longer fits the platform or the settings that are in force.
    """
    actor.require("plugins.manage")
    row = _version(version_id)
    name = full_name(row.name, row.tenant_id)
    try:
        plugin = read_kept(row.files)
        faults = [*_head_faults(plugin), *draft_desk().examine(plugin)]
    except MalformedError as fault:
        faults = list(fault.faults)
    if faults:
        raise Invalid(_("Phiên bản này không còn hợp với nền tảng; hãy tải bản mới lên."))
    _check_choices(plugin, name)
    values = {
        "version_id": row.id, "number": row.number, "digest": row.digest, "files": row.files,
        "withdrawn_at": None, "changed_at": sa.func.now(),
    }  # fmt: skip
    statement = insert(UploadedPlugin).values(tenant_id=row.tenant_id, id=new_id(), name=row.name, **values)
    db.session.execute(statement.on_conflict_do_update(index_elements=["tenant_id", "name"], set_=values))
    _changed()
    record_event(
        "plugin.version_used",
        actor=actor,
        subject_type="plugin",
        subject_id=row.id,
        detail={"plugin": name, "number": row.number},
    )
    return name


def withdraw_plugin(name: str, *, actor: Actor) -> None:
    """Take a plugin of one's own out of use, here and below. What was kept by it stays. Raises Forbidden, NotFound."""
    actor.require("plugins.manage")
    held = _held(short_name(name)) if owner_of(name) == tenant_scope().tenant_id else None
    if held is None:
        raise NotFound(f"uploaded plugin {name}")
    if held.withdrawn_at is not None:
        raise Conflict(_("Plugin này đã được rút."))
    db.session.execute(
        sa.update(UploadedPlugin)
        .where(UploadedPlugin.tenant_id == tenant_scope().tenant_id, UploadedPlugin.id == held.id)
        .values(withdrawn_at=sa.func.now(), changed_at=sa.func.now())
        .execution_options(synchronize_session=False)
    )
    _changed()
    record_event("plugin.withdrawn", actor=actor, subject_type="plugin", detail={"plugin": name})


def versions_of(name: str) -> list[UploadedVersionView]:
    """Return the versions of a plugin of one's own, the newest first; none of any other."""
    if owner_of(name) != tenant_scope().tenant_id:
        return []
    held = _held(short_name(name))
    used = held.version_id if held is not None and held.withdrawn_at is None else None
    rows = db.session.execute(
        sa.select(UploadedVersion.id, UploadedVersion.number, UploadedVersion.uploaded_at)
        .where(UploadedVersion.tenant_id == tenant_scope().tenant_id, UploadedVersion.name == short_name(name))
        .order_by(UploadedVersion.number.desc())
    )
    return [UploadedVersionView(row.id, name, row.number, row.uploaded_at, row.id == used) for row in rows]


def own_uploads() -> list[OwnUpload]:
    """Return what this committee uploaded, in use or not, by name."""
    tenant_id = tenant_scope().tenant_id
    newest = (
        sa.select(UploadedVersion.name, UploadedVersion.number, UploadedVersion.id)
        .where(UploadedVersion.tenant_id == tenant_id)
        .ext(distinct_on(UploadedVersion.name))
        .order_by(UploadedVersion.name, UploadedVersion.number.desc())
    )
    held = {row.name: row for row in db.session.execute(_HELD.where(UploadedPlugin.tenant_id == tenant_id))}
    return [
        OwnUpload(
            name=full_name(row.name, tenant_id),
            newest=row.number,
            newest_id=row.id,
            in_use=held[row.name].number if row.name in held else None,
            withdrawn=row.name in held and held[row.name].withdrawn_at is not None,
        )
        for row in db.session.execute(newest)
    ]


_HELD = sa.select(
    UploadedPlugin.id, UploadedPlugin.name, UploadedPlugin.version_id, UploadedPlugin.number,
    UploadedPlugin.withdrawn_at,
)  # fmt: skip


def _held(name: str) -> Any:  # noqa: ANN401 - a row
    return db.session.execute(
        _HELD.where(UploadedPlugin.tenant_id == tenant_scope().tenant_id, UploadedPlugin.name == name)
    ).first()


def _in_use(name: str) -> str | None:
    """Return the texts of the version in use."""
    files: str | None = db.session.scalar(
        sa.select(UploadedPlugin.files).where(
            UploadedPlugin.tenant_id == tenant_scope().tenant_id, UploadedPlugin.name == name
        )
    )
    return files


def _version(version_id: UUID) -> UploadedVersion:
    row = db.session.scalar(
        sa.select(UploadedVersion).where(
            UploadedVersion.tenant_id == tenant_scope().tenant_id, UploadedVersion.id == version_id
        )
    )
    if row is None:
        raise NotFound(f"uploaded version {version_id}")
    return row


def _head_faults(plugin: DeclaredPlugin) -> Sequence[DataFault]:
    """Say what is wrong with a manifest for this committee on this platform."""
    manifest, level = plugin.manifest, own_tenant().level
    found = []
    if manifest.name in installed_plugins():
        found.append(plugin.fault_of_head("name", FaultKind.TAKEN, manifest.name))
    if not supports_sdk(manifest):
        found.append(plugin.fault_of_head("api", FaultKind.API, API_VERSION))
    if manifest.level is not None and list(Level).index(manifest.level) < list(Level).index(level):
        found.append(plugin.fault_of_head("level", FaultKind.LEVEL, manifest.level))
    return found


def _check_choices(plugin: DeclaredPlugin, name: str) -> None:
    """Refuse a version that the settings this committee has decided do not fit. Raises Invalid."""
    rows = db.session.scalars(
        sa.select(PluginChoice).where(PluginChoice.tenant_id == tenant_scope().tenant_id, PluginChoice.plugin == name)
    )
    for row in rows:
        try:
            check_settings(plugin.manifest, row.settings)
        except Invalid as fault:
            said = "; ".join(f"{key}: {message}" for key, message in fault.errors.items())
            raise Invalid(
                _("Thiết lập đang dùng không hợp với phiên bản này (%(faults)s); hãy sửa thiết lập trước.", faults=said)
            ) from fault


def _changed() -> None:
    db.session.execute(MOVE_EPOCH)
    forget_uploads()
