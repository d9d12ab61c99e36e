"""Every kind of page somebody can click to, looked at by axe at both widths."""

import re
from collections import Counter, deque
from urllib.parse import urljoin, urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Error
from werkzeug.exceptions import HTTPException

from tests.journeys.conftest import Walk
from tests.journeys.walker import Walker

# Between them they may open everything. What a page offers depends on how its case stands, so each looks at a few.
LOGINS = (
    "vanphong.langson",
    "xulydon.langson",
    "giaiquyet.langson",
    "bithu.langson",
    "thanhtra.langson",
    "quantri.langson",
    "vanphong.caoloc",
    "cntt.langson",
    "vanhanh",
    "",
)
CASES_OF_A_PAGE = 3
# Answers that are files or machines' business, not pages.
NO_PAGES = re.compile(
    r"static|health|robots|favicon|api\.|\.(word|excel|pdf|workbook|print|download|icalendar|feed)|metrics"
)
# Pages that people come to by typing an address or from a letter.
TYPED = ("/styleguide", "/t/tinh-uy-lang-son/track")


@pytest.mark.slow
def test_axe_finds_nothing_on_any_page(walk: Walk, app: Flask) -> None:
    seen: set[str] = set()
    for login in LOGINS:
        _wander(walk(login), app, seen)
    stranger = walk()
    for path in TYPED:
        stranger.open(path)
        seen.add(str(_endpoint(app, stranger.address, stranger.page.url)))
    # A page about one record is there when a record stands so; a page about none must be in somebody's reach.
    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.arguments and not NO_PAGES.search(rule.endpoint)
    }
    missed = pages - seen
    assert not missed, f"nobody clicked to {sorted(missed)}"


def _wander(walker: Walker, app: Flask, seen: set[str]) -> None:
    """Follow every link, to a few cases of each kind of page."""
    if walker.page.url == "about:blank":
        walker.open("/")
    waiting = deque([walker.page.url])
    cases: Counter[str] = Counter()
    visited: set[str] = set()
    while waiting:
        address = waiting.popleft()
        endpoint = _endpoint(app, walker.address, address)
        path = urlsplit(address).path  # the same page sorted or filtered otherwise is the same case
        if endpoint is None or path in visited or cases[endpoint] >= CASES_OF_A_PAGE or NO_PAGES.search(endpoint):
            continue
        cases[endpoint] += 1
        visited.add(path)
        try:
            answer = walker.page.goto(address)
        except Error as fault:
            if "Download is starting" in str(fault):
                seen.add(endpoint)
                continue
            raise
        assert answer is not None
        if "text/html" not in (answer.headers.get("content-type") or ""):
            seen.add(endpoint)
            continue
        assert answer.status == 200, f"{address} answered {answer.status}"
        seen.add(endpoint)
        walker.look()
        waiting.extend(_links(walker))


def _links(walker: Walker) -> list[str]:
    found = walker.page.eval_on_selector_all("a[href]", "all => all.map(a => a.getAttribute('href'))")
    return [urljoin(walker.page.url, href) for href in found if not href.startswith(("#", "mailto:", "tel:"))]


def _endpoint(app: Flask, host: str, address: str) -> str | None:
    """Name the view that answers an address of ours."""
    if not address.startswith(host):
        return None
    path = re.sub(r"^/t/[^/]+", "", urlsplit(address).path) or "/"
    try:
        endpoint, _values = app.url_map.bind("localhost").match(path, method="GET")
    except HTTPException:
        return None
    return str(endpoint)
