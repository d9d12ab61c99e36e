"""Path mode: /t/<slug>/… is served as if the tenant had a host of its own."""

from collections.abc import Iterable
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

SLUG_KEY = "tiepdan.slug"


class TenantPrefix:
    """WSGI layer that moves /t/<slug> from PATH_INFO to SCRIPT_NAME, so `url_for` just works."""

    def __init__(self, application: WSGIApplication) -> None:
        self._application = application

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Pass the request on, with the tenant's slug in the environment where the path names one."""
        path = environ.get("PATH_INFO", "")
        if path.startswith("/t/"):
            slug, slash, rest = path[3:].partition("/")
            environ = dict(environ)
            environ[SLUG_KEY] = slug
            environ["SCRIPT_NAME"] = f"{environ.get('SCRIPT_NAME', '')}/t/{slug}"
            environ["PATH_INFO"] = f"/{rest}" if slash else "/"
        return self._application(environ, start_response)
