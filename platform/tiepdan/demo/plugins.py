"""Plugins of the demo: the roots propose them to the levels below, as an administrator would on the page.

A plugin that is not of this repository is somebody's who is writing it: Lạng Sơn tries it at every level it is for.
"""

from tiepdan.core.actor import Actor
from tiepdan.core.db import forget_session, transaction
from tiepdan.core.scope import enter, platform_scope
from tiepdan.extensions.catalogue import fits, installed_plugins
from tiepdan.extensions.service import choices_below, choose_plugin, standing_of
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
# Those that come with the repository; committees of the demo enable theirs where their data are made.
SHIPPED = frozenset({
    "dong-da", "hai-ba-trung", "hoan-kiem", "lang-son", "level-commune", "level-district", "level-province",
    "sms-gateway", "webhook-notice",
})  # fmt: skip
_TRIES = "tinh-uy-lang-son"


def enable_plugins() -> int:
    """Propose what nobody has decided about yet; return how many were proposed."""
    made = 0
    for slug, proposed in _PROPOSED.items():
        proposals = (*proposed, *_tried()) if slug == _TRIES else proposed
        with platform_scope():
            tenant = find_tenant(slug)
        forget_session()
        if tenant is None:
            continue
        with enter(tenant.scope), transaction():
            actor = Actor.system("plugins.manage", tenant_id=tenant.id)
            for name, level in proposals:
                if name not in installed_plugins() or level in choices_below(name):
                    continue
                if level is not tenant.level or standing_of(name).verdict is None:
                    below = None if level is tenant.level else level
                    choose_plugin(name, enabled=True, settings={}, actor=actor, for_level=below)
                    made += 1
        forget_session()
    return made


def _tried() -> list[tuple[str, Level]]:
    """Return each plugin of somebody else's with the levels it is for, unless it needs settings first."""
    found = [
        plugin.manifest
        for name, plugin in installed_plugins().items()
        if name not in SHIPPED and plugin.manifest is not None and not plugin.manifest.settings.get("required")
    ]
    return [(manifest.name, level) for manifest in found for level in Level if fits(manifest, level)]
