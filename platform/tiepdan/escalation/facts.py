"""What a plugin learns of overdue petitions beside their duty and kind: field, area, answers to its own forms.

Only of those whose summary superiors see; of any other nothing. Asked once for a whole batch.
"""

import dataclasses
import re
import unicodedata
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from uuid import UUID

from tiepdan.formparts.coded import Code, PluginAnswers, answers_by_plugin
from tiepdan.handovers.service import first_holders
from tiepdan.sdk import Level, Record
from tiepdan.sharing.service import fields_of_listed
from tiepdan.tenancy.service import TenantView, tenants_by_id


@dataclass(frozen=True, slots=True)
class CaseFacts:
    """What is known of one petition. area: code of the unit it is in; answers: by plugin."""

    field: str | None = None
    area: str | None = None
    answers: Mapping[str, PluginAnswers] = dataclasses.field(default_factory=dict)

    def codes(self, plugin: str) -> dict[str, Code]:
        """Return the choices, yes or no, and numbers that were answered to a plugin's forms."""
        answered = self.answers.get(plugin)
        return dict(answered.codes) if answered else {}

    def says(self, plugin: str, words: Collection[str]) -> bool:
        """Say whether one of the words stands in a text that was answered to a plugin's forms."""
        answered = self.answers.get(plugin)
        text = _fold("\n".join(answered.texts)) if answered else ""
        return any(re.search(rf"(?<!\w){re.escape(_fold(word))}(?!\w)", text) for word in words)


NOTHING = CaseFacts()


def facts_of(case_ids: Collection[UUID], plugins: Collection[str], tenant: TenantView) -> dict[UUID, CaseFacts]:
    """Return what plugins may know of petitions of ours. case_ids: of those superiors see a summary of."""
    if not case_ids:
        return {}
    fields = fields_of_listed(case_ids)
    answers = answers_by_plugin(Record.PETITION, case_ids, plugins)
    first = first_holders(case_ids)
    bodies = tenants_by_id(set(first.values()))
    return {
        case_id: CaseFacts(
            fields.get(case_id),
            _area(bodies.get(first[case_id]) if case_id in first else tenant),
            answers.get(case_id, {}),
        )
        for case_id in case_ids
    }


def _area(body: TenantView | None) -> str | None:
    """Return the unit a matter is in, as far as the first body that had it tells: a commune's own."""
    return body.unit_code if body is not None and body.unit_level is Level.COMMUNE else None


def _fold(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).casefold().split())
