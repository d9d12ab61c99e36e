"""Which decision is open, and what makes a petition eligible."""

from dataclasses import replace

import pytest

from tiepdan.petitions.rules import (
    ALLOWED_FROM,
    CONDITIONS,
    DECISION_STEP,
    Decision,
    Origin,
    PetitionStatus,
    Ruling,
    Standing,
    Step,
    conditions_for,
    failed_conditions,
    open_decisions,
)
from tiepdan.petitions.words import CONDITIONS as CONDITION_WORDS
from tiepdan.petitions.words import RULINGS, STATUSES, STEPS
from tiepdan.sdk import PetitionKind

GOOD = Standing(PetitionStatus.CLASSIFIED, PetitionKind.COMPLAINT, Origin.POST, eligible=True, within_competence=True)


def opened(standing):
    return {decision for decision, ruling in open_decisions(standing).items() if ruling is None}


def test_nothing_is_decided_before_classification():
    assert opened(replace(GOOD, status=PetitionStatus.REGISTERED)) == set()
    assert opened(replace(GOOD, kind=None)) == set()


@pytest.mark.parametrize("kind", PetitionKind)
def test_what_is_eligible_and_within_competence_must_be_accepted(kind):
    assert opened(replace(GOOD, kind=kind)) == {Decision.ACCEPT}


def test_a_complaint_outside_competence_is_guided_and_from_july_2026_may_be_transferred():
    outside = replace(GOOD, within_competence=False)
    assert opened(outside) == {Decision.GUIDE}
    assert opened(replace(outside, transfer_of_complaints=True)) == {Decision.GUIDE, Decision.TRANSFER}


def test_a_party_committee_may_transfer_a_complaint_at_any_time():
    assert opened(replace(GOOD, within_competence=False, of_party=True)) == {Decision.GUIDE, Decision.TRANSFER}


def test_a_denunciation_outside_competence_is_transferred_never_guided():
    outside = replace(GOOD, kind=PetitionKind.DENUNCIATION, within_competence=False)
    assert opened(outside) == {Decision.TRANSFER}
    assert open_decisions(outside)[Decision.GUIDE] is Ruling.DENUNCIATION_IS_TRANSFERRED


def test_what_is_not_eligible_is_guided_or_filed():
    assert opened(replace(GOOD, eligible=False)) == {Decision.GUIDE, Decision.FILE}


def test_guidance_is_given_once():
    again = replace(GOOD, eligible=False, guided_before=True)
    assert opened(again) == {Decision.FILE}
    assert open_decisions(again)[Decision.GUIDE] is Ruling.GUIDED_BEFORE


def test_only_what_a_body_sent_is_returned():
    assert Decision.RETURN in opened(replace(GOOD, origin=Origin.TRANSFERRED))
    assert Decision.RETURN not in opened(GOOD)


@pytest.mark.parametrize("kind", PetitionKind)
def test_a_petition_is_eligible_when_every_condition_is_met(kind):
    words = {condition.word for condition in conditions_for(kind, anonymous=False)}
    assert failed_conditions(kind, words, anonymous=False) == ()
    for word in words:
        assert [c.word for c in failed_conditions(kind, words - {word}, anonymous=False)] == [word]


def test_an_anonymous_denunciation_is_eligible_with_violator_evidence_and_a_way_to_check():
    met = {"respondent_stated", "evidence_given", "verifiable", "readable"}
    assert failed_conditions(PetitionKind.DENUNCIATION, met, anonymous=True) == ()
    assert failed_conditions(PetitionKind.COMPLAINT, met, anonymous=True) != ()


def test_every_word_has_its_words_on_screen():
    assert set(STATUSES) == set(PetitionStatus)
    assert set(STEPS) == set(Step)
    assert set(RULINGS) == set(Ruling)
    assert {c.word for c in CONDITIONS} <= set(CONDITION_WORDS)
    assert set(DECISION_STEP.values()) <= set(ALLOWED_FROM)
