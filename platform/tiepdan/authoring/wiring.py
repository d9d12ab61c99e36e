"""What the application hangs in: drafts of plugins are read by whom everything about answers is known to."""

from flask import Flask

from tiepdan.authoring.drafts import AuthoringDesk
from tiepdan.extensions.draft_desk import set_draft_desk
from tiepdan.web.blueprints import desk_blueprint

authoring = desk_blueprint("authoring", __name__)  # templates only


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(authoring)
    set_draft_desk(AuthoringDesk())
