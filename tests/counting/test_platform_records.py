"""Records of the platform, counted as plugins ask for it: against a count by hand, and only the own ones."""

from datetime import date

import pytest

from tests.counting.conftest import ON, YEAR
from tiepdan.counting.addresses import count_url
from tiepdan.counting.fields import SOURCES, describe_sources
from tiepdan.counting.service import check_count, count
from tiepdan.sdk import Count

COUNTED = [
    (Count("receptions"), 3),
    (Count("receptions", where={"received_by": "head"}), 2),
    (Count("receptions", where={"received_by": ["head", "substitute"], "form": "periodic"}), 2),
    (Count("receptions", where={"form": ("extraordinary",)}), 1),
    (Count("receptions", where={"duty": "state"}), 0),
    (Count("receptions", "distinct:day"), 4),
    (Count("receptions", dated=False), 4),
    (Count("visits"), 4),
    (Count("visits", where={"received_by": "head"}), 3),
    (Count("visits", "sum:people"), 4),
    (Count("visits", "distinct:matter"), 3),
    (Count("visits", "distinct:day"), 2),
    (Count("visits", "distinct:reception"), 2),
    (Count("visits", "distinct:petition"), 0),
    (Count("visits", where={"crowd": True}), 0),
    (Count("visits", where={"kind": "unknown"}), 4),
    (Count("visits", dated=False), 5),
    (Count("petitions"), 3),
    (Count("petitions", where={"kind": "denunciation"}), 1),
    (Count("petitions", where={"kind": ["unknown", "complaint"]}), 2),
    (Count("petitions", where={"field": "land"}), 2),
    (Count("petitions", "sum:people"), 5),
    (Count("petitions", "distinct:matter"), 3),
    (Count("petitions", where={"status": "classified"}), 2),
    (Count("petitions", where={"origin": "post"}), 3),
    (Count("petitions", where={"outcome": "founded"}), 0),
    (Count("petitions", where={"closed": False}), 3),
    (Count("petitions", where={"notice": "due"}), 2),
    (Count("petitions", where={"notice": "on_time"}), 1),
    (Count("petitions", dated=False), 4),
    (Count("matters", where={"mass": True}), 1),
    (Count("matters", where={"mass": True, "complex": [True], "prolonged": False}), 1),
    (Count("matters", where={"level_skipping": True}), 0),
    (Count("matters", where={"closed": True}), 0),
    (Count("assignments"), 3),
    (Count("assignments", where={"side": "receiver"}), 0),
    (Count("assignments", where={"side": ["sender", "receiver"]}), 3),
    (Count("assignments", where={"done": True}), 1),
    (Count("assignments", where={"done": False, "overdue": False}), 1),
    (Count("assignments", where={"overdue": True}), 1),
    (Count("assignments", where={"told": True}), 1),
    (Count("assignments", where={"state": ["sent", "done"]}), 3),
    (Count("notices"), 2),
    (Count("notices", where={"of_reception": True}), 1),
    (Count("notices", "distinct:reception"), 1),
]


@pytest.fixture
def count_here(desk, entered):
    def count_here(tenant, what, first=YEAR[0], last=YEAR[1], on=ON):
        with entered(tenant):
            return count(what, plugin="dummy", first=first, last=last, on=on)

    return count_here


def test_every_count_is_the_one_made_by_hand(desk, count_here):
    assert [(what, count_here(desk.district, what)) for what, _number in COUNTED] == COUNTED


def test_the_neighbour_counts_only_its_own(desk, count_here):
    assert count_here(desk.neighbour, Count("petitions")) == 1
    assert count_here(desk.neighbour, Count("visits")) == 5
    assert count_here(desk.neighbour, Count("assignments")) == 0
    assert count_here(desk.commune, Count("assignments", where={"side": "receiver"})) == 3
    assert count_here(desk.commune, Count("assignments", where={"side": "receiver", "done": True})) == 1


def test_work_is_judged_on_the_day_it_is_asked_for(desk, count_here):
    done = Count("assignments", where={"done": True})
    assert count_here(desk.district, done, on=date(2024, 3, 19)) == 0
    assert count_here(desk.district, done, on=date(2024, 3, 20)) == 1


def test_every_field_and_measure_of_the_reference_can_be_counted(desk, count_here):
    for of, source in SOURCES.items():
        for measure in ("count", *source.measures):
            assert count_here(desk.district, Count(of, measure)) >= 0
        for name, field in source.fields.items():
            parts = [
                count_here(desk.district, Count(of, where={name: value})) for value in field.values or (True, False)
            ]
            assert sum(parts) >= 0


@pytest.mark.parametrize(
    ("what", "said"),
    [
        (Count("people"), "of 'people'"),
        (Count("register:"), "of 'register:'"),
        (Count("petitions", "sum:secrets"), "measure"),
        (Count("petitions", where={"sealed": True}), "where 'sealed'"),
        (Count("petitions", where={"kind": "gossip"}), "none of complaint"),
        (Count("matters", where={"mass": "yes"}), "none of True, False"),
        (Count("matters", where={"mass": []}), "a value"),
        (Count("petitions", where=["kind"]), "where"),
        (Count("petitions", where={"field": {"land": 1}}), "field"),
        (Count("register:classes"), "no register 'classes'"),
        (Count("register:classes", "sum:"), "measure"),
    ],
)
def test_what_cannot_be_counted_is_said_to_the_author(what, said):
    with pytest.raises((ValueError, TypeError), match=said):
        check_count(what, "dummy", ())


def test_a_number_leads_to_a_list_of_as_many(desk, app, make_account, sign_in, count_here):
    browser = sign_in(make_account(desk.district, "petition_officer", "committee_head", "inspector"))
    led = 0
    for what, number in COUNTED:
        with app.test_request_context(desk.district.url("/")):
            url = count_url(what, "dummy", *YEAR, on=ON)
        if not url or not number or what.measure.startswith("sum:"):
            continue
        page = browser.get(desk.district.url(url)).get_data(as_text=True)
        assert page.count("<tr>") - 1 == number, (what, url)
        led += 1
    assert led > 8


def test_the_reference_lists_every_source():
    text = "\n".join(describe_sources())
    for of, source in SOURCES.items():
        assert f"### {of}" in text
        assert all(f"where `{field}`" in text for field in source.fields)
