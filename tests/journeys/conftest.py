"""One browser, one demo: journeys share both (tests/scheduling.py), each person with a session of their own."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, sync_playwright

from tests.journeys.served_demo import ServedDemo, demo_environ, free_port, serve_demo
from tests.journeys.walker import WIDE, Walker

TIMEOUT_MS = 60_000
_FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
_walkers = pytest.StashKey[list[Walker]]()

type Walk = Callable[..., Walker]


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Mark every journey: it drives a browser."""
    for item in items:
        if item.path.parent == Path(__file__).parent:
            item.add_marker(pytest.mark.browser)


@pytest.fixture(scope="session")
def demo(
    servers: Any, make_database: Callable[..., Any], worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[ServedDemo]:
    """The demo, built once and served; its Valkey database is the last one, the tests' own are the first."""
    folder = tmp_path_factory.mktemp("journeys-demo")
    database = make_database(servers, f"journeys_{worker_id}")
    port = free_port()
    if servers.redis_url.startswith("unix"):
        joiner = "&" if "?" in servers.redis_url else "?"
        redis_url = f"{servers.redis_url}{joiner}db=15"
    else:
        redis_url = f"{servers.redis_url.rstrip('/')}/15"
    environ = demo_environ(database.app_url, database.owner_url, redis_url, folder, port)
    with serve_demo(environ, folder, port) as served:
        yield served


@pytest.fixture(scope="session")
def chromium() -> Iterator[Browser]:
    """Debian's Chromium. Without one the journeys are skipped, and say so."""
    executable = shutil.which("chromium") or shutil.which("chromium-browser")
    if executable is None:
        pytest.skip("chromium is missing: apt-get install chromium, or make test, which installs it where it may")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=_FLAGS)
        yield browser
        browser.close()


@pytest.fixture
def walk(chromium: Browser, demo: ServedDemo, request: pytest.FixtureRequest) -> Iterator[Walk]:
    """Send somebody on their way: walk("vanphong.langson"), or walk() for a citizen.

    The test fails at its end if any page on the way was faulty.
    """
    walkers: list[Walker] = []
    request.node.stash[_walkers] = walkers

    def send(login: str = "", *, locale: str = "vi") -> Walker:
        context = chromium.new_context(viewport=WIDE, locale=locale, accept_downloads=True)
        context.set_default_timeout(TIMEOUT_MS)
        walker = Walker(context, demo.address)
        walkers.append(walker)
        if login:
            walker.sign_in(login)
        return walker

    yield send
    faults = [fault for walker in walkers for fault in walker.faults()]
    for walker in walkers:
        walker.context.close()
    assert not faults, "\n".join(dict.fromkeys(faults))


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item, call: pytest.CallInfo[None]) -> Any:
    """When a step fails, photograph what each walker saw."""
    report = yield
    if report.when == "call" and report.failed:
        for number, walker in enumerate(item.stash.get(_walkers, [])):
            report.sections.append((f"walker {number}", _photograph(item, walker, number)))
    return report


def _photograph(item: pytest.Item, walker: Walker, number: int) -> str:
    factory = item.config._tmp_path_factory  # type: ignore[attr-defined]
    folder = Path(factory.getbasetemp()) / "journeys-screenshots"
    folder.mkdir(exist_ok=True)
    path = folder / f"{item.name}-{number}.png"
    try:
        walker.page.screenshot(path=path, full_page=True)
    except Exception as error:  # noqa: BLE001 - a browser that is gone must not hide the first fault
        return f"{walker.page.url}: no screenshot: {error}"
    return f"{walker.page.url}: {path}"
