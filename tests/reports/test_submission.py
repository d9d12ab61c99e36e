"""Freezing, sending, returning, accepting; and who cannot see it."""

from datetime import date

import psycopg
import pytest
import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.core.errors import Conflict, Forbidden, Invalid, NotFound
from tiepdan.receptions.registers import write_register
from tiepdan.reports.drill import differences
from tiepdan.reports.models import ReportSubmission, ReportSubmissionUnit
from tiepdan.reports.periods import read_period
from tiepdan.reports.preparing import (
    correct_report,
    freeze_report,
    list_reports,
    newest_edition,
    open_report,
    read_contents,
    recount,
    report_by_id,
)
from tiepdan.reports.requests import open_round, requests_received, round_of
from tiepdan.reports.reviewing import accept_submission, read_submission, receive_submission, return_submission
from tiepdan.reports.rules import Punctuality, Standing, Tier
from tiepdan.reports.submitting import submit_report
from tiepdan.reports.typed import list_typed, remove_typed, type_figure

ON = date(2024, 6, 28)
HALF = read_period("2022-H1")
RIGHTS = ("reports.view", "reports.prepare", "reports.submit", "reports.review")


def send(entered, tenant, on=ON):
    """Prepare, freeze and submit; return (sender, submission)."""
    with entered(tenant, *RIGHTS) as actor:
        report = open_report("qd11", HALF, actor=actor, on=on)
        freeze_report(report.id, actor=actor, on=on)
        [submission_id] = submit_report(report.id, actor=actor, on=on)
    return tenant.id, submission_id


def test_a_frozen_report_follows_its_records_no_more(province, entered, write):
    commune = province.commune
    with entered(commune, *RIGHTS) as actor:
        report = open_report("qd11", HALF, actor=actor, on=ON)
        freeze_report(report.id, actor=actor, on=ON)
    with entered(commune, "registers.import") as actor:
        lines = _one_more_line()
        write_register(lines, actor=actor, on=ON)
    with entered(commune, *RIGHTS) as actor:
        view = report_by_id(report.id, actor=actor)
        frozen = read_contents(view, on=ON)
        assert frozen.table.value("D11-03", Tier.COMMUNE) == 3
        found = {each.indicator.code: each for each in differences(frozen, recount(view, on=ON))}
        assert found["D11-03"].frozen.value == 3
        assert found["D11-03"].today.value == 4


def _one_more_line():
    from tiepdan.identity.vault import PersonDetails
    from tiepdan.receptions.registers import RegisterEntry
    from tiepdan.receptions.rules import Duty, ReceivedBy, ReceptionForm

    person = PersonDetails("Người đến thêm")
    return [
        RegisterEntry(
            "Sổ 2", 2022, 1, date(2022, 5, 5), "Kỳ thêm", Duty.PARTY, ReceptionForm.PERIODIC, ReceivedBy.HEAD,
            people=[person], content="x",
        )
    ]  # fmt: skip


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE report_figure SET own = 1000",
        "DELETE FROM report_evidence",
        "UPDATE report_submission_unit SET figures = '{}'",
        "DELETE FROM report_submission",
        "UPDATE report_submission_step SET step = 'accepted'",
        "DELETE FROM report_request",
    ],
)
def test_the_database_keeps_what_was_frozen_and_sent(superuser, statement):
    with pytest.raises(psycopg.errors.InsufficientPrivilege, match="append-only"):
        superuser.execute(statement)


def test_a_report_is_returned_corrected_and_accepted(province, entered):
    sender, first = send(entered, province.commune)
    with entered(province.district, *RIGHTS) as actor:
        with pytest.raises(Invalid):
            return_submission(sender, first, reason="  ", actor=actor, on=ON)
        receive_submission(sender, first, actor=actor, on=ON)
        return_submission(sender, first, reason="Thiếu kỳ tháng 3", actor=actor, on=ON)
    with entered(province.commune, *RIGHTS) as actor:
        [report] = list_reports(actor=actor)
        assert report.standing is Standing.RETURNED
        assert report.sent[0].answers[-1].reason == "Thiếu kỳ tháng 3"
        second = correct_report(report.id, actor=actor)
        assert second.edition == 2
        freeze_report(second.id, actor=actor, on=ON)
        [again] = submit_report(second.id, actor=actor, on=ON)
    with entered(province.district, *RIGHTS) as actor:
        with pytest.raises(Conflict):
            accept_submission(sender, first, actor=actor, on=ON)
        accept_submission(sender, again, actor=actor, on=ON)
        with pytest.raises(Conflict):
            return_submission(sender, again, reason="muộn rồi", actor=actor, on=ON)
    with entered(province.commune, *RIGHTS) as actor:
        [report] = list_reports(actor=actor)
        assert (report.edition, report.standing) == (2, Standing.ACCEPTED)
        with pytest.raises(Conflict):
            correct_report(report.id, actor=actor)


def test_a_returned_report_is_not_summed(province, entered):
    sender, submission = send(entered, province.commune)
    with entered(province.district, *RIGHTS) as actor:
        report = open_report("qd11", HALF, actor=actor, on=ON)
        assert read_contents(report, on=ON).table.value("D11-01", Tier.COMMUNE) == 3
        return_submission(sender, submission, reason="Sai", actor=actor, on=ON)
        assert read_contents(report, on=ON).table.value("D11-01", Tier.COMMUNE) == 0


def test_what_comes_after_the_freeze_stays_out(province, entered):
    send(entered, province.commune)
    with entered(province.district, *RIGHTS) as actor:
        report = open_report("qd11", HALF, actor=actor, on=ON)
        frozen = freeze_report(report.id, actor=actor, on=ON)
    send(entered, province.sibling)
    with entered(province.district, *RIGHTS) as actor:
        contents = read_contents(frozen, on=ON)
        assert contents.table.cells["D11-01", Tier.COMMUNE].units == 1
        assert len(recount(frozen, on=ON).sources) == 2


def test_sibling_stranger_and_grandparent_see_nothing_of_a_submission(province, entered):
    sender, submission = send(entered, province.commune)
    for tenant in (province.sibling, province.stranger, province.province, province.other):
        with entered(tenant, *RIGHTS) as actor:
            assert db.session.scalars(sa.select(ReportSubmission)).all() == []
            assert db.session.scalars(sa.select(ReportSubmissionUnit)).all() == []
            with pytest.raises(NotFound):
                read_submission(sender, submission, actor=actor)
            with pytest.raises(NotFound):
                accept_submission(sender, submission, actor=actor, on=ON)


def test_a_submission_of_somebody_who_does_not_report_here_is_not_read(province, entered):
    """The fence lets any tenant address any other; the receiver reads only whom it expects."""
    with entered(province.stranger, *RIGHTS) as actor:
        report = open_report("qd11", HALF, actor=actor, on=ON)
        frozen = freeze_report(report.id, actor=actor, on=ON)
        forged = ReportSubmission(
            peer_tenant_id=province.district.id, report_id=frozen.id, definition="qd11", period_kind=HALF.kind.value,
            period_from=HALF.first, period_to=HALF.last, edition=1, cut_off_on=ON, sent_on=ON,
        )  # fmt: skip
        db.session.add(forged)
        db.session.flush()
        forged_id = forged.id
    with entered(province.district, *RIGHTS) as actor:
        assert db.session.scalar(sa.select(sa.func.count()).select_from(ReportSubmission)) == 1
        report = open_report("qd11", HALF, actor=actor, on=ON)
        assert read_contents(report, on=ON).sources == ()
        with pytest.raises(NotFound):
            read_submission(province.stranger.id, forged_id, actor=actor)


def test_nobody_writes_in_anothers_name(province, entered):
    with (
        entered(province.commune, *RIGHTS) as actor,
        pytest.raises(sa.exc.ProgrammingError, match="row-level security"),
    ):
        report = open_report("qd11", HALF, actor=actor, on=ON)
        db.session.execute(
            sa.insert(ReportSubmission),
            {
                "tenant_id": province.sibling.id, "peer_tenant_id": province.district.id, "report_id": report.id,
                "definition": "qd11", "period_kind": "half_year", "period_from": HALF.first, "period_to": HALF.last,
                "edition": 1, "cut_off_on": ON, "sent_on": ON,
            },
        )  # fmt: skip


def test_only_the_receiver_decides(province, entered):
    """A sender that writes itself an acceptance changes nothing."""
    from tiepdan.reports.models import ReportSubmissionStep

    _sender, submission = send(entered, province.commune)
    with entered(province.commune, *RIGHTS) as actor:
        db.session.add(
            ReportSubmissionStep(
                peer_tenant_id=province.district.id, submission_id=submission, step="accepted", taken_on=ON
            )
        )
        db.session.flush()
        assert list_reports(actor=actor)[0].standing is Standing.SUBMITTED


def test_steps_need_their_rights_and_their_order(province, entered):
    with entered(province.commune, "reports.view") as actor, pytest.raises(Forbidden):
        open_report("qd11", HALF, actor=actor, on=ON)
    with entered(province.commune, *RIGHTS) as actor:
        report = open_report("qd11", HALF, actor=actor, on=ON)
        assert open_report("qd11", HALF, actor=actor, on=ON).id == report.id
        with pytest.raises(Conflict):
            submit_report(report.id, actor=actor, on=ON)
        with pytest.raises(Invalid):
            freeze_report(report.id, actor=actor, on=ON, cut_off_on=date(2024, 6, 29))
        freeze_report(report.id, actor=actor, on=ON)
        with pytest.raises(Conflict):
            freeze_report(report.id, actor=actor, on=ON)
        with pytest.raises(Invalid):
            open_report("qd11", read_period("2024-H2"), actor=actor, on=ON)
    with entered(province.province, *RIGHTS) as actor:
        report = open_report("qd11", HALF, actor=actor, on=ON)
        freeze_report(report.id, actor=actor, on=ON)
        with pytest.raises(Conflict):  # nobody above
            submit_report(report.id, actor=actor, on=ON)
    with entered(province.sibling, *RIGHTS) as actor:
        with pytest.raises(NotFound):
            report_by_id(report.id, actor=actor)
        assert newest_edition("qd11", HALF) is None


def test_late_and_missing_units_are_named(province, entered):
    with entered(province.district, *RIGHTS) as actor:
        assert open_round("qd11", HALF, date(2022, 7, 5), actor=actor, on=date(2022, 6, 20)) == 2
        assert open_round("qd11", HALF, date(2022, 7, 9), actor=actor, on=date(2022, 6, 20)) == 0
    with entered(province.commune, *RIGHTS) as actor:
        [request] = requests_received(actor=actor, on=ON)
        assert (request.asker.id, request.due_on) == (province.district.id, date(2022, 7, 5))
    send(entered, province.commune, on=date(2022, 7, 6))
    with entered(province.district, *RIGHTS) as actor:
        early = round_of("qd11", HALF, actor=actor, on=date(2022, 7, 5))
        assert [row.punctuality for row in early.rows] == [Punctuality.LATE, Punctuality.WAITING]
        later = round_of("qd11", HALF, actor=actor, on=date(2022, 7, 6))
        assert [row.unit.id for row in later.late_or_missing] == [province.commune.id, province.sibling.id]
        assert (later.count(Punctuality.LATE), later.count(Punctuality.MISSING)) == (1, 1)


def test_a_request_of_a_stranger_is_not_shown(province, entered):
    from tiepdan.reports.models import ReportRequest

    with entered(province.stranger, *RIGHTS):
        db.session.add(
            ReportRequest(
                peer_tenant_id=province.commune.id, definition="qd11", period_kind="half_year", period_from=HALF.first,
                period_to=HALF.last, due_on=ON, opened_on=ON,
            )
        )  # fmt: skip
    with entered(province.commune, *RIGHTS) as actor:
        assert requests_received(actor=actor, on=ON) == []


def test_a_typed_figure_is_counted_marked_and_travels(province, entered):
    with entered(province.district, *RIGHTS) as actor:
        report = open_report("qd11", HALF, actor=actor, on=ON)
        with pytest.raises(Invalid) as fault:
            type_figure(
                report.id, body_name=" ", tier="state", indicator="D11-11", value=-1, note="", of=3, actor=actor
            )
        assert set(fault.value.errors) == {"body_name", "tier", "value", "note", "of"}
        typed = {"body_name": "Tòa án nhân dân huyện", "tier": "judicial", "indicator": "D11-11", "actor": actor}
        wrong = type_figure(report.id, **typed, value=40, note="BC 45")
        remove_typed(report.id, wrong, actor=actor)
        type_figure(report.id, **typed, value=4, note="BC 45/BC-TA")
        with pytest.raises(Invalid):
            type_figure(report.id, **typed, value=5, note="BC 46")
        freeze_report(report.id, actor=actor, on=ON)
        with pytest.raises(Conflict):
            type_figure(report.id, **{**typed, "body_name": "Khác"}, value=4, note="BC 47")
        with pytest.raises(Conflict):
            remove_typed(report.id, list_typed(report.id)[0].id, actor=actor)
        submit_report(report.id, actor=actor, on=ON)
    with entered(province.province, *RIGHTS) as actor:
        report = open_report("qd11", HALF, actor=actor, on=ON)
        contents = read_contents(report, on=ON)
        assert contents.table.value("D11-11", Tier.JUDICIAL) == 4
        [unit] = [unit for unit in contents.below if unit.typed]
        assert (unit.name, unit.note) == ("Tòa án nhân dân huyện", "BC 45/BC-TA")


def test_another_tenants_report_does_not_exist(province, entered):
    with entered(province.commune, *RIGHTS) as actor:
        report = open_report("qd11", HALF, actor=actor, on=ON)
    with entered(province.sibling, *RIGHTS) as actor:
        for step in (
            lambda: report_by_id(report.id, actor=actor),
            lambda: freeze_report(report.id, actor=actor, on=ON),
            lambda: submit_report(report.id, actor=actor, on=ON),
            lambda: correct_report(report.id, actor=actor),
            lambda: type_figure(
                report.id, body_name="X", tier="judicial", indicator="D11-11", value=1, note="y", actor=actor
            ),
        ):
            with pytest.raises(NotFound):
                step()
