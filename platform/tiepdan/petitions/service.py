"""The door of the slice: what can be done with petitions, and asked about them."""

from tiepdan.petitions.classification import Classification, classify_petition
from tiepdan.petitions.codes import code_prefix, hash_pin, new_code, new_pin, pin_matches, read_code, verify_code
from tiepdan.petitions.decision import MadeDecision, decide_petition, record_notice, take_back_petition
from tiepdan.petitions.disclosure import DisclosedPerson, DisclosedPetition, disclose_brief, disclose_petition
from tiepdan.petitions.intake import NewPetition, RegisteredPetition, next_number, register_petition
from tiepdan.petitions.matter_opening import open_matters
from tiepdan.petitions.matter_queries import MatterRow, codes_of_matters, list_matters
from tiepdan.petitions.matters import MatterView, find_matter, link_petition, mark_matter, matter_by_id, open_matter
from tiepdan.petitions.queries import (
    PetitionFile,
    PetitionFilter,
    PetitionRow,
    history_of_people,
    list_petitions,
    names_for,
    open_file,
    person_ids_of,
    petition_by_code,
    petition_by_id,
    petitions_by_id,
    petitions_of_matter,
    petitions_of_people,
    petitions_of_visits,
)
from tiepdan.petitions.replies import check_reply, reply_rules_here
from tiepdan.petitions.tracking import TrackedPetition, renew_pin, track
from tiepdan.petitions.work import assign_petition, close_petition, record_result, withdraw_petition

__all__ = [
    "Classification",
    "DisclosedPerson",
    "DisclosedPetition",
    "MadeDecision",
    "MatterRow",
    "MatterView",
    "NewPetition",
    "PetitionFile",
    "PetitionFilter",
    "PetitionRow",
    "RegisteredPetition",
    "TrackedPetition",
    "assign_petition",
    "check_reply",
    "classify_petition",
    "close_petition",
    "code_prefix",
    "codes_of_matters",
    "decide_petition",
    "disclose_brief",
    "disclose_petition",
    "find_matter",
    "hash_pin",
    "history_of_people",
    "link_petition",
    "list_matters",
    "list_petitions",
    "mark_matter",
    "matter_by_id",
    "names_for",
    "new_code",
    "new_pin",
    "next_number",
    "open_file",
    "open_matter",
    "open_matters",
    "person_ids_of",
    "petition_by_code",
    "petition_by_id",
    "petitions_by_id",
    "petitions_of_matter",
    "petitions_of_people",
    "petitions_of_visits",
    "pin_matches",
    "read_code",
    "record_notice",
    "record_result",
    "register_petition",
    "renew_pin",
    "reply_rules_here",
    "take_back_petition",
    "track",
    "verify_code",
    "withdraw_petition",
]
