"""What plugins ask of a reply to a citizen: shown before it is written, checked before it is given.

The texts that are replies today: the result of a petition, the guidance on one (hướng dẫn), the explanation of a
refusal to receive, a conclusion notice.
"""

import re
from collections.abc import Collection
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, Invalid
from tiepdan.core.plugins import answer_check, decide, implementers
from tiepdan.extensions.answers import check_distinct, check_list, check_source
from tiepdan.extensions.bilingual import check_words, in_language
from tiepdan.extensions.catalogue import plugin_title, plugin_titles
from tiepdan.extensions.cautions import Caution, require_confirmed
from tiepdan.petitions.phrases import check_phrases, find_phrase, fold_words
from tiepdan.sdk import ReplyRule
from tiepdan.tenancy.service import own_tenant, plugin_tenant

HOOK = "reply_checks"
MOST = 50  # of one plugin
MOST_LETTERS = 20_000
_KEY = re.compile(r"[a-z][a-z0-9_]{0,40}")


@dataclass(frozen=True, slots=True)
class AskedRule:
    """A rule, whose it is, and its message for the reader."""

    plugin: str
    rule: ReplyRule

    @property
    def message(self) -> str:
        """Return what is wrong where the rule is broken."""
        return in_language(self.rule.message)

    @property
    def plugin_title(self) -> str:
        """Return how the plugin is called."""
        return plugin_title(self.plugin)


@dataclass(frozen=True, slots=True)
class ReplyRules:
    """The rules in force; failed: plugins that did not answer, so that no reply passes."""

    rules: tuple[AskedRule, ...] = ()
    failed: tuple[str, ...] = ()

    @property
    def failed_titles(self) -> str:
        """Return the plugins that did not answer, for a sentence."""
        return plugin_titles(self.failed)


def reply_rules_here() -> ReplyRules:
    """Ask the plugins enabled here what a reply must say; once per session, for page and step alike."""
    if not implementers(HOOK):
        return ReplyRules()
    tenant, info = own_tenant(), db.session().info
    key = (tenant.id, tenant.plugins_epoch)
    held: tuple[object, ReplyRules] | None = info.get("reply_rules")
    if held is not None and held[0] == key:
        return held[1]
    answers = decide(HOOK, tenant=plugin_tenant(tenant))
    found = ReplyRules(
        tuple(AskedRule(answer.plugin, rule) for answer in answers for rule in answer.value), answers.failed
    )
    info["reply_rules"] = (key, found)
    return found


def check_reply(text: str, *, field: str, confirmed: Collection[str]) -> list[Caution]:
    """Hold a reply against the rules of the plugins enabled here, before anything is written.

    field: of the form, to which the message belongs. Returns the rules that are broken and confirmed.
    Raises Conflict for a plugin that does not answer, Invalid for a blocking rule that is broken, UnconfirmedError
    for one that is still to be confirmed.
    """
    asked = reply_rules_here()
    if asked.failed:
        raise Conflict(
            _(
                "Plugin %(names)s không trả lời được nên chưa kiểm tra được văn bản trả lời, và chưa ghi gì. Hãy thử "
                "lại; nếu vẫn vậy, đề nghị người quản trị của đơn vị tắt plugin này ở mục Plugin.",
                names=asked.failed_titles,
            )
        )
    broken = [each for each in asked.rules if is_broken(each.rule, text)]
    blocking = [each for each in broken if each.rule.blocking]
    if blocking:
        said = "; ".join(f"{each.message} ({each.rule.source}; {each.plugin_title})" for each in blocking)
        message = _("Văn bản trả lời chưa đạt yêu cầu: %(reasons)s", reasons=said)
        raise Invalid(message, {field: message})
    cautions = [
        Caution(f"{each.plugin}:{each.rule.key}", each.plugin, each.message, each.rule.source.strip())
        for each in broken
    ]
    require_confirmed(cautions, confirmed)
    return cautions


def is_broken(rule: ReplyRule, text: str) -> bool:
    """Say whether a text breaks a rule."""
    folded = fold_words(text)
    if rule.needs and find_phrase(folded, rule.needs) is None:
        return True
    return find_phrase(folded, rule.forbids) is not None or len(text.strip()) < rule.at_least


@answer_check(HOOK)
def _check(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    check_list(answer, ReplyRule, HOOK, MOST)
    for rule in answer:
        if not isinstance(rule.key, str) or not _KEY.fullmatch(rule.key):
            raise ValueError(f"key {rule.key!r}: small letters, digits, underscores")
        check_words(rule.message, f"{rule.key}: message")
        check_source(rule.source, rule.key)
        check_phrases(rule.needs, f"{rule.key}: needs")
        check_phrases(rule.forbids, f"{rule.key}: forbids")
        if type(rule.at_least) is not int or not 0 <= rule.at_least <= MOST_LETTERS:
            raise ValueError(f"{rule.key}: at_least is a number of letters up to {MOST_LETTERS}")
        if not isinstance(rule.blocking, bool):
            raise TypeError(f"{rule.key}: blocking is True or False")
        if not rule.needs and not rule.forbids and not rule.at_least:
            raise ValueError(f"{rule.key} asks for something")
    check_distinct((rule.key for rule in answer), "rule")
