"""The platform's front page: find the body that should receive you."""

from flask import render_template, request
from flask.typing import ResponseReturnValue

from tiepdan.core.errors import NotFound
from tiepdan.tenancy.addresses import tenant_url
from tiepdan.tenancy.directory import (
    FOUND_AT_MOST,
    ListedBody,
    bodies_below,
    bodies_of_province,
    find_bodies,
    find_province,
    list_provinces,
    listed_body,
)


def show_directory() -> ResponseReturnValue:
    """Show what was searched for, a province, or a body with those below it; otherwise where to begin."""
    text = request.args.get("q", "").strip()
    if text:
        found = find_bodies(text, limit=FOUND_AT_MOST + 1)
        return _page(text=text, bodies=found[:FOUND_AT_MOST], more=len(found) > FOUND_AT_MOST)
    if slug := request.args.get("body", ""):
        body = listed_body(slug)
        if body is None:
            raise NotFound(f"body {slug}")
        return _page(body=body, superiors=_superiors(body), bodies=bodies_below(body.id))
    if slug := request.args.get("province", ""):
        province = find_province(slug)
        if province is None:
            raise NotFound(f"province {slug}")
        return _page(province=province, bodies=bodies_of_province(slug))
    return _page(provinces=list_provinces())


def _page(**shown: object) -> ResponseReturnValue:
    blank = {"text": "", "bodies": (), "more": False, "body": None, "superiors": (), "province": None, "provinces": ()}
    return render_template("portal/directory.html", **{**blank, **shown}, tenant_url=tenant_url)


def _superiors(body: ListedBody) -> list[ListedBody]:
    """Return the bodies above, the highest first: at most two of them."""
    above: list[ListedBody] = []
    while body.superior_slug is not None:
        superior = listed_body(body.superior_slug)
        if superior is None:
            break
        above.insert(0, superior)
        body = superior
    return above
