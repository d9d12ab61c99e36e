"""Objections of plugins to a petition being taken on, or sent, by a committee that is not competent."""

from collections.abc import Collection
from datetime import date
from hashlib import sha256
from typing import Any

from flask_babel import gettext as _

from tiepdan.core.errors import Conflict
from tiepdan.core.plugins import answer_check, decide, implementers
from tiepdan.extensions.answers import check_list, check_source
from tiepdan.extensions.bilingual import check_words, in_language
from tiepdan.extensions.catalogue import plugin_title, plugin_titles
from tiepdan.extensions.cautions import Caution, require_confirmed
from tiepdan.petitions.models import Petition
from tiepdan.petitions.rules import Decision
from tiepdan.petitions.words import DECISIONS
from tiepdan.sdk import Handling, Objection, PetitionKind
from tiepdan.tenancy.service import own_tenant, plugin_tenant

HOOK = "competence_objections"
MOST = 50  # of one plugin
_STEPS = {Decision.ACCEPT: "accept", Decision.TRANSFER: "transfer"}


def check_competence(
    petition: Petition, decision: Decision, *, to: str, confirmed: Collection[str], on: date
) -> list[Caution]:
    """Ask the plugins enabled here whether they object; once per step, before anything is written.

    to: slug of the receiving committee, "" where none of the platform receives.
    Returns what was objected and is confirmed. Raises Conflict for an objection that blocks and for a plugin that
    does not answer, UnconfirmedError for what is still to be confirmed.
    """
    step = _STEPS.get(decision)
    if step is None or not implementers(HOOK):
        return []
    answers = decide(HOOK, tenant=plugin_tenant(own_tenant()), handling=_handling(petition, step, to), on=on)
    if answers.failed:
        raise Conflict(
            _(
                "Plugin %(names)s không trả lời được nên chưa kiểm tra được thẩm quyền, và chưa ghi gì. Hãy thử lại; "
                "nếu vẫn vậy, đề nghị người quản trị của đơn vị tắt plugin này ở mục Plugin.",
                names=plugin_titles(answers.failed),
            )
        )
    blocking: list[Caution] = []
    warning: list[Caution] = []
    for answer in answers:
        for objection in answer.value:
            (blocking if objection.blocking else warning).append(_caution(answer.plugin, step, objection))
    if blocking:
        said = "; ".join(f"{one.text} ({one.source}; {plugin_title(one.plugin)})" for one in blocking)
        raise Conflict(_("Không thể «%(step)s»: %(reasons)s", step=DECISIONS[decision], reasons=said))
    require_confirmed(warning, confirmed)
    return warning


def _handling(petition: Petition, step: str, to: str) -> Handling:
    """Say what a plugin may know; of a sealed petition only that it is one, and where it goes."""
    if petition.sealed:
        return Handling(step, None, "", 0, sealed=True, to=to)
    kind = PetitionKind(petition.kind) if petition.kind else None
    return Handling(step, kind, petition.field, petition.people_count, sealed=False, to=to)


def _caution(plugin: str, step: str, objection: Objection) -> Caution:
    """Name an objection by its words, for it has no key: whoever confirmed another one is asked again."""
    source = objection.source.strip()
    digest = sha256(f"{step}\n{objection.reason['vi']}\n{source}".encode()).hexdigest()[:12]
    return Caution(f"{plugin}:{digest}", plugin, in_language(objection.reason), source)


@answer_check(HOOK)
def _check(answer: Any) -> None:  # noqa: ANN401 - a plugin may answer anything
    check_list(answer, Objection, HOOK, MOST)
    for objection in answer:
        check_words(objection.reason, "the reason of an objection")
        check_source(objection.source, "an objection")
        if not isinstance(objection.blocking, bool):
            raise TypeError("blocking is True or False")
