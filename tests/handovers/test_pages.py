"""The pages of handovers over HTTP, from both sides and from a stranger's."""

import re

import pytest

from tiepdan.core.db import new_id
from tiepdan.sdk import PetitionKind

NAME = "Hoàng Thị Rất Kín"


@pytest.fixture
def browse(make_account, sign_in):
    """browse(tenant, role) gives get(path) and post(path, **fields) with CSRF and a fresh form token."""

    def browse(tenant, role="petition_officer"):
        client = sign_in(make_account(tenant, role))

        def get(path):
            return client.get(tenant.url(path))

        def post(path, **fields):
            page = client.get(tenant.url("/handovers/")).text
            token = re.search(r'name="csrf_token"[^>]*value="([^"]+)"', page)[1]
            return client.post(tenant.url(path), data={"csrf_token": token, "_token": str(new_id())} | fields)

        return get, post

    return browse


def path_of(sent, step=""):
    return f"/handovers/{sent.sender.id}/{sent.id}{step}"


def test_a_petition_is_sent_by_the_form(browse, make_petition, three_levels):
    petition_id = make_petition(three_levels.commune)
    get, post = browse(three_levels.commune)

    assert f"/handovers/send/{petition_id}" in get(f"/petitions/{petition_id}").text
    form = get(f"/handovers/send/{petition_id}?q={three_levels.district.slug[:8]}")
    assert form.status_code == 200
    found = get(f"/handovers/send/{petition_id}?q=huyen uy")
    assert f'value="{three_levels.district.id}"' in found.text

    fields = {"receiver": three_levels.district.id, "basis": "directed", "reason": "Thuộc thẩm quyền huyện"}
    refused = post(f"/handovers/send/{petition_id}", q="huyen uy", **fields)
    assert refused.status_code == 422
    assert "Thuộc thẩm quyền huyện" in refused.text
    assert "Hãy ghi số văn bản chuyển" in refused.text

    answer = post(f"/handovers/send/{petition_id}", document_number="15/CV-ĐU", **fields)
    assert answer.status_code == 303
    page = get(answer.location.split(three_levels.commune.slug, 1)[1])
    assert "15/CV-ĐU" in page.text
    assert "Rút lại" in page.text
    assert "15/CV-ĐU" in get("/handovers/?side=sent").text


def test_a_lost_race_is_explained_on_the_form(browse, send, two_tenants):
    sent = send(*two_tenants)
    _get, post = browse(two_tenants[0])
    answer = post(
        f"/handovers/send/{sent.petition_id}",
        receiver=two_tenants[1].id,
        basis="directed",
        document_number="1",
        reason="Lần nữa",
    )
    assert answer.status_code == 409


def test_the_receiver_accepts(browse, send, two_tenants):
    sent = send(*two_tenants)
    get, post = browse(sent.receiver)

    assert "12/CV-HU" in get("/handovers/").text
    page = get(path_of(sent))
    assert NAME in page.text
    assert post(path_of(sent, "/receive")).status_code == 303
    assert post(path_of(sent, "/accept")).status_code == 303
    done = get(path_of(sent))
    assert "Chuỗi luân chuyển" in done.text
    assert "Tiếp nhận, vào sổ</button>" not in done.text
    assert post(path_of(sent, "/accept")).status_code == 409
    assert get(path_of(sent, "/receipt")).status_code == 200


def test_the_receiver_refuses_with_a_reason(browse, send, two_tenants):
    sent = send(*two_tenants)
    get, post = browse(sent.receiver)

    assert post(path_of(sent, "/refuse"), reason="").status_code == 422
    assert post(path_of(sent, "/refuse"), reason="Thuộc cấp xã").status_code == 303
    assert "Thuộc cấp xã" in get(path_of(sent)).text
    sender_get, sender_post = browse(sent.sender)
    assert "Thuộc cấp xã" in sender_get(path_of(sent)).text
    assert sender_post(path_of(sent, "/take-back")).status_code == 303


def test_the_sender_withdraws(browse, send, two_tenants):
    sent = send(*two_tenants)
    get, post = browse(sent.sender)

    assert post(path_of(sent, "/withdraw"), reason=" ").status_code == 422
    assert post(path_of(sent, "/withdraw"), reason="Gửi nhầm").status_code == 303
    assert "Gửi nhầm" in get(path_of(sent)).text


@pytest.mark.parametrize("side", ["sender", "receiver"])
def test_a_denunciation_keeps_its_identity_covered_on_both_sides(browse, send, two_tenants, side):
    sent = send(*two_tenants, kind=PetitionKind.DENUNCIATION)
    get, _post = browse(getattr(sent, side))

    for path in (
        path_of(sent),
        path_of(sent, "/receipt"),
        "/handovers/?side=sent" if side == "sender" else "/handovers/",
    ):
        page = get(path)
        assert page.status_code == 200
        assert NAME not in page.text
        assert "Danh tính được giữ kín" in page.text


def test_a_sealed_copy_opens_with_a_reason(browse, send, two_tenants):
    sent = send(*two_tenants, kind=PetitionKind.DENUNCIATION)
    _get, post = browse(sent.receiver)

    assert post(path_of(sent, "/copy"), copy_reason="ngắn").status_code == 422
    opened = post(path_of(sent, "/copy"), copy_reason="Xem để quyết định tiếp nhận")
    assert opened.status_code == 200
    assert NAME in opened.text


def test_strangers_and_the_unauthorised_are_kept_out(browse, send, two_tenants, make_tenant):
    sent = send(*two_tenants)
    get, post = browse(make_tenant())
    assert get(path_of(sent)).status_code == 404
    assert get(path_of(sent, "/receipt")).status_code == 404
    for step in ("/receive", "/accept"):
        assert post(path_of(sent, step)).status_code == 404
    for step in ("/refuse", "/withdraw"):
        assert post(path_of(sent, step), reason="Không phải việc của mình").status_code == 404
    assert post(path_of(sent, "/copy"), copy_reason="Tò mò muốn biết").status_code == 404
    assert post(path_of(sent, "/take-back")).status_code == 404
    assert get(f"/handovers/send/{sent.petition_id}").status_code == 404


def test_empty_lists_say_what_to_do(browse, make_tenant):
    get, _post = browse(make_tenant())
    assert "Chưa nhận đơn nào" in get("/handovers/").text
    assert "Chưa chuyển đơn nào" in get("/handovers/?side=sent").text
    assert "Không còn đơn nào chờ" in get("/handovers/?waiting=1").text
