"""What tests import by name; fixtures are in conftest.py."""

import re

from flask.testing import FlaskClient

PASSWORD = "một cụm từ đủ dài"


def csrf_of(client: FlaskClient, path: str) -> str:
    """Read the CSRF token from a page."""
    page = client.get(path).text
    found = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)
    assert found, page
    return found[1]
