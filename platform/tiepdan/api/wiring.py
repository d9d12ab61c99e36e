"""What the application hangs in: the JSON, the reading of keys, and the administrator's page."""

from flask import Flask
from flask_babel import lazy_gettext as _l

from tiepdan.api import key_views, views
from tiepdan.web.navigation import NavItem, add_to_nav


def init_app(app: Flask) -> None:
    """Register the slice. The key is read after the door opened the tenant and before the blueprint's guard."""
    app.before_request(views.read_key)
    app.register_blueprint(views.api)
    app.register_blueprint(key_views.keys)
    add_to_nav(app, NavItem("keys.index", "keys.manage", _l("Khóa API"), "key", 92))
