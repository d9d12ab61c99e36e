"""What goes up, what does not, and who reads it."""

from datetime import date
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa

from tiepdan.core.db import db
from tiepdan.sdk import Level, PetitionKind
from tiepdan.sharing.models import SharedCase, SharedCount, SharedState, SharedTotal
from tiepdan.sharing.profiles import ShareProfile, Show, choose_show, share_profiles
from tiepdan.sharing.service import publish_case

RECEIVED_ON = date(2024, 5, 14)


def seen(entered, tenant, case_id):
    with entered(tenant):
        return db.session.scalar(sa.select(SharedCase.id).where(SharedCase.id == case_id)) is not None


def counts(entered, tenant):
    with entered(tenant):
        rows = db.session.execute(
            sa.select(SharedCount.kind, SharedCount.status, SharedCount.month, SharedCount.count).where(
                SharedCount.count != 0
            )
        )
        return {tuple(row) for row in rows}


def test_every_superior_sees_the_case_and_nobody_beside(publish, entered, three_levels):
    case_id = publish(three_levels.commune)

    assert seen(entered, three_levels.commune, case_id)
    assert seen(entered, three_levels.district, case_id)
    assert seen(entered, three_levels.province, case_id)
    assert not seen(entered, three_levels.sibling, case_id)
    assert not seen(entered, three_levels.other_district, case_id)
    assert not seen(entered, three_levels.stranger, case_id)


def test_superiors_see_no_case_of_their_superior(publish, entered, three_levels):
    case_id = publish(three_levels.province)

    assert not seen(entered, three_levels.district, case_id)
    assert not seen(entered, three_levels.commune, case_id)


@pytest.mark.parametrize("table", [SharedCase, SharedCount, SharedTotal])
def test_the_database_refuses_a_forged_path(publish, entered, three_levels, table):
    publish(three_levels.commune)

    forged = sa.update(table).where(table.tenant_id == three_levels.commune.id)
    with pytest.raises(sa.exc.ProgrammingError, match="row-level security"), entered(three_levels.commune):
        db.session.execute(forged.values(path=three_levels.stranger.path + f".t{three_levels.commune.id}"))


def test_the_database_refuses_an_ancestor_of_ones_own_choice(publish, entered, three_levels):
    case_id = publish(three_levels.commune)

    with pytest.raises(sa.exc.ProgrammingError, match="anc1_id"), entered(three_levels.commune):
        db.session.execute(
            sa.text("UPDATE shared_case SET anc1_id = :id WHERE id = :case"),
            {"id": three_levels.stranger.id, "case": case_id},
        )


def test_a_superior_reads_but_does_not_write(publish, entered, three_levels):
    case_id = publish(three_levels.commune)

    with entered(three_levels.province):
        changed = db.session.execute(sa.update(SharedCase).where(SharedCase.id == case_id).values(status="closed"))
        assert changed.rowcount == 0
        assert db.session.execute(sa.delete(SharedCase).where(SharedCase.id == case_id)).rowcount == 0


def test_the_private_state_stays_with_its_owner(publish, entered, three_levels):
    publish(three_levels.commune, kind=PetitionKind.DENUNCIATION)

    with entered(three_levels.province):
        assert db.session.scalar(sa.select(sa.func.count()).select_from(SharedState)) == 0


@pytest.mark.parametrize("kind", [PetitionKind.DENUNCIATION, None])
def test_a_sealed_kind_is_a_number_by_unit_and_month_only(
    publish, entered, three_levels, kind, superuser: psycopg.Connection
):
    case_id = publish(three_levels.commune, kind=kind, text="Ông Nguyễn Văn Kín tố cáo")

    assert not seen(entered, three_levels.province, case_id)
    assert counts(entered, three_levels.province) == {(kind.value if kind else "unknown", "", date(2024, 5, 1), 1)}
    for table in ("shared_case", "shared_state", "shared_count", "shared_total"):
        written = superuser.execute(f"SELECT count(*) FROM {table} t WHERE t::text LIKE '%Kín%'").fetchone()
        assert written == (0,)


def test_a_case_that_becomes_a_denunciation_disappears_at_once(publish, entered, three_levels):
    case_id = publish(three_levels.commune)
    assert seen(entered, three_levels.province, case_id)

    publish(three_levels.commune, case_id, kind=PetitionKind.DENUNCIATION)

    assert not seen(entered, three_levels.province, case_id)
    assert counts(entered, three_levels.province) == {("denunciation", "", date(2024, 5, 1), 1)}


def test_the_database_refuses_a_row_of_a_sealed_kind(publish, entered, three_levels):
    case_id = publish(three_levels.commune)

    with pytest.raises(sa.exc.IntegrityError, match="no_sealed_kind"), entered(three_levels.commune):
        db.session.execute(sa.update(SharedCase).where(SharedCase.id == case_id).values(kind="denunciation"))


def test_a_summary_carries_no_text_unless_the_profile_says_so(publish, entered, three_levels):
    case_id = publish(three_levels.commune)

    with entered(three_levels.commune):
        assert db.session.scalar(sa.select(SharedCase.text).where(SharedCase.id == case_id)) is None


def test_publishing_twice_counts_once(publish, entered, three_levels):
    case_id = publish(three_levels.commune)
    publish(three_levels.commune, case_id)

    assert counts(entered, three_levels.district) == {("complaint", "accepted", date(2024, 5, 1), 1)}


def test_a_rolled_back_savepoint_takes_its_counts_along(summary_of, entered, three_levels):
    with entered(three_levels.commune):
        publish_case(summary_of())
        for _attempt in range(2):
            savepoint = db.session.begin_nested()
            publish_case(summary_of())
            savepoint.rollback()
        with db.session.begin_nested():
            publish_case(summary_of())

    assert counts(entered, three_levels.province) == {("complaint", "accepted", date(2024, 5, 1), 2)}


def test_a_rolled_back_transaction_counts_nothing(summary_of, entered, three_levels):
    with pytest.raises(RuntimeError), entered(three_levels.commune):
        publish_case(summary_of())
        raise RuntimeError

    assert counts(entered, three_levels.province) == set()


def test_a_unit_that_moves_takes_its_counts_along_when_it_next_writes(
    publish, entered, three_levels, superuser: psycopg.Connection
):
    """A transaction that began before the move may still write under the old path; the next one puts it right."""
    publish(three_levels.commune)
    moved_path = f"{three_levels.other_district.path}.t{three_levels.commune.id}"
    superuser.execute("UPDATE tenant SET path = %s WHERE id = %s", [moved_path, three_levels.commune.id])
    moved = type(three_levels.commune)(
        three_levels.commune.id, three_levels.commune.slug, moved_path, "commune", "party", 0
    )
    publish(moved)

    assert counts(entered, three_levels.other_district) == {("complaint", "accepted", date(2024, 5, 1), 2)}


def test_profiles_are_chosen_by_kind_level_and_day():
    def profile(show, levels=(), valid_from=date(2020, 1, 1), valid_to=None):
        return ShareProfile("proposal", show, frozenset(levels), valid_from, valid_to, "")

    profiles = [
        profile(Show.SUMMARY, valid_to=date(2024, 12, 31)),
        profile(Show.SUMMARY_TEXT, [Level.COMMUNE], valid_to=date(2024, 12, 31)),
        profile(Show.NONE, valid_from=date(2025, 1, 1)),
    ]

    assert choose_show("proposal", Level.DISTRICT, RECEIVED_ON, profiles) is Show.SUMMARY
    assert choose_show("proposal", Level.COMMUNE, RECEIVED_ON, profiles) is Show.SUMMARY_TEXT
    assert choose_show("proposal", Level.COMMUNE, date(2025, 1, 1), profiles) is Show.NONE
    assert choose_show("complaint", Level.COMMUNE, RECEIVED_ON, profiles) is Show.COUNTS


@pytest.mark.parametrize("level", list(Level))
def test_the_platforms_profiles_protect_denunciations(level):
    assert choose_show("denunciation", level, RECEIVED_ON) is Show.COUNTS
    assert choose_show("unknown", level, RECEIVED_ON) is Show.COUNTS
    assert choose_show("a kind nobody knows", level, RECEIVED_ON) is Show.COUNTS
    assert all(profile.source for profile in share_profiles())


def test_a_profile_file_that_lets_denunciations_out_is_refused(monkeypatch, tmp_path: Path):
    (tmp_path / "profiles.toml").write_text(
        '[[profile]]\nkind = "denunciation"\nshow = "summary"\nvalid_from = 2020-01-01\nsource = "x"\n'
    )
    monkeypatch.setattr("tiepdan.sharing.profiles.files", lambda _package: tmp_path)
    with pytest.raises(ValueError, match="denunciation"):
        share_profiles.__wrapped__()
