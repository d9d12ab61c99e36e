"""Fields of plugins in the registration form: asked, checked, kept in the vault, shown, sealed, a neighbour's never."""

import json
import re

import pytest

from tests.conftest import BUSINESS_DAY
from tests.formparts.conftest import make_form
from tests.formparts.test_rules import CHOICE
from tests.support import csrf_of
from tiepdan.core.errors import Forbidden, Invalid, NotFound
from tiepdan.formparts.service import answers_of, disclose_answers, parts_for
from tiepdan.petitions.service import disclose_petition, open_file
from tiepdan.sdk import Record

PLANTED = "Lộc Thị Gieo Tên"
REASON = "Mời làm việc theo kế hoạch số 3"


def id_of(sent):
    return sent.record.rsplit("/", 1)[-1]


def given(entered, tenant, sent):
    with entered(tenant, "petitions.view") as actor:
        return open_file(id_of(sent), actor=actor).answers


@pytest.fixture
def own(two_tenants, enable, asking):
    enable(two_tenants[0])
    return two_tenants[0]


@pytest.fixture
def other(two_tenants):
    return two_tenants[1]


def test_fields_are_asked_kept_and_shown(own, asking, officer, send, entered):
    asking.forms["petition"] = [
        make_form(
            line={"x-help": {"vi": "Ghi ngắn", "en": "Briefly"}}, count={"type": "integer"}, part={"type": "number"},
            yes={"type": "boolean"}, day={"format": "date"}, one=CHOICE, nothing={},
        )
    ]  # fmt: skip
    browser = officer(own)
    values = {"line": "Một dòng", "count": "1433", "part": "2.5", "yes": "no", "day": "2024-06-01", "one": "b"}
    sent = send(browser, own, **{f"x-asking-asked-{name}": value for name, value in values.items()})
    assert "Phần asked" in sent.page
    assert "Ghi ngắn" in sent.page
    assert sent.status == 303, sent.text
    [one] = given(entered, own, sent)
    assert one.answer.values == {
        "line": "Một dòng", "count": 1433, "part": 2.5, "yes": False, "day": "2024-06-01", "one": "b",
    }  # fmt: skip
    page = browser.get(sent.record).text
    for word in ("Mục line", "Một dòng", "1.433", "2,5", "Không", "01/06/2024"):
        assert word in page
    assert "Mục nothing" not in page


def test_the_readers_language_is_spoken(own, asking, officer):
    asking.forms["petition"] = [make_form(line={})]
    browser = officer(own)
    assert "Mục line" in browser.get(own.url("/petitions/new")).text
    with browser.session_transaction() as session:
        session["locale"] = "en"
    page = browser.get(own.url("/petitions/new")).text
    assert "Item line" in page
    assert "Mục line" not in page


def test_what_is_wrong_is_said_and_what_was_typed_stays(own, asking, officer, send, superuser):
    asking.forms["petition"] = [
        make_form(line={"maxLength": 5}, count={"type": "integer", "minimum": 1}, must={}, required=["must"])
    ]
    sent = send(
        officer(own), own,
        **{"x-asking-asked-line": "Dài quá mức", "x-asking-asked-count": "0", "content": "Giữ lại câu này"},
    )  # fmt: skip
    assert sent.status == 422
    for word in ("Dài quá mức", "Giữ lại câu này", "Nhiều nhất 5 ký tự.", "Nhỏ nhất là 1.", "Mục này cần được điền."):
        assert word in sent.text, word
    assert 'href="#x-asking-asked-must"' in sent.text  # in the list of errors too
    assert superuser.execute("SELECT count(*) FROM petition WHERE tenant_id = %s", [own.id]).fetchone() == (0,)


def test_a_plugins_words_and_an_officers_are_text_not_markup(own, asking, officer, send):
    asking.forms["petition"] = [make_form(line={"x-label": {"vi": "<b>Mục</b>", "en": "<b>Item</b>"}})]
    browser = officer(own)
    sent = send(browser, own, content="", **{"x-asking-asked-line": '"><script>'})
    for page in (sent.page, sent.text):
        assert "<b>Mục</b>" not in page
        assert "&lt;b&gt;Mục" in page
    assert '"><script>' not in sent.text
    assert "<script>" not in browser.get(send(browser, own, **{"x-asking-asked-line": "<script>"}).record).text.replace(
        "<script src", ""
    )


@pytest.mark.parametrize(("name", "value"), [("count", "abc"), ("day", "31/31/2024"), ("one", "c")])
def test_what_cannot_be_read_is_refused(own, asking, officer, send, name, value):
    asking.forms["petition"] = [make_form(count={"type": "integer"}, day={"format": "date"}, one=CHOICE)]
    assert send(officer(own), own, **{f"x-asking-asked-{name}": value}).status == 422


def test_an_unknown_field_is_refused(own, asking, officer, send):
    asking.forms["petition"] = [make_form(line={})]
    sent = send(officer(own), own, **{"x-asking-asked-gone": "Không được mất lặng lẽ"})
    assert sent.status == 422
    assert "đã thay đổi khi bạn đang nhập" in sent.text


@pytest.mark.parametrize(
    ("sent_in", "status", "kept"),
    [
        ({"yes": "no", "then": "Không ai hỏi"}, 303, {"yes": False}),
        ({"yes": "yes"}, 422, None),
        ({"yes": "yes", "then": "Có"}, 303, {"yes": True, "then": "Có"}),
        ({"of_kind": "Không phải khiếu nại"}, 303, None),
    ],
)
def test_conditions_hold_on_the_server(own, asking, officer, send, entered, sent_in, status, kept):
    asking.forms["petition"] = [
        make_form(
            yes={"type": "boolean"}, then={"x-when": {"yes": True}}, of_kind={"x-when": {"kind": "complaint"}},
            required=["then", "of_kind"],
        )
    ]  # fmt: skip
    sent = send(officer(own), own, **{f"x-asking-asked-{name}": value for name, value in sent_in.items()})
    assert 'data-when="x-asking-asked-yes=yes"' in sent.page
    assert 'data-when="kind=complaint"' in sent.page
    assert sent.status == status, sent.text
    if status == 303:
        assert [each.answer.values for each in given(entered, own, sent)] == ([kept] if kept else [])


def test_a_long_form_has_steps_and_fields_side_by_side(own, asking, officer):
    step = {"vi": "Diễn biến", "en": "What happened"}
    only = {"x-when": {"yes": True}}
    asking.forms["petition"] = [
        make_form(
            yes={"type": "boolean"}, a={"x-width": "half"}, b={"x-width": "half"}, c={"x-width": "half"},
            d={"x-step": step, "x-width": "short"}, e={"type": "integer", "x-width": "full"},
            f={"x-step": {"vi": "Khi có", "en": "If so"}, **only}, g=only,
        )
    ]  # fmt: skip
    page = officer(own).get(own.url("/petitions/new")).text
    part = page[page.index("<legend>Phần asked</legend>") :]
    assert "Bước 1 trên 3" in part
    assert "<legend>Phần asked: Diễn biến</legend>" in part
    row = part[part.index('<div class="field-row">') :]
    assert row.index("x-asking-asked-b") < row.index("</div></div>") < row.index("x-asking-asked-c")
    assert re.search(r'class="field size-short">\s*<label class="field-label" for="x-asking-asked-d"', part)
    assert re.search(r'class="field">\s*<label class="field-label" for="x-asking-asked-e"', part)
    # A step that is asked only for one answer is hidden with its legend.
    assert re.search(r'<fieldset class="group" data-when="x-asking-asked-yes=yes">\s*<legend>Phần asked: Khi có', part)


def test_the_platforms_own_kind_is_a_condition(own, asking, officer, send):
    asking.forms["petition"] = [make_form(must={"x-when": {"kind": "complaint"}}, required=["must"])]
    assert send(officer(own), own, kind="complaint").status == 422
    assert send(officer(own), own, kind="proposal").status == 303


def test_an_answer_keeps_the_version_it_was_given_in(own, asking, officer, send, entered, superuser):
    asking.forms["petition"] = [make_form(line={})]
    browser = officer(own)
    old = send(browser, own, **{"x-asking-asked-line": "Trước"})
    again = send(browser, own, **{"x-asking-asked-line": "Cùng phiên bản"})
    asking.forms["petition"] = [make_form(version=2, other={})]
    new = send(browser, own, **{"x-asking-asked-other": "Sau"})
    assert [(one.part.schema.version, one.answer.values) for one in given(entered, own, old)] == [
        (1, {"line": "Trước"})
    ]
    assert [one.part.schema.version for one in given(entered, own, again) + given(entered, own, new)] == [1, 2]
    assert "Mục line" in browser.get(old.record).text
    versions = superuser.execute(
        "SELECT version FROM form_version WHERE tenant_id = %s ORDER BY 1", [own.id]
    ).fetchall()
    assert versions == [(1,), (2,)]


def test_a_plugin_that_is_off_hides_and_keeps(own, asking, officer, send, enable, disable):
    asking.forms["petition"] = [make_form(line={})]
    browser = officer(own)
    sent = send(browser, own, **{"x-asking-asked-line": "Vẫn còn đó"})
    disable(own)
    assert "Phần asked" not in browser.get(own.url("/petitions/new")).text
    page = browser.get(sent.record).text
    assert "Vẫn còn đó" not in page
    assert "Plugin Hay hỏi đã tắt; câu trả lời vẫn được giữ" in page
    enable(own)
    assert "Vẫn còn đó" in browser.get(sent.record).text


def test_a_neighbour_is_asked_nothing_and_finds_nothing(own, other, asking, officer, send, entered, enable):
    asking.forms["petition"] = [make_form(line={})]
    sent = send(officer(own), own, **{"x-asking-asked-line": "Của nhà mình"})
    assert "Phần asked" not in officer(other).get(other.url("/petitions/new")).text
    assert {slug for slug, _record in asking.asked} == {own.slug}
    enable(other)
    with entered(other, "petition_officer") as actor:
        assert answers_of(Record.PETITION, id_of(sent)) == []
        assert disclose_answers(Record.PETITION, id_of(sent), actor=actor, reason=REASON) == []
        with pytest.raises(NotFound):
            open_file(id_of(sent), actor=actor)


@pytest.mark.parametrize("when", ["at once", "later"])
def test_a_denouncers_answers_are_sealed_with_the_petition(own, asking, officer, send, entered, superuser, when):
    asking.forms["petition"] = [make_form(line={})]
    browser = officer(own)
    sent = send(
        browser, own, kind="denunciation" if when == "at once" else "", **{"x-asking-asked-line": f"Bà {PLANTED} nói"}
    )
    if when == "later":
        seal(entered, own, id_of(sent))
    [one] = given(entered, own, sent)
    assert one.answer is None
    page = browser.get(sent.record).text
    assert PLANTED not in page
    assert "Nội dung được giữ kín" in page
    with entered(own, "petitions.view") as actor, pytest.raises(Forbidden):
        disclose_answers(Record.PETITION, id_of(sent), actor=actor, reason=REASON)
    with entered(own, "identities.unseal") as actor, pytest.raises(Invalid):
        disclose_answers(Record.PETITION, id_of(sent), actor=actor, reason="")
    with entered(own, "identities.unseal") as actor:
        opened = disclose_petition(id_of(sent), actor=actor, reason=REASON)
    assert [one.answer.values for one in opened.answers] == [{"line": f"Bà {PLANTED} nói"}]
    shown = browser.post(
        f"{sent.record}/disclose", data={"csrf_token": csrf_of(browser, sent.record), "reason": REASON}
    )
    assert f"Bà {PLANTED} nói" in shown.text
    assert_named_nowhere(superuser)


def seal(entered, tenant, petition_id):
    from tiepdan.petitions.rules import CONDITIONS, Field
    from tiepdan.petitions.service import Classification, classify_petition
    from tiepdan.sdk import PetitionKind

    met = frozenset(condition.word for condition in CONDITIONS)
    new = Classification(kind=PetitionKind.DENUNCIATION, field=Field.LAND, within_competence=True, met=met)
    with entered(tenant, "petition_officer") as actor:
        classify_petition(petition_id, new, actor=actor, on=BUSINESS_DAY)


def assert_named_nowhere(superuser):
    """Search every column of every table for the planted name; the vault holds it as ciphertext only."""
    columns = superuser.execute(
        "SELECT table_schema, table_name, column_name FROM information_schema.columns"
        " WHERE table_schema IN ('public', 'vault') AND data_type IN ('text', 'jsonb', 'ARRAY', 'bytea')"
    ).fetchall()
    escaped = json.dumps(PLANTED)[1:-1]
    for schema, table, column in columns:
        for needle in (PLANTED, escaped):
            found = superuser.execute(
                f'SELECT count(*) FROM {schema}.{table} WHERE position(%s in "{column}"::text) > 0', [needle]
            ).fetchone()
            assert found == (0,), (table, column)


def test_a_page_without_plugins_asks_the_database_nothing_more(two_tenants, asking, entered, officer, send, counted):
    own, _ = two_tenants
    with entered(own, "petition_officer"):
        parts_for(Record.PETITION, BUSINESS_DAY)
        with counted() as statements:
            assert parts_for(Record.PETITION, BUSINESS_DAY).parts == ()
    assert statements == []
    sent = send(officer(own), own)
    with entered(own, "petition_officer") as actor, counted() as statements:
        assert open_file(id_of(sent), actor=actor).answers == ()
    assert not [statement for statement in statements if "form_" in statement]


def test_two_hundred_fields_are_drawn_once_and_quickly(own, asking, officer):
    import time

    asking.forms["petition"] = [
        make_form(key=f"part{part}", **{f"f{number}": {} for number in range(20)}) for part in range(10)
    ]
    browser = officer(own)
    page = browser.get(own.url("/petitions/new"))
    assert page.text.count('name="x-asking-part') == 200

    def spent(times=5):
        began = time.perf_counter()
        for _each in range(times):
            browser.get(own.url("/petitions/new"))
        return time.perf_counter() - began

    with_fields = min(spent() for _each in range(3))
    asking.forms["petition"] = []
    without = min(spent() for _each in range(3))
    assert with_fields < 2 * without + 0.05, (with_fields, without)


@pytest.mark.parametrize(
    "typed", [{"part": "nan"}, {"part": "1e999"}, {"count": "9" * 400}, {"count": f"-{2**53 + 1}"}]
)
def test_a_number_that_no_page_and_no_file_can_hold_is_refused(own, asking, officer, send, superuser, typed):
    asking.forms["petition"] = [
        make_form(count={"type": "integer", "x-goes-up": True}, part={"type": "number", "x-goes-up": True})
    ]
    sent = send(officer(own), own, **{f"x-asking-asked-{name}": value for name, value in typed.items()})
    assert sent.status == 422
    assert superuser.execute("SELECT count(*) FROM petition WHERE tenant_id = %s", [own.id]).fetchone() == (0,)
