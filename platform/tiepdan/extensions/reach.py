"""In which other committees a plugin is enabled: for what a committee asks of others, not for asking the plugin."""

from collections.abc import Collection

import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.extensions.catalogue import fits, manifest_of
from tiepdan.extensions.models import PluginChoice
from tiepdan.extensions.rules import Choice, judge
from tiepdan.extensions.uploaded import owner_of, uploads_in_sight
from tiepdan.sdk import Level
from tiepdan.tenancy.models import TenantPlugin
from tiepdan.tenancy.service import TenantView


def where_enabled(plugin: str, tenants: Collection[TenantView]) -> frozenset[int]:
    """Return the ids of those tenants in which a plugin is enabled, in two statements.

    One that its faults stopped somewhere for a while is enabled there all the same: what is owed stays owed.
    """
    manifest = manifest_of(plugin)
    if manifest is None or not tenants:
        return frozenset()
    choices = [
        Choice(
            row.tenant_id,
            row.plugin,
            enabled=row.enabled,
            settings={},
            for_level=Level(row.for_level) if row.for_level else None,
            locked=row.locked,
        )
        for row in db.session.scalars(sa.select(PluginChoice).where(PluginChoice.plugin == plugin))
    ]
    in_file = sa.select(TenantPlugin).where(
        TenantPlugin.plugin == plugin, TenantPlugin.tenant_id.in_([tenant.id for tenant in tenants])
    )
    choices += [
        Choice(row.tenant_id, row.plugin, enabled=True, settings={}, locked=row.locked, from_file=True)
        for row in db.session.scalars(in_file)
    ]
    owner_id = owner_of(plugin)
    upload = uploads_in_sight().get(plugin)
    if upload is not None and upload.withdrawn:
        return frozenset()
    handed_down = {choice.for_level for choice in choices if choice.tenant_id == owner_id}
    found = set()
    for tenant in tenants:
        if owner_id not in (None, tenant.id) and tenant.level not in handed_down:
            continue  # its own decision about what it was once handed stands for nothing
        verdicts = judge(choices, tenant_id=tenant.id, superior_ids=tenant.ancestor_ids, level=tenant.level)
        if plugin in verdicts and verdicts[plugin].enabled and fits(manifest, tenant.level):
            found.add(tenant.id)
    return frozenset(found)
