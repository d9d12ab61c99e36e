"""What the application hangs in: templates only; petitions and receptions show them on their own pages."""

from flask import Flask

from tiepdan.core.plugins import register_slice
from tiepdan.formparts import purging
from tiepdan.formparts.pages import formparts


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(formparts)
    register_slice(purging, "formparts")
