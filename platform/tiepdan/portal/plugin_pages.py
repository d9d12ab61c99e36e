"""Pages that plugins give a committee: asked for once, checked, remembered until plugins or the day change.

What is remembered is the pages as data; figures and entries are counted when a page is opened.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any

from tiepdan.core.errors import NotFound
from tiepdan.core.plugins import answer_check, collect, implementers
from tiepdan.counting.service import check_words_of
from tiepdan.extensions.answers import check_distinct, check_list
from tiepdan.extensions.bilingual import check_link, check_words
from tiepdan.extensions.remembering import remember
from tiepdan.sdk import Block, Number, Page
from tiepdan.tenancy.service import own_tenant, plugin_tenant

HOOK = "pages"
MOST_PAGES = 8  # of one plugin
MOST_BLOCKS = 12  # of one page
MOST_NUMBERS = 24  # of one page
MOST_CHARTS = 4
LONGEST_CHART = 24  # months: each is a bar, and a count
LONGEST_PERIOD = 120  # months
MOST_LINKS = 10  # of one block
_KEY = re.compile(r"[a-z][a-z0-9-]{0,40}")
_REMEMBERED = 2_000  # committees; pages are large


@dataclass(frozen=True, slots=True)
class PluginPage:
    """A page and whose it is."""

    plugin: str
    page: Page


@dataclass(frozen=True, slots=True)
class PagesHere:
    """The pages of the plugins enabled here, in order of asking; failed: plugins whose pages do not count."""

    pages: tuple[PluginPage, ...] = ()
    failed: tuple[str, ...] = ()


def pages_here(on: date) -> PagesHere:
    """Return the committee's pages; a process asks again when plugins change, on another day, or a while after a fault.

    Costs neither a query nor a call of a plugin while they are remembered.
    """
    tenant = own_tenant()

    def ask() -> PagesHere:
        answers = collect(HOOK, tenant=plugin_tenant(tenant), on=on)
        pages = (PluginPage(answer.plugin, page) for answer in answers for page in answer.value)
        return PagesHere(tuple(pages), answers.failed)

    return remember("plugin_pages", tenant, ask, on=on, has_failed=lambda found: bool(found.failed), most=_REMEMBERED)


def find_page(plugin: str, key: str, on: date) -> PluginPage | None:
    """Return a page; None when its plugin is enabled and failed to say. Raises NotFound for any other."""
    found = pages_here(on)
    for each in found.pages:
        if each.plugin == plugin and each.page.key == key:
            return each
    if plugin in found.failed and plugin in {each.manifest.name for each in implementers(HOOK)}:
        return None
    raise NotFound(f"page {key} of plugin {plugin}")


@answer_check(HOOK)
def _check(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    check_list(answer, Page, HOOK, MOST_PAGES)
    check_distinct((page.key for page in answer), "page")
    for page in answer:
        _check_page(page)


def _check_page(page: Page) -> None:
    if not isinstance(page.key, str) or not _KEY.fullmatch(page.key):
        raise ValueError("the key of a page is small letters, digits and dashes")
    check_words(page.title, "the title of a page")
    if not isinstance(page.blocks, list | tuple) or not all(isinstance(block, Block) for block in page.blocks):
        raise TypeError("a page holds blocks")
    if not 1 <= len(page.blocks) <= MOST_BLOCKS:
        raise ValueError(f"a page holds one to {MOST_BLOCKS} blocks")
    for block in page.blocks:
        _check_block(block)
    numbers = list(numbers_of(page))
    if len(numbers) > MOST_NUMBERS or sum(number.chart for number in numbers) > MOST_CHARTS:
        raise ValueError(f"at most {MOST_NUMBERS} figures on a page, {MOST_CHARTS} of them drawn")


def numbers_of(page: Page) -> Iterator[Number]:
    """Yield every figure of a page."""
    return (number for block in page.blocks for number in block.numbers)


def _check_block(block: Block) -> None:
    check_words(block.title, "the title of a block")
    if block.text:
        check_words(block.text, "the text of a block")
    if not isinstance(block.numbers, list | tuple) or not all(isinstance(each, Number) for each in block.numbers):
        raise TypeError("the figures of a block are Number")
    for number in block.numbers:
        _check_number(number)
    if not isinstance(block.entries, str) or (block.entries and not _KEY.fullmatch(block.entries)):
        raise ValueError("entries is the key of a register of the plugin")
    if not isinstance(block.links, list | tuple) or len(block.links) > MOST_LINKS:
        raise ValueError(f"at most {MOST_LINKS} links in a block")
    for url, words in block.links:
        check_link(url or None, "a link of a page")
        check_words(words, "the words of a link")


def _check_number(number: Number) -> None:
    check_words(number.label, "the label of a figure")
    check_words(number.unit, "the unit of a figure")
    check_words_of(number.count)
    if not isinstance(number.months, int) or not 1 <= number.months <= LONGEST_PERIOD:
        raise ValueError(f"a figure goes back one to {LONGEST_PERIOD} months")
    if number.chart and (number.months > LONGEST_CHART or not number.count.dated):
        raise ValueError(f"what is drawn month by month is dated and goes back at most {LONGEST_CHART} months")
