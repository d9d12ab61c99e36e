"""Plugins of the demo: the roots propose them to the levels below, as an administrator would on the page."""

from tiepdan.core.actor import Actor
from tiepdan.core.db import forget_session, transaction
from tiepdan.core.scope import enter, platform_scope
from tiepdan.extensions.catalogue import installed_plugins
from tiepdan.extensions.service import choices_below, choose_plugin
from tiepdan.sdk import Level
from tiepdan.tenancy.service import find_tenant

_PROPOSED = {
    "tinh-uy-lang-son": (
        ("level-commune", Level.COMMUNE),
        ("level-district", Level.DISTRICT),
        ("lang-son", Level.COMMUNE),
    ),
    "thanh-uy-ha-noi": (("level-commune", Level.COMMUNE), ("level-district", Level.DISTRICT)),
}


def enable_plugins() -> int:
    """Propose what nobody has decided about yet; return how many were proposed."""
    made = 0
    for slug, proposals in _PROPOSED.items():
        with platform_scope():
            tenant = find_tenant(slug)
        forget_session()
        if tenant is None:
            continue
        with enter(tenant.scope), transaction():
            actor = Actor.system("plugins.manage", tenant_id=tenant.id)
            for name, level in proposals:
                if name in installed_plugins() and level not in choices_below(name):
                    choose_plugin(name, enabled=True, settings={}, actor=actor, for_level=level)
                    made += 1
        forget_session()
    return made
