"""The forms that come with the plugins of levels, filled in as an officer would."""

import pytest

from tests.formparts.test_petition_form import given
from tiepdan.formparts.rules import check_forms, schema_of

MEDIATED = {"mediated": "yes", "mediated_on": "2024-05-20", "result": "failed"}
INSTRUCTED = {
    "instructed": "yes", "document_number": "446/UBND-TTr", "document_on": "2020-04-20", "issuer": "UBND thành phố",
}  # fmt: skip


@pytest.fixture(params=["level-commune", "level-district"])
def shipped(request, make_tenant, enable):
    """A tenant of the level with its plugin, what is typed, and what its page then says."""
    import tiepdan_level_commune
    import tiepdan_level_district

    level = request.param.removeprefix("level-")
    tenant = make_tenant(level)
    enable(tenant, request.param)
    prefix, typed, said, form = {
        "commune": (
            "x-level-commune-mediation-",
            MEDIATED,
            "Hòa giải không thành",
            tiepdan_level_commune.mediation.ON_PETITION,
        ),
        "district": ("x-level-district-instruction-", INSTRUCTED, "446/UBND-TTr", tiepdan_level_district.INSTRUCTION),
    }[level]
    check_forms([form])
    return tenant, {prefix + name: value for name, value in typed.items()}, said, schema_of(form)


def test_it_is_filled_in_and_shown(shipped, officer, send):
    tenant, typed, said, schema = shipped
    browser = officer(tenant)
    sent = send(browser, tenant, **typed)
    assert sent.status == 303, sent.text
    page = browser.get(sent.record).text
    assert schema.title["vi"] in page
    assert said in page


def test_it_may_be_left_empty(shipped, officer, send, entered):
    tenant, _typed, _said, _schema = shipped
    sent = send(officer(tenant), tenant)
    assert sent.status == 303, sent.text
    assert given(entered, tenant, sent) == ()


def test_once_begun_it_is_completed(shipped, officer, send):
    tenant, typed, _said, schema = shipped
    first = next(iter(typed))
    sent = send(officer(tenant), tenant, **{first: "yes"})
    assert sent.status == 422
    assert sent.text.count("Mục này cần được điền.") >= sum(each.required for each in schema.fields)
    assert send(officer(tenant), tenant, **(typed | {first: "no"})).status == 303
