"""Links that plugins write lead only where the reader may go."""

import pytest
from flask import g

from tiepdan.core.actor import Actor
from tiepdan.web.reach import may_open


@pytest.mark.parametrize(
    ("address", "permissions", "opens"),
    [
        ("/registers/", {"registers.view"}, True),
        ("/registers", {"registers.view"}, True),
        ("/registers/?year=2024", {"registers.view"}, True),
        ("/registers/", {"reports.view"}, False),
        ("/calendar", set(), True),
        ("/nowhere", {"registers.view"}, False),
        ("/petitions/7", {"petitions.view"}, False),
        ("", {"registers.view"}, True),
    ],
)
def test_a_link_is_shown_to_who_may_follow_it(app, address, permissions, opens):
    with app.test_request_context("/"):
        g.actor = Actor(None, "Người thử", frozenset(), frozenset(permissions), None)
        assert may_open(address) is opens


def test_a_visitor_is_shown_public_pages_only(app):
    with app.test_request_context("/"):
        g.actor = None
        assert may_open("/calendar")
        assert not may_open("/registers/")
