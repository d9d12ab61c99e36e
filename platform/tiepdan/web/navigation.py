"""What the menu offers: each slice adds its entries, each actor sees what they may open."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import sqlalchemy as sa
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
    """An entry as a template needs it. group: heading it stands under; "" for none."""

    url: str
    label: object
    icon: str
    current: bool
    group: str = ""


type NavSource = Callable[[], Iterable[NavLink]]


def add_to_nav(app: Flask, *items: NavItem) -> None:
    """Offer entries in the menu."""
    app.extensions.setdefault("tiepdan_nav", []).extend(items)


def add_nav_source(app: Flask, source: NavSource) -> None:
    """Offer entries of a tenant's own, after all others. The source is asked at every page: it may cost no query."""
    app.extensions.setdefault("tiepdan_nav_sources", []).append(source)


def nav_links(app: Flask) -> Sequence[NavLink]:
    """Return the entries the present actor may open."""
    actor = g.get("actor")
    if actor is None:
        return []
    on_platform = g.get("tenant") is None
    items: list[NavItem] = app.extensions.get("tiepdan_nav", [])
    here = request.blueprint
    links = [
        NavLink(
            _url(request.script_root, item.endpoint),
            _label(str(g.get("locale", "vi")), item),
            item.icon,
            item.endpoint.split(".")[0] == here,
        )
        for item in sorted(items, key=lambda item: item.order)
        if item.platform is on_platform and actor.may(item.permission)
    ]
    return links if on_platform else [*links, *_own_links(app)]


def _own_links(app: Flask) -> list[NavLink]:
    sources: list[NavSource] = app.extensions.get("tiepdan_nav_sources", [])
    try:
        return [link for source in sources for link in source()]
    except sa.exc.SQLAlchemyError:
        return []  # the page that says what is wrong with the database has a menu, too


@lru_cache(maxsize=8192)
def _url(_script_root: str, endpoint: str) -> str:
    """Make an entry's address; it depends on the tenant's prefix only."""
    return url_for(endpoint)


@cache
def _label(_locale: str, item: NavItem) -> str:
    """Translate an entry once per language."""
    return str(item.label)
