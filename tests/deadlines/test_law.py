"""The law as data: complete, consistent, dated, and honest about how well each row is known."""

from datetime import date

import pytest

from tiepdan.deadlines.law import (
    NoRuleInForce,
    UnknownRule,
    all_rules,
    rule,
    rule_in_force,
    versions,
)
from tiepdan.deadlines.law_files import LawFileError, read_law
from tiepdan.deadlines.limits import Bound, Direction, Limit, Unit
from tiepdan.deadlines.provisions import Event, Extension, Kind, Period, Quota, Status
from tiepdan.sdk import Level


def numbered(prefix, last, *more):
    return {f"{prefix}-{number:02}" for number in range(1, last + 1)} | {f"{prefix}-{each}" for each in more}


IDS = (
    numbered("PTY", 22)
    | numbered("REC", 35, "11p", "15p", "16p", "17p", "24p", "34p")
    | numbered("PET", 18)
    | (numbered("CMP", 35, "25a", "25b", "25c", "10p", "18p", "20p", "21p", "22p") - {"CMP-25"})
    | numbered("DEN", 26, "17p", "22a")
    | numbered("FBK", 5)
    | numbered("CRW", 6)
    | numbered("RPT", 15, "12a", "12b")
    | numbered("CAL", 10, "05p", "06p")
    | numbered("TRN", 9)
    | numbered("DEC", 10)
)


def test_every_row_of_law_is_there_and_no_other():
    assert set(all_rules()) == IDS


def test_every_row_says_what_it_is_in_both_languages_and_by_which_clause():
    for each in all_rules().values():
        assert each.subject, each.id
        assert each.english, each.id
        assert each.source, each.id
        assert each.text or each.kind in (Kind.LIMIT, Kind.DUTY, Kind.DEFINITION), each.id


def test_statuses_are_shown_in_words():
    words = {status: (status.word, status.label) for status in Status}
    assert words == {
        Status.VERIFIED: ("verified", "đã kiểm chứng"),
        Status.SECOND_HAND: ("second-hand", "theo nguồn thứ hai"),
        Status.RECALLED: ("unverified", "chưa kiểm chứng"),
        Status.DECISION: ("our decision", "quy ước của nền tảng"),
    }


@pytest.mark.parametrize(
    ("rule_id", "status"),
    [
        ("PTY-01", Status.SECOND_HAND),
        ("PTY-15", Status.RECALLED),
        ("REC-03", Status.VERIFIED),
        ("REC-11p", Status.RECALLED),
        ("PET-06", Status.RECALLED),
        ("CMP-03", Status.VERIFIED),
        ("CAL-08", Status.SECOND_HAND),
        ("TRN-05", Status.RECALLED),
        ("DEC-01", Status.DECISION),
    ],
)
def test_a_row_carries_the_status_it_was_read_with(rule_id, status):
    assert rule(rule_id).status is status


def test_only_our_decisions_are_called_so():
    decisions = {each.id for each in all_rules().values() if each.status is Status.DECISION}
    assert decisions == numbered("DEC", 10)


CD, WD = Unit.CALENDAR_DAY, Unit.WORKING_DAY
LIMITS = [
    ("PTY-06", None, 10, WD, Event.HEAD_RECEIVED),
    ("PTY-07", None, 15, WD, Event.HEAD_RECEIVED),
    ("REC-12", None, 10, WD, Event.MATTER_RECEIVED),
    ("REC-13", None, 5, WD, Event.MATTER_RECEIVED),
    ("REC-14", None, 7, WD, Event.SETTLED),
    ("REC-17", None, 3, WD, Event.REFUSAL_GROUNDS),
    ("REC-30", None, 45, CD, Event.PETITION_RECEIVED),
    ("PET-07", None, 10, WD, Event.PETITION_RECEIVED),
    ("PET-10", None, 5, WD, Event.PETITION_RECEIVED),
    ("PET-16", None, 5, WD, Event.PETITION_RECEIVED),
    ("CMP-01", None, 90, CD, Event.ACT_KNOWN),
    ("CMP-02", None, 10, CD, Event.PETITION_RECEIVED),
    ("CMP-03", None, 7, WD, Event.PETITION_RECEIVED),
    ("CMP-04", None, 30, CD, Event.PETITION_ACCEPTED),
    ("CMP-05", None, 45, CD, Event.PETITION_ACCEPTED),
    ("CMP-06", None, 45, CD, Event.PETITION_ACCEPTED),
    ("CMP-07", None, 60, CD, Event.PETITION_ACCEPTED),
    ("CMP-08", "normal", 45, CD, Event.PETITION_ACCEPTED),
    ("CMP-08", "complex", 60, CD, Event.PETITION_ACCEPTED),
    ("CMP-09", "remote", 60, CD, Event.PETITION_ACCEPTED),
    ("CMP-09", "remote_complex", 70, CD, Event.PETITION_ACCEPTED),
    ("CMP-11", None, 30, CD, Event.FIRST_ROUND_ENDED),
    ("CMP-11", "remote", 45, CD, Event.FIRST_ROUND_ENDED),
    ("CMP-12", None, 30, CD, Event.DECISION_ISSUED),
    ("CMP-12", "remote", 45, CD, Event.DECISION_ISSUED),
    ("CMP-13", None, 3, WD, Event.DECISION_ISSUED),
    ("CMP-14", None, 7, CD, Event.DECISION_ISSUED),
    ("CMP-15", None, 7, WD, Event.DECISION_ISSUED),
    ("CMP-16", None, 15, CD, Event.DECISION_ISSUED),
    ("CMP-17", None, 5, WD, Event.DECISION_EFFECTIVE),
    ("CMP-21", None, 3, WD, Event.DECISION_ISSUED),
    ("CMP-29", None, 15, CD, Event.DECISION_RECEIVED),
    ("CMP-29", "second", 10, CD, Event.DECISION_RECEIVED),
    ("CMP-29", "second_dismissal", 30, CD, Event.DECISION_RECEIVED),
    ("CMP-30", None, 30, CD, Event.PETITION_ACCEPTED),
    ("CMP-30", "complex", 45, CD, Event.PETITION_ACCEPTED),
    ("CMP-33", None, 7, CD, Event.DECISION_ISSUED),
    ("DEN-01", None, 7, WD, Event.PETITION_RECEIVED),
    ("DEN-01", "several_places", 10, WD, Event.PETITION_RECEIVED),
    ("DEN-02", None, 7, WD, Event.PETITION_RECEIVED),
    ("DEN-03", None, 5, WD, Event.PETITION_RECEIVED),
    ("DEN-06", None, 20, CD, Event.PETITION_RECEIVED),
    ("DEN-07", None, 5, WD, Event.ACCEPTANCE_DECIDED),
    ("DEN-08", None, 30, CD, Event.PETITION_ACCEPTED),
    ("DEN-10", None, 5, WD, Event.DECISION_ISSUED),
    ("DEN-11", None, 5, WD, Event.CONCLUSION_ISSUED),
    ("DEN-12", None, 7, WD, Event.CONCLUSION_ISSUED),
    ("DEN-13", None, 5, WD, Event.HANDLED),
    ("DEN-14", None, 20, CD, Event.PETITION_RECEIVED),
    ("DEN-15", None, 5, WD, Event.PETITION_RECEIVED),
    ("DEN-15", "answer", 5, WD, Event.DEMAND_RECEIVED),
    ("DEN-16", None, 7, WD, Event.SIGNED),
    ("FBK-01", None, 10, WD, Event.PETITION_RECEIVED),
    ("FBK-02", None, 10, WD, Event.HEAD_RECEIVED),
    ("FBK-02", "complex", 15, WD, Event.HEAD_RECEIVED),
    ("FBK-03", None, 5, WD, Event.PETITION_RECEIVED),
]


@pytest.mark.parametrize(("rule_id", "variant", "count", "unit", "event"), LIMITS)
def test_a_limit_has_the_number_of_its_clause(rule_id, variant, count, unit, event):
    assert rule(rule_id).limit(variant) == Limit(count, unit)
    assert rule(rule_id).event(variant) is event


SHORTEST = [
    ("REC-09", None, 5, WD, Direction.BACKWARD, Event.RECEPTION_DAY),
    ("REC-19", None, 5, WD, Direction.BACKWARD, Event.ONLINE_SESSION_DAY),
    ("REC-20", None, 1, WD, Direction.BACKWARD, Event.ONLINE_SESSION_DAY),
    ("REC-21", None, 1, Unit.HOUR, Direction.BACKWARD, Event.ONLINE_SESSION_START),
    ("CMP-18", None, 5, CD, Direction.BACKWARD, Event.DIALOGUE_DAY),
    ("CMP-16", "meeting_invitation", 3, CD, Direction.BACKWARD, Event.PUBLICITY_MEETING_DAY),
    ("CMP-16", "posting", 15, CD, Direction.FORWARD, Event.POSTED),
    ("DEN-16", "posting", 15, CD, Direction.FORWARD, Event.POSTED),
    ("PET-14", None, 365, CD, Direction.FORWARD, Event.FILED),
]


@pytest.mark.parametrize(("rule_id", "variant", "count", "unit", "direction", "event"), SHORTEST)
def test_a_shortest_time_has_the_number_of_its_clause(rule_id, variant, count, unit, direction, event):
    assert rule(rule_id).limit(variant) == Limit(count, unit, direction, Bound.AT_LEAST)
    assert rule(rule_id).event(variant) is event


def test_no_limit_is_left_unchecked():
    checked = {row[0] for row in (*LIMITS, *SHORTEST)}
    assert {each.id for each in all_rules().values() if each.kind is Kind.LIMIT} == checked


def test_quotas_have_the_numbers_of_their_clauses():
    quotas = {each.id: each.quota for each in all_rules().values() if each.kind is Kind.QUOTA}
    assert quotas == {
        "PTY-01": Quota(1, Period.MONTH),
        "PTY-02": Quota(1, Period.MONTH),
        "PTY-03": Quota(2, Period.MONTH),
        "PTY-11": Quota(4, Period.YEAR),
        "PTY-12": Quota(16, Period.YEAR),
        "PTY-16": Quota(1, Period.YEAR),
        "PTY-21": Quota(1, Period.YEAR),
        "REC-01": Quota(1, Period.MONTH),
        "REC-02": Quota(2, Period.MONTH),
        "REC-03": Quota(1, Period.WEEK),
        "REC-04": Quota(2, Period.MONTH),
        "REC-05": Quota(1, Period.MONTH),
        "REC-06": Quota(1, Period.MONTH),
        "REC-25": Quota(1, Period.MONTH),
        "DEN-21": Quota(1, Period.MONTH),
        "FBK-04": Quota(1, Period.YEAR),
        "CRW-04": Quota(1, Period.MONTH),
    }


def test_the_day_of_the_event_chooses_the_version():
    assert rule_in_force("complaint.acceptance", date(2026, 6, 30)).id == "CMP-02"
    assert rule_in_force("complaint.acceptance", date(2026, 7, 1)).id == "CMP-03"
    assert rule("CMP-03", on=date(2024, 5, 6)).id == "CMP-02"
    assert rule("CMP-02", on=date(2026, 11, 20)).id == "CMP-03"
    assert rule("REC-04", on=date(2025, 1, 1)).id == "REC-03"
    assert rule("CMP-07", on=date(2024, 5, 6)).id == "CMP-07"
    assert [each.id for each in versions("complaint.acceptance")] == ["CMP-02", "CMP-03"]


def test_variants_and_levels_choose_among_rules_in_force():
    on = date(2026, 8, 3)
    assert rule_in_force("complaint.settlement.first", on).id == "CMP-04"
    assert rule_in_force("complaint.settlement.first", on, variant="remote_complex").id == "CMP-07"
    second = rule_in_force("complaint.settlement.second", on, variant="remote_complex")
    assert second.limit("remote_complex").count == 70
    assert rule_in_force("party.report.recipients", on, level=Level.COMMUNE).id == "PTY-14"
    assert rule_in_force("party.report.recipients", date(2024, 1, 1), level=Level.COMMUNE).id == "PTY-15"


def test_where_nothing_is_in_force_the_error_says_what_was_asked():
    with pytest.raises(NoRuleInForce, match=r"complaint\.acceptance.*2012-06-30"):
        rule_in_force("complaint.acceptance", date(2012, 6, 30))
    with pytest.raises(NoRuleInForce, match="district"):
        rule_in_force("reception.periodic.party", date(2025, 7, 1), level=Level.DISTRICT)
    with pytest.raises(NoRuleInForce, match="level any"):
        rule_in_force("reception.periodic.party", date(2024, 7, 1))
    with pytest.raises(NoRuleInForce, match="remote"):
        rule_in_force("complaint.acceptance", date(2024, 7, 1), variant="remote")
    with pytest.raises(UnknownRule, match="XYZ-01"):
        rule("XYZ-01")
    with pytest.raises(UnknownRule, match=r"tea\.time"):
        rule_in_force("tea.time", date(2024, 7, 1))
    with pytest.raises(UnknownRule, match=r"tea\.time"):
        versions("tea.time")


def test_predecessors_and_successors_are_linked_both_ways():
    assert rule("CMP-03").predecessor == "CMP-02"
    assert rule("CMP-02").successors == ("CMP-03",)
    assert rule("PTY-15").successors == ("PTY-13", "PTY-14")
    assert rule("RPT-12b").successors == ("RPT-12a",)
    for each in all_rules().values():
        if each.id.endswith("p"):
            assert each.successors, each.id
            assert each.valid_to, each.id


def test_the_level_ends_with_the_district():
    for each in all_rules().values():
        if each.levels == {Level.DISTRICT}:
            assert each.valid_to == date(2025, 6, 30), each.id


def test_an_extension_stays_inside_its_budget():
    settlement = rule("DEN-08")
    assert dict(settlement.extensions) == {
        "complex": Extension(1, 30),
        "especially_complex": Extension(2, 30),
    }
    assert settlement.extended("complex", ()).count == 30
    assert settlement.extended("complex", (20,)).count == 50
    assert settlement.extended("especially_complex", (30, 30)).count == 90
    for case, granted in [("complex", (30, 1)), ("complex", (31,)), ("complex", (0,)), ("normal", (1,))]:
        with pytest.raises(ValueError, match="DEN-08 allows"):
            settlement.extended(case, granted)


def test_law_and_decree_that_compete_name_each_other():
    assert rule("CMP-14").competes_with == ("CMP-15",)
    assert rule("CMP-15").competes_with == ("CMP-14",)


def test_a_rule_without_a_limit_says_so():
    with pytest.raises(ValueError, match="PTY-04"):
        rule("PTY-04").limit()
    with pytest.raises(ValueError, match="PTY-04"):
        rule("PTY-04").event()
    with pytest.raises(KeyError, match="DEN-01"):
        rule("DEN-01").limit("remote")


GOOD = """
[AAA-01]
key = "a"
subject = "Một"
english = "One"
source = "Luật"
status = "VERIFIED"
limit = { count = 3, unit = "WD", from = "filed" }
valid_from = 2020-01-01
"""

FAULTS = [
    (GOOD.replace("subject", "subjct"), "unknown keys ['subjct']"),
    (GOOD.replace('source = "Luật"\n', ""), "missing keys ['source']"),
    (GOOD.replace("2020-01-01", '"2020-01-01"'), "valid_from must be a date"),
    (GOOD + "valid_to = 2019-12-31\n", "valid_to 2019-12-31 is before valid_from 2020-01-01"),
    (GOOD.replace("VERIFIED", "SURE"), "'SURE' is not a valid Status"),
    (GOOD.replace("WD", "WORKDAY"), "'WORKDAY' is not a valid Unit"),
    (GOOD.replace('"filed"', '"found"'), "'found' is not a valid Event"),
    (GOOD.replace("count = 3", "count = 0"), "count must be a whole number"),
    (GOOD.replace("count = 3", 'count = 3, per = "month"'), "unknown keys ['per']"),
    (GOOD.replace('"filed"', '"filed", direction = "backward"'), "needs bound = at_least"),
    (GOOD + 'quota = { count = 1, per = "month" }\n', "one of limit, quota, threshold and bands"),
    (GOOD + 'kind = "duty"\n', "kind is duty but it carries a limit"),
    (GOOD + "variants.normal = { count = 4 }\n", "variant normal is given twice"),
    (GOOD + 'levels = ["village"]\n', "'village' is not a valid Level"),
    (GOOD + 'predecessor = "AAA-00"\n', "unknown predecessor AAA-00"),
    (GOOD + 'competes_with = ["AAA-09"]\n', "competes with AAA-09, which does not say so"),
    (GOOD + GOOD.replace("AAA-01", "AAA-02"), "AAA-02: in force together with AAA-01 for a (normal)"),
    (GOOD.replace("limit =", "# limit ="), "needs a kind"),
    (GOOD.replace("limit =", "kind = 'limit' #"), "needs a kind"),
    ("title = 'Luật'\n" + GOOD, "title: expected a rule"),
    (GOOD + "[AAA-01]\n", "cannot declare"),
]


@pytest.mark.parametrize(("text", "fault"), FAULTS)
def test_a_fault_in_a_law_file_is_refused_with_file_and_rule(tmp_path, text, fault):
    (tmp_path / "trial.toml").write_text(text, encoding="utf-8")
    with pytest.raises(LawFileError) as refused:
        read_law(tmp_path)
    [message] = [line for line in refused.value.faults if fault.casefold() in line.casefold()]
    assert message.startswith("trial.toml: ")
    assert "AAA-0" in message or "title" in message or "declare" in message


def test_all_faults_are_reported_at_once(tmp_path):
    (tmp_path / "one.toml").write_text(GOOD, encoding="utf-8")
    (tmp_path / "two.toml").write_text(GOOD + GOOD.replace("AAA-01", "AAA-02").replace("WD", "X"), "utf-8")
    with pytest.raises(LawFileError) as refused:
        read_law(tmp_path)
    assert [fault[:16] for fault in refused.value.faults] == ["two.toml: AAA-01", "two.toml: AAA-02"]


def test_versions_that_follow_each_other_and_levels_apart_do_not_overlap(tmp_path):
    ended = GOOD + "valid_to = 2020-12-31\n"
    following = GOOD.replace("AAA-01", "AAA-02").replace("2020-01-01", "2021-01-01")
    province = following + 'levels = ["province"]\npredecessor = "AAA-01"\n'
    commune = following.replace("AAA-02", "AAA-03") + 'levels = ["commune"]\n'
    (tmp_path / "trial.toml").write_text(ended + province + commune, encoding="utf-8")
    assert set(read_law(tmp_path)) == {"AAA-01", "AAA-02", "AAA-03"}
