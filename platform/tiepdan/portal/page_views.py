"""Pages of plugins: drawn by the platform from what the plugin says, never by the plugin."""

from collections.abc import Iterator

from flask import g, render_template, request, url_for
from flask.typing import ResponseReturnValue

from tiepdan.core.clock import today
from tiepdan.extensions.bilingual import in_language
from tiepdan.extensions.catalogue import plugin_title
from tiepdan.portal.page_drawing import draw_page
from tiepdan.portal.plugin_pages import find_page, pages_here
from tiepdan.web.blueprints import desk_blueprint, requires
from tiepdan.web.navigation import NavLink

PERMISSION = "reports.view"  # a page shows figures, and entries of registers to those who may see them
pages = desk_blueprint("plugin_pages", __name__, url_prefix="/pages")


@pages.get("/<plugin>/<key>")
@requires(PERMISSION)
def show(plugin: str, key: str) -> ResponseReturnValue:
    """Show a page of a plugin; when the plugin failed, say so."""
    on = today()
    found = find_page(plugin, key, on)
    drawn = draw_page(found, on, g.actor) if found else None
    return render_template("portal/plugin_page.html", page=drawn, whose=plugin_title(plugin), plugin=plugin, on=on)


def menu_links() -> Iterator[NavLink]:
    """Yield the menu entries of the plugins enabled here, under the name of each, for whoever may open them."""
    if not g.actor.may(PERMISSION):
        return
    shown = (request.view_args or {}) if request.blueprint == pages.name else {}
    for each in pages_here(today()).pages:
        if each.page.menu:
            yield NavLink(
                url=url_for("plugin_pages.show", plugin=each.plugin, key=each.page.key),
                label=in_language(each.page.title),
                icon="file-text",
                current=shown == {"plugin": each.plugin, "key": each.page.key},
                group=plugin_title(each.plugin),
            )
