"""Cards that plugins put on the first page: checked, in the reader's language, leading inside the committee."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request

from tiepdan.core.actor import Actor
from tiepdan.core.plugins import PerPlugin, answer_check, collect
from tiepdan.counting.records import records_for
from tiepdan.extensions.answers import check_list
from tiepdan.extensions.bilingual import check_link, check_words, in_language
from tiepdan.sdk import Card
from tiepdan.tenancy.service import own_tenant, plugin_tenant
from tiepdan.web.reach import may_open

PERMISSION = "petitions.view"
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


def plugin_cards(on: date, actor: Actor) -> tuple[list[ShownCard], tuple[str, ...]]:
    """Ask the plugins enabled here; return the cards and the names of plugins that failed.

    Nobody is asked for who may not see cases: what a card counts, or that it shows at all, says something of them.
    """
    if not actor.may(PERMISSION):
        return [], ()
    records = PerPlugin(lambda plugin: records_for(plugin, on))
    answers = collect("home_cards", tenant=plugin_tenant(own_tenant()), on=on, records=records)
    shown = [
        ShownCard(
            plugin=answer.plugin,
            title=in_language(card.title),
            text=in_language(card.text),
            url=f"{request.script_root}{card.url}" if card.url and may_open(card.url) else "",
            tone=card.tone,
        )
        for answer in answers
        for card in answer.value
    ]
    return shown, answers.failed


@answer_check("home_cards")
def _check(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    check_list(answer, Card, "home_cards", MOST)
    for card in answer:
        if card.tone not in TONES:
            raise ValueError(f"tone is one of {', '.join(TONES)}")
        check_words(card.title, "the title of a card")
        check_words(card.text, "the text of a card")
        check_link(card.url, "a card")
