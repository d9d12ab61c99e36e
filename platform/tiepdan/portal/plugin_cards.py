"""Cards that plugins put on the first page: checked, in the reader's language, leading inside the committee."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request

from tiepdan.core.plugins import answer_check, collect
from tiepdan.extensions.bilingual import check_link, check_words, in_language
from tiepdan.sdk import Card
from tiepdan.tenancy.service import own_tenant, plugin_tenant

TONES = ("info", "warning", "success")
MOST = 6  # of one plugin


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
            title=in_language(card.title),
            text=in_language(card.text),
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
        check_words(card.title, "the title of a card")
        check_words(card.text, "the text of a card")
        check_link(card.url, "a card")
