"""Hints of plugins for a classification: they name words, the platform looks for them where the reader may read."""

import re
from dataclasses import dataclass
from typing import Any

from tiepdan.core.actor import Actor
from tiepdan.core.plugins import answer_check, collect
from tiepdan.extensions.answers import check_distinct, check_list
from tiepdan.extensions.bilingual import check_words, in_language
from tiepdan.extensions.catalogue import plugin_titles
from tiepdan.identity.vault import read_texts
from tiepdan.petitions.models import Petition
from tiepdan.petitions.phrases import check_phrases, find_phrase, fold_words
from tiepdan.petitions.rules import Field
from tiepdan.sdk import Hint, PetitionKind
from tiepdan.tenancy.service import own_tenant, plugin_tenant

HOOK = "classification_hints"
MOST = 200  # of one plugin
_KEY = re.compile(r"[a-z][a-z0-9_]{0,40}")


@dataclass(frozen=True, slots=True)
class ShownHint:
    """A hint whose words stand in the text. found: the phrase, as the plugin named it; because: for the reader."""

    plugin: str
    kind: PetitionKind | None
    field: Field | None
    found: str
    because: str


@dataclass(frozen=True, slots=True)
class Hints:
    """The hints of one page; failed: plugins whose answer does not count."""

    shown: tuple[ShownHint, ...] = ()
    failed: tuple[str, ...] = ()

    @property
    def failed_titles(self) -> str:
        """Return the plugins that did not answer, for a sentence."""
        return plugin_titles(self.failed)


def hints_for(petition: Petition, *, actor: Actor) -> Hints:
    """Ask the plugins enabled here which words to look for, and look. Once per page.

    Nobody is asked about a petition whose text the reader may not read: a sealed one has no hints.
    """
    if petition.sealed or not actor.may("petitions.view"):
        return Hints()
    text = read_texts([petition.content_id])[petition.content_id]
    if text is None:
        return Hints()
    answers = collect(HOOK, tenant=plugin_tenant(own_tenant()))
    if not answers.given:
        return Hints((), answers.failed)
    folded = fold_words(text)
    shown = tuple(
        ShownHint(
            plugin=answer.plugin,
            kind=hint.kind,
            field=Field(hint.field) if hint.field else None,
            found=found,
            because=in_language(hint.because),
        )
        for answer in answers
        for hint in answer.value
        if (found := find_phrase(folded, hint.any_of)) is not None
    )
    return Hints(shown, answers.failed)


@answer_check(HOOK)
def _check(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    check_list(answer, Hint, HOOK, MOST)
    for hint in answer:
        if not isinstance(hint.key, str) or not _KEY.fullmatch(hint.key):
            raise ValueError(f"key {hint.key!r}: small letters, digits, underscores")
        check_phrases(hint.any_of, f"{hint.key}: any_of")
        if not hint.any_of:
            raise ValueError(f"{hint.key}: any_of names at least one word")
        if hint.kind is None and not hint.field:
            raise ValueError(f"{hint.key} proposes a kind or a field")
        if hint.kind is not None and not isinstance(hint.kind, PetitionKind):
            raise ValueError(f"{hint.key}: kind is a PetitionKind or None")
        if hint.field:
            Field(hint.field)
        check_words(hint.because, f"{hint.key}: because")
    check_distinct((hint.key for hint in answer), "hint")
