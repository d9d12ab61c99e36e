"""What the menu offers: each slice adds its entries, each actor sees what they may open."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from flask import Flask, g, request, url_for


@dataclass(frozen=True, slots=True)
class NavItem:
    """endpoint: where it leads; permission: who sees it; label: a lazy string; order: place in the menu."""

    endpoint: str
    permission: str
    label: object
    icon: str
    order: int
    platform: bool = False


@dataclass(frozen=True, slots=True)
class NavLink:
    """An entry as a template needs it."""

    url: str
    label: object
    icon: str
    current: bool


def add_to_nav(app: Flask, *items: NavItem) -> None:
    """Offer entries in the menu."""
    app.extensions.setdefault("tiepdan_nav", []).extend(items)


def nav_links(app: Flask) -> Sequence[NavLink]:
    """Return the entries the present actor may open."""
    actor = g.get("actor")
    if actor is None:
        return []
    on_platform = g.get("tenant") is None
    items: list[NavItem] = app.extensions.get("tiepdan_nav", [])
    here = request.blueprint
    return [
        NavLink(
            _url(request.script_root, item.endpoint),
            _label(str(g.get("locale", "vi")), item),
            item.icon,
            item.endpoint.split(".")[0] == here,
        )
        for item in sorted(items, key=lambda item: item.order)
        if item.platform is on_platform and actor.may(item.permission)
    ]


@lru_cache(maxsize=8192)
def _url(_script_root: str, endpoint: str) -> str:
    """Make an entry's address; it depends on the tenant's prefix only."""
    return url_for(endpoint)


@cache
def _label(_locale: str, item: NavItem) -> str:
    """Translate an entry once per language."""
    return str(item.label)
