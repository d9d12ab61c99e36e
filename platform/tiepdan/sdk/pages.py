"""What plugins put on pages, as data that the platform draws."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from tiepdan.sdk.counting import Count


@dataclass(frozen=True, slots=True)
class Card:
    """A card on a committee's first page.

    title, text: keys "vi" and "en". url: a page of the same committee, such as "/reports/"; "" for none.
    tone: "info", "warning" or "success".
    """

    key: str
    title: Mapping[str, str]
    text: Mapping[str, str]
    url: str = ""
    tone: str = "info"


@dataclass(frozen=True, slots=True)
class Number:
    """A figure on a page. label, unit: keys "vi" and "en". months: how many months back it is counted, 1 to 120.

    chart: True draws it month by month.
    """

    label: Mapping[str, str]
    unit: Mapping[str, str]
    count: Count
    months: int = 12
    chart: bool = False


@dataclass(frozen=True, slots=True)
class Block:
    """A part of a page: a heading, then whatever is given, in this order.

    title: keys "vi" and "en". text: paragraphs, keys "vi" and "en".
    numbers: figures. entries: key of a register whose newest entries are listed.
    links: pages of the same committee ("/reports/") with their words.
    """

    title: Mapping[str, str]
    text: Mapping[str, str] = field(default_factory=dict)
    numbers: tuple[Number, ...] = ()
    entries: str = ""
    links: tuple[tuple[str, Mapping[str, str]], ...] = ()


@dataclass(frozen=True, slots=True)
class Page:
    """A page of a plugin's own, drawn by the platform. title: keys "vi" and "en".

    key: its name within the plugin and its address. menu: True puts it into the menu.
    """

    key: str
    title: Mapping[str, str]
    blocks: tuple[Block, ...]
    menu: bool = True
