"""Delete for good what a plugin kept here, once it is switched off and somebody has typed its name."""

import sqlalchemy as sa
from flask_babel import gettext as _

from tiepdan.audit.service import record_event
from tiepdan.core.actor import Actor
from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.core.plugins import join
from tiepdan.core.scope import tenant_scope
from tiepdan.extensions.models import PluginEvent
from tiepdan.extensions.service import PluginStanding, standing_of

PERMISSION = "plugins.purge"


def may_purge(standing: PluginStanding) -> bool:
    """Say whether a plugin is switched off here; one that its faults stopped is not."""
    withdrawn = standing.upload is not None and standing.upload.withdrawn
    return withdrawn or standing.verdict is None or not standing.verdict.enabled


def purge_plugin_data(name: str, *, typed: str, actor: Actor) -> None:
    """Delete this committee's answers, entries and events of a plugin; other committees' stay.

    Raises Forbidden, NotFound, Conflict while it is switched on, Invalid unless its name was typed.
    """
    actor.require(PERMISSION)
    if not may_purge(standing_of(name)):
        raise Conflict(_("Hãy tắt plugin trước; chỉ xóa hẳn được số liệu của plugin đã tắt."))
    if typed.strip() != name:
        raise Invalid(_("Chưa xóa gì."), {"typed": _("Hãy gõ đúng tên plugin: %(name)s.", name=name)})
    join("plugin_data_purging", plugin=name, actor=actor)
    db.session.execute(
        sa.delete(PluginEvent)
        .where(PluginEvent.tenant_id == tenant_scope().tenant_id, PluginEvent.plugin == name)
        .execution_options(synchronize_session=False)
    )
    record_event("plugin.data_purged", actor=actor, subject_type="plugin", detail={"plugin": name})
