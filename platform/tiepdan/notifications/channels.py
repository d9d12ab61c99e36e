"""The ways messages can go here: mail and print of the platform, and what the enabled plugins offer."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import current_app
from flask_babel import gettext as _

from tiepdan.core.plugins import answer_check, collect
from tiepdan.extensions.answers import check_distinct, check_list
from tiepdan.extensions.bilingual import check_words, in_language
from tiepdan.notifications.rules import EMAIL, MAIL, PHONE, POST, PRINT, Audience, Happening
from tiepdan.notifications.texts import longest_needed
from tiepdan.sdk import Channel
from tiepdan.tenancy.service import own_tenant, plugin_tenant

HOOK = "channels"
MOST = 5  # of one plugin
_KEY = re.compile(r"[a-z][a-z0-9-]{0,40}")
_LONGEST_TEXT = 100_000
# Which addresses people have: a citizen's telephone and postal address, the mail address an account is called by.
_ADDRESSES = {Audience.CITIZEN: (PHONE, POST), Audience.STAFF: (EMAIL,)}


@dataclass(frozen=True, slots=True)
class Way:
    """A channel as it is chosen and used here. key: "mail", "print", "<plugin>/<key>". ready: messages can go now."""

    key: str
    title: str
    address: str
    longest: int
    plugin: str = ""
    ready: bool = True

    def suits(self, event: Happening) -> bool:
        """Say whether those who are told of an event have the address, and every text about it fits."""
        return self.address in _ADDRESSES[event.audience] and self.longest >= longest_needed(event)


@dataclass(frozen=True, slots=True)
class WaysHere:
    """The channels of the committee; failed: plugins whose channels do not count."""

    items: Sequence[Way]
    failed: tuple[str, ...] = ()

    def find(self, key: str) -> Way | None:
        """Return a channel by its key."""
        return next((way for way in self.items if way.key == key), None)


def ways_here() -> WaysHere:
    """Ask the enabled plugins, and return every channel there is."""
    answers = collect(HOOK, tenant=plugin_tenant(own_tenant()))
    offered = [
        Way(f"{answer.plugin}/{each.key}", in_language(each.title), each.address, each.longest, answer.plugin)
        for answer in answers
        for each in answer.value
    ]
    return WaysHere((*own_ways(), *offered), answers.failed)


def own_ways() -> tuple[Way, Way]:
    """Return the platform's own channels."""
    return (
        Way(MAIL, _("Thư điện tử"), EMAIL, _LONGEST_TEXT, ready=current_app.config["TIEPDAN"].can_mail),
        Way(PRINT, _("Thư in"), POST, _LONGEST_TEXT),
    )


@answer_check(HOOK)
def _check(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    check_list(answer, Channel, HOOK, MOST)
    check_distinct((each.key for each in answer), "channel")
    for each in answer:
        if not isinstance(each.key, str) or not _KEY.fullmatch(each.key):
            raise ValueError("the key of a channel is small letters, digits and dashes")
        check_words(each.title, "the title of a channel")
        if each.address not in (PHONE, EMAIL):
            raise ValueError(f'the address of a channel is "{PHONE}" or "{EMAIL}"')
        if not isinstance(each.longest, int) or not 1 <= each.longest <= _LONGEST_TEXT:
            raise ValueError(f"a channel takes one to {_LONGEST_TEXT} letters")
