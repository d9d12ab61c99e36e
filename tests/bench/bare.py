"""The other side of the case list: Flask and psycopg with nothing of ours between, the same rows as JSON.

Run by gunicorn with the platform's own configuration, on the platform's own connection pool.
"""

from flask import Flask, jsonify
from flask.typing import ResponseReturnValue
from psycopg.rows import dict_row

from tiepdan.app import _flask_settings
from tiepdan.config import load_settings
from tiepdan.core.db import db

_CASES = (
    "SELECT id, code, register_number, received_on, kind, field, status, due_on, handler_id, people_count, lead_person_id"
    " FROM petition ORDER BY received_on DESC, id DESC LIMIT 50"
)


def create_bare_app() -> Flask:
    """Make the application; the tenant comes with the address instead of a session."""
    app = Flask("bare")
    app.config.from_mapping(_flask_settings(load_settings()))
    db.init_app(app)

    @app.get("/cases/<int:tenant_id>/<path>")
    def cases(tenant_id: int, path: str) -> ResponseReturnValue:
        pooled = db.engine.raw_connection()
        try:
            connection = pooled.driver_connection
            with connection.transaction(), connection.cursor(row_factory=dict_row) as cursor:
                cursor.execute(f"SET LOCAL app.tenant_id = '{tenant_id}'; SET LOCAL app.tenant_path = '{path}'")
                return jsonify(cursor.execute(_CASES).fetchall())
        finally:
            pooled.close()

    @app.get("/readyz")
    def ready() -> ResponseReturnValue:
        return "ready"

    return app
