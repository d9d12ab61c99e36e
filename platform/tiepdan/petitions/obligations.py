"""Which clocks a petition owes, from which event, and which step ends which of them. Pure, but for the law's data."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from tiepdan.deadlines.law import NoRuleInForce, rule_in_force, versions
from tiepdan.petitions.rules import TRANSFER_OF_COMPLAINTS_FROM, Origin
from tiepdan.sdk import Branch, PetitionKind

NOTICE_KEYS = ("party.notice", "reception.reply")
INTAKE_KEYS = (
    "petition.initial_handling",
    "complaint.acceptance",
    "denunciation.initial_processing",
)
TRANSFER_KEYS = ("reception.forward", "denunciation.transfer")
ANSWER_KEYS = ("feedback.answer",)
ACCEPTANCE_NOTICE_KEYS = ("denunciation.acceptance_notice",)
SETTLEMENT_KEYS = ("complaint.settlement.first", "complaint.settlement.second", "denunciation.settlement")
KIND_KEYS = (
    "complaint.acceptance",
    "denunciation.initial_processing",
    "feedback.answer",
)


@dataclass(frozen=True, slots=True)
class Obligation:
    """A clock to start: rule, the day it counts from, and the variant of the rule (None: the usual one)."""

    rule_id: str
    event_on: date
    variant: str | None = None


def on_receipt(branch: Branch, origin: Origin, received_on: date) -> list[Obligation]:
    """Return what is owed for any petition from the day it was received.

    State and judicial bodies: initial handling (PET-07) and, at the desk, the reply (REC-12), 10 working days.
    Party committees: the written notice to the sender (PTY-06), 10 working days.
    Sources: Luật Tiếp công dân 42/2013/QH13, Điều 28 khoản 1; Quy định 11-QĐi/TW, Điều 6.
    """
    if branch is Branch.PARTY:
        return list(_in_force(received_on, "party.notice"))
    keys = ["petition.initial_handling"] + (["reception.reply"] if origin is Origin.DESK else [])
    return list(_in_force(received_on, *keys))


def for_kind(branch: Branch, kind: PetitionKind | None, received_on: date, *, several_places: bool) -> list[Obligation]:
    """Return what a kind adds, counted from receipt.

    A complaint's acceptance (CMP-02, from 2026-07-01 CMP-03) and the answer to feedback (FBK-01) bind bodies of
    the State; a party committee owes the notice of Quy định 11 instead. Whoever receives a denunciation
    processes it within DEN-01 (Luật Tố cáo 25/2018/QH14, Điều 24 khoản 1).
    """
    if kind is PetitionKind.DENUNCIATION:
        variant = "several_places" if several_places else None
        return list(_in_force(received_on, "denunciation.initial_processing", variant=variant))
    if kind is None or branch is Branch.PARTY:
        return []
    if kind is PetitionKind.COMPLAINT:
        return list(_in_force(received_on, "complaint.acceptance"))
    return list(_in_force(received_on, "feedback.answer"))


def for_transfer(branch: Branch, kind: PetitionKind | None, origin: Origin, event_on: date) -> list[Obligation]:
    """Return the limits for passing on a petition outside competence, 5 working days each.

    The reception desk forwards whatever was handed in there (REC-13), whatever its kind; a denunciation is passed
    on however it came (DEN-03). A complaint outside the competence of a State body was only guided, not passed on,
    before the law let it be transferred, so until then nothing is owed for it.
    event_on: day of receipt. The clause of REC-13 names no start that we could read; the rule counts from receipt.
    Sources: Luật Tiếp công dân 42/2013/QH13, Điều 26 khoản 1, Điều 28 khoản 2; Luật Tố cáo 25/2018/QH14, Điều 24
    khoản 2.
    """
    keys = ["denunciation.transfer"] if kind is PetitionKind.DENUNCIATION else []
    guided_only = (
        kind is PetitionKind.COMPLAINT and branch is not Branch.PARTY and event_on < TRANSFER_OF_COMPLAINTS_FROM
    )
    if origin is Origin.DESK and not guided_only:
        keys.append("reception.forward")
    return list(_in_force(event_on, *keys))


def for_complex_notice(branch: Branch, received_on: date) -> list[Obligation]:
    """Return the longer limit of a party committee's notice on a complex matter (PTY-07)."""
    if branch is not Branch.PARTY:
        return []
    return list(_in_force(received_on, "party.notice", variant="complex"))


def on_acceptance(
    branch: Branch, kind: PetitionKind, accepted_on: date, *, second_instance: bool, complex_case: bool, remote: bool
) -> list[Obligation]:
    """Return what acceptance (thụ lý) starts.

    Sources: Luật Khiếu nại 02/2011/QH13, Điều 28, 37; Luật Tố cáo 25/2018/QH14, Điều 29 khoản 3, Điều 30.
    Party committees settle by party rules whose limits are not among our rules: nothing starts.
    """
    if branch is Branch.PARTY:
        return []
    if kind is PetitionKind.DENUNCIATION:
        return list(_in_force(accepted_on, "denunciation.settlement", "denunciation.acceptance_notice"))
    if kind is not PetitionKind.COMPLAINT:
        return []
    key = "complaint.settlement.second" if second_instance else "complaint.settlement.first"
    variant = "_".join(word for word, holds in (("remote", remote), ("complex", complex_case)) if holds)
    return list(_in_force(accepted_on, key, variant=variant or None))


def on_result(branch: Branch, origin: Origin, resolved_on: date) -> list[Obligation]:
    """Return the report back to the body that transferred the petition (REC-14, 7 working days)."""
    if branch is Branch.PARTY or origin is not Origin.TRANSFERRED:
        return []
    return list(_in_force(resolved_on, "reception.settled_report"))


def rule_ids(*keys: str) -> list[str]:
    """Return the ids of all versions of these subjects, for stopping their clocks."""
    return [rule.id for key in keys for rule in versions(key)]


def _in_force(event_on: date, *keys: str, variant: str | None = None) -> Iterator[Obligation]:
    """Choose the versions in force on the day of the event; before the first law there is no clock."""
    for key in keys:
        try:
            rule = rule_in_force(key, event_on, variant=variant) if variant else rule_in_force(key, event_on)
        except NoRuleInForce:
            continue
        yield Obligation(rule.id, event_on, variant)
