"""Whether the present reader may open an address: for links that somebody else wrote, such as a plugin."""

from urllib.parse import urlsplit

from flask import current_app, g
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from tiepdan.web.marks import mark_of


def may_open(address: str) -> bool:
    """Say whether an address inside the committee, without its prefix, is a page that the reader has the right to."""
    endpoint = _endpoint_of(urlsplit(address).path)
    if endpoint is None:
        return False
    mark = mark_of(current_app.view_functions[endpoint])
    if mark is None:
        return False
    return mark.permission is None or (g.actor is not None and g.actor.may(mark.permission))


def _endpoint_of(path: str) -> str | None:
    pages = current_app.url_map.bind("committee")
    try:
        return str(pages.match(path, method="GET")[0])
    except RequestRedirect as redirect:  # the page's address ends with a slash that was left out
        return _endpoint_of(urlsplit(redirect.new_url).path)
    except HTTPException:
        return None
