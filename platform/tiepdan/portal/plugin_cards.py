"""Cards that plugins put on the first page: checked, in the reader's language, leading inside the committee."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from urllib.parse import urlsplit

from flask import request

from tiepdan.core.plugins import answer_check, collect
from tiepdan.extensions.forms import in_language
from tiepdan.sdk import Card
from tiepdan.tenancy.service import own_tenant, plugin_tenant

TONES = ("info", "warning", "success")
MOST = 6  # of one plugin
LONGEST = 600


@dataclass(frozen=True, slots=True)
class ShownCard:
    """A card as the page draws it. plugin: whose it is."""

    plugin: str
    title: str
    text: str
    url: str
    tone: str


def plugin_cards(on: date) -> tuple[list[ShownCard], tuple[str, ...]]:
    """Ask the plugins enabled here; return the cards and the names of plugins that failed."""
    answers = collect("home_cards", tenant=plugin_tenant(own_tenant()), on=on)
    shown = [
        ShownCard(
            plugin=answer.plugin,
            title=in_language(card.title, card.key),
            text=in_language(card.text, ""),
            url=f"{request.script_root}{card.url}" if card.url else "",
            tone=card.tone,
        )
        for answer in answers
        for card in answer.value
    ]
    return shown, answers.failed


@answer_check("home_cards")
def _check(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    if not isinstance(answer, list | tuple) or not all(isinstance(card, Card) for card in answer):
        raise TypeError("home_cards answers with a list of Card")
    if len(answer) > MOST:
        raise ValueError(f"at most {MOST} cards")
    for card in answer:
        if card.tone not in TONES:
            raise ValueError(f"tone is one of {', '.join(TONES)}")
        for words in (card.title, card.text):
            if not all(isinstance(words.get(locale), str) and len(words[locale]) <= LONGEST for locale in ("vi", "en")):
                raise ValueError("a card speaks Vietnamese and English, briefly")
        parts = urlsplit(card.url)
        outside = parts.scheme or parts.netloc or not card.url.startswith("/") or card.url.startswith("//")
        if card.url and (outside or "\\" in card.url):  # a browser reads a backslash as a slash
            raise ValueError("a card leads to a page of the same committee")
