"""One handler turns the services' four words, and everything else, into a page or problem+json."""

import sentry_sdk
from blinker import Namespace
from flask import Flask, g, jsonify, render_template, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError, OperationalError
from werkzeug.exceptions import BadHost, HTTPException, SecurityError

from tiepdan.core.errors import Conflict, DomainError, Forbidden, Invalid, NotFound
from tiepdan.core.telemetry import log
from tiepdan.web.idempotency import AlreadyDone, answer_repetition

# Sent with actor, permission and endpoint when somebody is refused; the journal listens.
request_refused = Namespace().signal("request-refused")

_STATUS: dict[type[DomainError], int] = {NotFound: 404, Forbidden: 403, Conflict: 409, Invalid: 422}
_PAGES = {400, 401, 403, 404, 409, 413, 422, 429, 500, 503}


def init_errors(app: Flask) -> None:
    """Register the handlers."""
    app.register_error_handler(DomainError, _answer_domain_error)
    app.register_error_handler(CSRFError, _answer_csrf_error)
    app.register_error_handler(HTTPException, _answer_http_error)
    app.register_error_handler(AlreadyDone, answer_repetition)
    app.register_error_handler(DataError, _answer_unstorable)
    app.register_error_handler(Exception, _answer_fault)


def _answer_domain_error(error: DomainError) -> ResponseReturnValue:
    status = next((code for kind, code in _STATUS.items() if isinstance(error, kind)), 500)
    if isinstance(error, Forbidden) and g.get("actor") is not None:
        request_refused.send(g.actor, permission=str(error.message), endpoint=request.endpoint or "")
    # A NotFound or Forbidden message names ids and permissions: it is for us, not for the page.
    detail = str(error.message) if isinstance(error, Conflict | Invalid) else None
    return answer(status, detail, dict(getattr(error, "errors", {})))


def _answer_csrf_error(_error: CSRFError) -> ResponseReturnValue:
    return answer(400, None)


def _answer_http_error(error: HTTPException) -> ResponseReturnValue:
    if error.code is None or error.code < 400:
        return error
    return answer(error.code, None)


def _answer_unstorable(error: DataError) -> ResponseReturnValue:
    """Answer input that no column takes, such as a NUL letter or a number of thirty digits, as a bad request."""
    log.warning("unstorable input", exc_info=(type(error), error, error.__traceback__), endpoint=request.endpoint)
    return answer(400, None)


def _answer_fault(error: Exception) -> ResponseReturnValue:
    """A fault of ours: report it without content, answer without detail."""
    sentry_sdk.capture_exception(error)
    log.error("fault", exc_info=(type(error), error, error.__traceback__), endpoint=request.endpoint)
    return answer(503 if isinstance(error, OperationalError) else 500, None)


def answer(status: int, detail: str | None, errors: dict[str, object] | None = None) -> ResponseReturnValue:
    """Answer with an error page, or problem+json for the API."""
    if _names_no_host():
        return "400 Bad Request\n", 400, {"Content-Type": "text/plain; charset=utf-8"}
    if request.path.startswith("/api/"):
        problem = {"type": "about:blank", "status": status, "title": detail or "", "errors": errors or {}}
        return jsonify(problem), status, {"Content-Type": "application/problem+json"}
    page = status if status in _PAGES else 500 if status >= 500 else 400
    return render_template(f"web/errors/{page}.html", status=status, detail=detail, errors=errors or {}), status


def _names_no_host() -> bool:
    """Say whether the request's Host is none: no address can be built for a page."""
    return isinstance(request.routing_exception, BadHost | SecurityError)
