"""Liveness and readiness for the machines that watch us."""

import redis
import sqlalchemy as sa
from flask import Blueprint, Flask, jsonify
from flask.typing import ResponseReturnValue

from tiepdan.core.db import db
from tiepdan.core.jobs import connection
from tiepdan.web.marks import public

health = Blueprint("health", __name__)


def init_app(app: Flask) -> None:
    """Register the two endpoints."""
    app.register_blueprint(health)


@health.get("/healthz")
@public
def healthz() -> ResponseReturnValue:
    """Say that the process answers."""
    return jsonify(status="ok")


@health.get("/readyz")
@public
def readyz() -> ResponseReturnValue:
    """Say whether database and queue can be reached; a dead queue makes us slower, not unready."""
    try:
        with db.engine.connect() as database:
            database.execute(sa.text("SELECT 1"))
    except sa.exc.SQLAlchemyError:
        return jsonify(status="unavailable", database="down"), 503
    try:
        connection().ping()
        queue = "up"
    except redis.RedisError:
        queue = "down"
    return jsonify(status="ok", database="up", queue=queue)
