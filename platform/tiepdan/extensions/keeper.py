"""Who the plugin caller asks: what is enabled here, and what to do about faults.

A plugin that fails several times in a row in a tenant is stopped there, in a transaction of its own, so that the
stop stands whatever becomes of the request. The count is each process's own: two processes stop it at the latest
after twice as many faults.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field

import sentry_sdk
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from tiepdan.audit.service import record_event_now
from tiepdan.core.actor import Actor
from tiepdan.core.db import db, independent_transaction, new_id
from tiepdan.core.plugin_calls import Fault
from tiepdan.core.plugins import Enabled
from tiepdan.core.scope import Scope, current_scope
from tiepdan.core.telemetry import log
from tiepdan.extensions.models import MOVE_EPOCH, PluginStop
from tiepdan.extensions.service import enabled_here

FAULTS_IN_A_ROW = 5


@dataclass(slots=True)
class PluginKeeper:
    """Counts faults in a row by tenant and plugin."""

    in_a_row: dict[tuple[int, str], int] = field(default_factory=dict)

    def enabled(self) -> Sequence[Enabled]:
        """Return the plugins enabled for the tenant in scope; () outside a tenant.

        Asked once per session and hook; what the breaker stopped meanwhile is left out at once.
        """
        scope = current_scope()
        if not isinstance(scope, Scope):
            return ()
        stopped: set[str] = db.session().info.get("stopped_plugins", set())
        found = enabled_here()
        return [each for each in found if each.manifest.name not in stopped] if stopped else found

    def failed(self, fault: Fault) -> None:
        """Count a fault; stop the plugin in this tenant when there were too many in a row."""
        scope = current_scope()
        if not isinstance(scope, Scope):
            return
        key = (scope.tenant_id, fault.plugin)
        self.in_a_row[key] = self.in_a_row.get(key, 0) + 1
        if self.in_a_row[key] >= FAULTS_IN_A_ROW:
            self.in_a_row.pop(key)
            _stop(scope.tenant_id, fault)

    def succeeded(self, plugin: str) -> None:
        """Forget the faults of a plugin that answered."""
        if self.in_a_row:
            scope = current_scope()
            if isinstance(scope, Scope):
                self.in_a_row.pop((scope.tenant_id, plugin), None)


def _stop(tenant_id: int, fault: Fault) -> None:
    row = {
        "id": new_id(), "plugin": fault.plugin, "tenant_id": tenant_id, "hook": fault.hook, "fault": fault.kind,
    }  # fmt: skip
    statement = insert(PluginStop).values(row).on_conflict_do_nothing().returning(PluginStop.id)
    with independent_transaction() as connection:
        made = connection.scalar(statement)
        connection.execute(MOVE_EPOCH)
    db.session().info.setdefault("stopped_plugins", set()).add(fault.plugin)
    if made is None:
        return  # another process was first
    record_event_now(
        "plugin.stopped",
        actor=Actor.system(),
        subject_type="plugin",
        detail={"plugin": fault.plugin, "hook": fault.hook, "fault": fault.kind},
    )
    log.error("plugin stopped", plugin=fault.plugin, hook=fault.hook, fault=fault.kind)
    with sentry_sdk.new_scope() as scope:
        scope.set_tag("plugin", fault.plugin)
        sentry_sdk.capture_message("plugin stopped", level="error")


def stop_everywhere(connection: sa.Connection, plugin: str) -> bool:
    """Stop a plugin in every tenant; say whether it was not stopped before."""
    statement = insert(PluginStop).values(id=new_id(), plugin=plugin, tenant_id=None).on_conflict_do_nothing()
    made = connection.scalar(statement.returning(PluginStop.id)) is not None
    connection.execute(MOVE_EPOCH)
    return made


def start_everywhere(connection: sa.Connection, plugin: str) -> bool:
    """Take the operator's stop back; say whether there was one."""
    ended = sa.update(PluginStop).where(
        PluginStop.plugin == plugin, PluginStop.tenant_id.is_(None), PluginStop.ended_at.is_(None)
    )
    made = connection.scalar(ended.values(ended_at=sa.func.now()).returning(PluginStop.id)) is not None
    connection.execute(MOVE_EPOCH)
    return made
