"""Pieces of a page that are the same for everybody with the same menu: rendered once, then remembered.

    {% call remembered('sidenav', nav) %}<nav>…</nav>{% endcall %}

Only for markup without a CSRF token and without data of a record.
"""

from collections import OrderedDict
from collections.abc import Callable, Hashable, Sequence

from flask import Flask, g, request
from markupsafe import Markup

_CAPACITY = 2_000

_pieces: OrderedDict[Hashable, Markup] = OrderedDict()


def remembered(name: str, links: Sequence[Hashable], *, caller: Callable[[], Markup]) -> Markup:
    """Return the piece for these links in the reader's language and the tenant's prefix."""
    key = (name, request.script_root, g.get("locale", "vi"), tuple(links))
    piece = _pieces.get(key)
    if piece is None:
        piece = _pieces[key] = caller()
        if len(_pieces) > _CAPACITY:
            _pieces.popitem(last=False)
    return piece


def init_remembering(app: Flask) -> None:
    """Give templates `remembered`."""
    app.jinja_env.globals.update(remembered=remembered)
