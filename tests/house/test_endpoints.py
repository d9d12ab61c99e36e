"""Rules of the house about endpoints."""

from flask import Flask

from tiepdan.identity.permissions import ALL_PERMISSIONS
from tiepdan.web.marks import mark_of


def test_every_endpoint_carries_a_mark(app: Flask):
    unmarked = [
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if rule.endpoint != "static" and mark_of(app.view_functions[rule.endpoint]) is None
    ]
    assert unmarked == []


def test_every_mark_names_a_known_permission(app: Flask):
    for endpoint, view in app.view_functions.items():
        mark = mark_of(view)
        if mark is not None and mark.permission is not None:
            assert mark.permission in ALL_PERMISSIONS, endpoint


def test_every_blueprint_is_armed(app: Flask):
    for name, blueprint in app.blueprints.items():
        if name != "health":
            assert blueprint.before_request_funcs.get(None), f"{name} was not made by web.blueprints"


def test_nothing_changes_on_get(app: Flask):
    """A view that writes answers POST only; reading views of the same address are separate endpoints."""
    for rule in app.url_map.iter_rules():
        methods = set(rule.methods or ()) - {"OPTIONS", "HEAD"}
        assert methods in ({"GET"}, {"POST"}), rule.endpoint


def test_pages_name_no_foreign_host(client, app):
    page = client.get("/signin").text
    assert "https://" not in page
    assert "http://" not in page.replace("http://www.w3.org", "")
