"""Stored decisions about plugins, and which uploaded plugins there are to decide about."""

from collections.abc import Sequence

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.extensions.models import PluginChoice, UploadedPlugin
from tiepdan.extensions.rules import Choice, Verdict, judge
from tiepdan.extensions.uploaded import Upload, forget_uploads, owner_of, short_name, uploads_in_sight
from tiepdan.sdk import Level
from tiepdan.tenancy.models import TenantPlugin
from tiepdan.tenancy.service import TenantView, own_tenant


def levels_to_decide(upload: Upload) -> list[Level]:
    """Return the levels below for which this committee may decide about an uploaded plugin.

    Whoever uploaded it: every level below. A unit it was handed down to: those it was offered to.
    """
    tenant = own_tenant()
    below = list(Level)[list(Level).index(tenant.level) + 1 :]
    if upload.owner_id == tenant.id:
        return below
    offered = db.session.scalars(
        sa.select(PluginChoice.for_level).where(
            PluginChoice.tenant_id == upload.owner_id, PluginChoice.plugin == upload.name
        )
    ).all()
    return [level for level in below if level.value in offered]


def offered_uploads(choices: Sequence[Choice], tenant: TenantView) -> dict[str, Upload]:
    """Return the uploaded plugins there are for this committee: its own, and those their owners decided to hand down
    to its level, enabled or not.
    """
    handed_down = {
        choice.plugin for choice in choices if choice.for_level and owner_of(choice.plugin) == choice.tenant_id
    }
    return {
        name: upload
        for name, upload in uploads_in_sight().items()
        if upload.owner_id == tenant.id or name in handed_down
    }


def offer_below(name: str) -> None:
    """Let units below read what this committee uploaded exactly while it decides something about it for them."""
    tenant = own_tenant()
    if owner_of(name) != tenant.id:
        return
    decided = sa.select(PluginChoice.plugin).where(
        PluginChoice.tenant_id == tenant.id, PluginChoice.plugin == name, PluginChoice.for_level != ""
    )
    db.session.execute(
        sa.update(UploadedPlugin)
        .where(UploadedPlugin.tenant_id == tenant.id, UploadedPlugin.name == short_name(name))
        .values(below=sa.exists(decided))
        .execution_options(synchronize_session=False)
    )
    forget_uploads()


def choices_for(tenant: TenantView) -> list[Choice]:
    """Return every stored decision that may concern a committee: its own, those above it, the province's file."""
    stored = db.session.scalars(
        sa.select(PluginChoice).where(
            sa.or_(
                sa.and_(PluginChoice.tenant_id == tenant.id, PluginChoice.for_level == ""),
                sa.and_(PluginChoice.tenant_id.in_(tenant.ancestor_ids), PluginChoice.for_level == tenant.level.value),
            )
        )
    )
    in_file = db.session.scalars(sa.select(TenantPlugin).where(TenantPlugin.tenant_id == tenant.id))
    choices = [read_choice(row) for row in stored]
    choices += [
        Choice(row.tenant_id, row.plugin, enabled=True, settings=row.settings, locked=row.locked, from_file=True)
        for row in in_file
    ]
    return choices


def judge_for(choices: Sequence[Choice], tenant: TenantView) -> dict[str, Verdict]:
    """Return whose decision holds here, by plugin."""
    return judge(choices, tenant_id=tenant.id, superior_ids=tenant.ancestor_ids, level=tenant.level)


def read_choice(row: PluginChoice) -> Choice:
    """Return a stored decision."""
    return Choice(
        row.tenant_id,
        row.plugin,
        enabled=row.enabled,
        settings=row.settings,
        for_level=Level(row.for_level) if row.for_level else None,
        locked=row.locked,
    )
