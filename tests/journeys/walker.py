"""Somebody who walks through the platform in a real browser, looking hard at every page they come to."""

import re
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from pathlib import Path
from typing import Any, ClassVar
from urllib.parse import urlsplit

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page, Request, Response

from tiepdan.demo.accounts import PASSWORD

WIDE = {"width": 1440, "height": 900}
NARROW = {"width": 360, "height": 740}
# Success criteria of WCAG 2.0, 2.1 and 2.2 at levels A and AA.
TAGS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
AXE = Path(__file__).parent / "vendor" / "axe.min.js"
_STATUS = re.compile(r"status of (\d{3})")
_ASK_AXE = """async (tags) => {
  const result = await axe.run(document, {runOnly: {type: 'tag', values: tags}, resultTypes: ['violations'], preload: false});
  return result.violations.map(v => `${v.id} (${v.help}): ` + v.nodes.slice(0, 4).map(n => n.html.slice(0, 200) + ' ' + (n.any[0] ? n.any[0].message : '')).join(' | '));
}"""
# What kinds of elements a page is made of, whatever its words and however many rows: faults axe can find live here.
_MAKE = """() => {
  const ids = [...document.querySelectorAll('[id]')].map(e => e.id);
  const kinds = new Set([...document.querySelectorAll('*')].map(e => [
    e.parentElement ? e.parentElement.tagName + '.' + e.parentElement.className : '', e.tagName, e.getAttribute('class') || '',
    e.getAttributeNames().join(' '), e.getAttribute('role') || '', e.getAttribute('type') || '', e.textContent.trim() ? 1 : 0,
  ].join('|')));
  return [...kinds].sort().join('\\n') + (new Set(ids).size < ids.length);
}"""
_OVERFLOW = """() => {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  const clipped = e => { for (let p = e.parentElement; p; p = p.parentElement) { if (getComputedStyle(p).overflowX !== 'visible') return true; } return false; };
  const wide = [...document.querySelectorAll('body *')].filter(e => e.getBoundingClientRect().right > width + 1 && !clipped(e));
  return [`${document.documentElement.scrollWidth} px of ${width}`, ...wide.slice(-3).map(e => e.outerHTML.slice(0, 160))];
}"""


@cache
def _axe() -> str:
    return AXE.read_text()


class Walker:
    """One person's browser. Every step ends with a look at the page; faults() tells what was wrong with any of them."""

    # Makes of pages that axe has seen in this run; the same make at the same width is not asked about again.
    _seen: ClassVar[set[tuple[str, str]]] = set()

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.context = context
        self.address = address
        self.page: Page = context.new_page()
        self.visited: list[str] = []
        self._faults: list[str] = []
        self._expected: set[int] = set()
        self.page.on("console", self._hear)
        self.page.on("pageerror", lambda error: self._faults.append(f"{self.page.url}: script: {error}"))
        context.on("request", self._watch)
        context.on("response", self._note)

    # Getting about

    def open(self, path: str, *, status: int = 200) -> Response:
        """Type an address and look at the page. status: what the server must answer."""
        with self.expecting(status):
            response = self.page.goto(f"{self.address}{path}")
            assert response is not None
            assert response.status == status, f"{path} answered {response.status}, not {status}"
            self.look()
        return response

    def sign_in(self, login: str, password: str = PASSWORD) -> None:
        """Sign in as one of the demo's people, by keyboard alone."""
        self.open("/signin")
        self.page.locator("#login").focus()
        self.page.keyboard.type(login)
        self.page.keyboard.press("Tab")
        self.page.keyboard.type(password)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        assert "/signin" not in self.page.url, self.page.locator("main").inner_text()
        self.look()

    def follow(self, link: str | Locator, *, status: int = 200) -> None:
        """Click a link by its words, and look at where it leads."""
        found = self.link(link) if isinstance(link, str) else link
        self._go(found, status)

    def press(self, button: str | Locator, *, status: int | None = 200) -> None:
        """Press a button that sends a form, and look at the answer. status: None if any will do."""
        found = self.button(button) if isinstance(button, str) else button
        self._go(found, status)

    def _go(self, found: Locator, status: int | None) -> None:
        with self.expecting(status or 422):
            with self.page.expect_navigation() as going:
                found.click()
            response = going.value
            assert response is not None
            assert status in (None, response.status), f"{response.url} answered {response.status}: {self.text()[:600]}"
            self.look()

    def reload_until(self, words: str, seconds: int = 60) -> None:
        """Load the page again until it says something that a job brings about."""
        for _second in range(seconds):
            if words.casefold() in self.text().casefold():
                break
            self.page.wait_for_timeout(1_000)
            self.page.reload()
        self.reads(words)

    def agree(self) -> None:
        """Answer the next question of the browser with yes."""
        self.page.once("dialog", lambda dialog: dialog.accept())

    # Finding things by what a person reads

    def link(self, words: str) -> Locator:
        """Find a link in the page's main part, or in the menu."""
        return self.page.get_by_role("link", name=words).first

    def menu(self, words: str) -> Locator:
        """Find an entry of the menu."""
        return self.page.locator(".sidenav").get_by_role("link", name=words, exact=True)

    def path(self) -> str:
        """Say where we are, without the host."""
        return urlsplit(self.page.url).path

    def button(self, words: str) -> Locator:
        """Find a button by its words."""
        return self.page.locator("main").get_by_role("button", name=words).first

    def fill(self, label: str, text: str) -> None:
        """Fill a field by its label."""
        self.page.locator("main").get_by_label(label, exact=False).first.fill(text)

    def choose(self, words: str) -> None:
        """Choose a radio card or tick a box by its words."""
        self.page.locator("main label", has_text=words).first.click()

    def text(self) -> str:
        """Give what the page says in its main part, or all of it."""
        main = self.page.locator("main")
        return " ".join((main if main.count() else self.page.locator("body")).inner_text().split())

    def reads(self, *words: str) -> None:
        """Claim that the page says each of these."""
        text = self.text().casefold()
        missing = [one for one in words if one.casefold() not in text]
        assert not missing, f"{self.page.url} does not say {missing}: {text[:1500]}"

    def never_reads(self, *words: str) -> None:
        """Claim that nothing of the page, not even its source, holds any of these."""
        source = self.page.content().casefold()
        found = [one for one in words if one.casefold() in source]
        assert not found, f"{self.page.url} says {found}"

    # Looking

    def look(self) -> None:
        """Check the page at both widths: axe, no sideways scrolling; keep the faults for later."""
        self.page.wait_for_load_state("load")
        path = urlsplit(self.page.url).path
        self.visited.append(path)
        self._ask_axe("1440 px")
        self.page.set_viewport_size(NARROW)
        if too_wide := self.page.evaluate(_OVERFLOW):
            self._faults.append(f"{path}: scrolls sideways at 360 px: {too_wide}")
        self._ask_axe("360 px")
        self.page.set_viewport_size(WIDE)

    def _ask_axe(self, where: str) -> None:
        make = (where, self.page.evaluate(_MAKE))
        if make in self._seen:
            return
        self._seen.add(make)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(_axe())
        for violation in self.page.evaluate(_ASK_AXE, TAGS):
            self._faults.append(f"{urlsplit(self.page.url).path} at {where}: {violation}")

    @contextmanager
    def expecting(self, status: int) -> Iterator[None]:
        """Let one answer of this status pass: Chromium writes every 4xx to the console."""
        before = set(self._expected)
        self._expected.add(status)
        try:
            yield
        finally:
            self._expected = before

    def faults(self) -> list[str]:
        """Say what was wrong on any page so far."""
        return self._faults

    def _hear(self, message: ConsoleMessage) -> None:
        if message.type not in {"error", "warning"}:
            return
        status = _STATUS.search(message.text)
        if status is None or int(status[1]) not in self._expected:
            self._faults.append(f"{self.page.url}: console: {message.text}")

    def _watch(self, request: Request) -> None:
        if not request.url.startswith((self.address, "data:", "blob:")):
            self._faults.append(f"{self.page.url}: asked another host: {request.url}")

    def _note(self, response: Response) -> None:
        if response.status >= 500:
            self._faults.append(f"{response.url} answered {response.status}")


def opened(walker: Walker, level: str) -> Locator:
    """Unfold what is decided about a plugin for a level below, on the plugin's page; return its form."""
    fold = walker.page.locator(f"#decide-{level}")
    if fold.get_attribute("open") is None:
        fold.locator("summary").click()
    return walker.page.locator(f"#choose-{level}")


def download(walker: Walker, link: Locator, folder: Path) -> Path:
    """Click a link that gives a file; return where it was kept."""
    with walker.page.expect_download() as going:
        link.click()
    kept: Any = going.value
    path = folder / kept.suggested_filename
    kept.save_as(path)
    return path
