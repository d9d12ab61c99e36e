"""What the application hangs in: the pages that print, and the menu that other pages draw."""

from flask import Flask

from tiepdan.documents.pages import draw_menu
from tiepdan.documents.views import documents


def init_app(app: Flask) -> None:
    """Register the slice."""
    app.register_blueprint(documents)
    app.jinja_env.globals["document_menu"] = draw_menu
