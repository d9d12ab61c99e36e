"""The pages of uploaded plugins, and one story: upload, look, hand down, answer, change, withdraw."""

import io
import re

import psycopg
import pytest

from tests.declared.texts import FORM, HEAD, WHOLE
from tests.support import csrf_of


@pytest.fixture
def admin(make_account, sign_in):
    return lambda tenant: sign_in(make_account(tenant, "tenant_admin"))


def send(client, tenant, text=WHOLE, name="plugin.toml"):
    token = csrf_of(client, tenant.url("/plugins/upload"))
    data = {"csrf_token": token, "file": (io.BytesIO(text.encode() if isinstance(text, str) else text), name)}
    return client.post(tenant.url("/plugins/upload"), data=data, content_type="multipart/form-data")


def post(client, tenant, path, **data):
    token = csrf_of(client, tenant.url("/plugins/upload"))
    return client.post(tenant.url(path), data={"csrf_token": token, **data})


def use(client, tenant, text=WHOLE):
    """Upload a text and take it into use; return the plugin's full name."""
    sent = send(client, tenant, text)
    assert sent.status_code == 303, sent.text
    used = post(client, tenant, sent.location.removeprefix(tenant.url("")) + "/use")
    assert used.status_code == 303, used.text
    return used.location.rpartition("/")[2]


def test_an_empty_page_says_what_to_do(admin, three_levels):
    page = admin(three_levels.commune).get(three_levels.commune.url("/plugins/upload"))
    assert page.status_code == 200
    assert "Đơn vị chưa tải lên plugin nào" in page.text


def test_what_is_wrong_is_shown_in_vietnamese_and_nothing_is_kept(admin, three_levels, superuser: psycopg.Connection):
    client = admin(three_levels.commune)
    wrong = WHOLE.replace('unit = "working"', 'unit = "hours"').replace('key = "area"', 'kay = "area"')
    page = send(client, three_levels.commune, wrong)
    assert page.status_code == 422
    for words in (
        "chưa lưu gì",
        "[[deadline]] 1 unit",
        "Chỉ nhận: working, calendar.",
        "[[form]] 1 kay",
        "Không có khóa này",
    ):
        assert words in page.text
    assert send(client, three_levels.commune, b"\xff", "x.zip").status_code == 422
    token = csrf_of(client, three_levels.commune.url("/plugins/upload"))
    page = client.post(three_levels.commune.url("/plugins/upload"), data={"csrf_token": token})
    assert page.status_code == 422
    assert "Hãy chọn tệp" in page.text
    held = superuser.execute("SELECT 1 FROM uploaded_version WHERE tenant_id = %s", [three_levels.commune.id])
    assert held.fetchall() == []


def test_text_of_a_file_is_never_markup(admin, three_levels):
    client = admin(three_levels.commune)
    page = send(client, three_levels.commune, WHOLE + '\n[["<script>alert(1)</script>"]]\nx = 1\n')
    assert page.status_code == 422
    assert "<script>alert" not in page.text
    sent = send(client, three_levels.commune, WHOLE.replace("Địa bàn", "<b>Địa bàn</b>"), "<i>.toml")
    page = client.get(sent.location)
    assert "<b>Địa bàn" not in page.text
    assert "&lt;b&gt;Địa bàn" in page.text


def test_the_preview_shows_what_it_would_add(admin, three_levels):
    client = admin(three_levels.commune)
    sent = send(
        client,
        three_levels.commune,
        WHOLE.replace("maximum = 7", "maximum = 7\ndefault = 5").replace(
            'x-label = {vi = "Văn bản"', 'default = "CV 9"\nx-label = {vi = "Văn bản"'
        ),
    )
    page = client.get(sent.location)
    assert page.status_code == 200
    for words in ("Chưa dùng", "Tên địa bàn nóng", "Lớp tập huấn", "Ngày mở", "TH-01", "Số lớp mở trong kỳ.",
                  "5 ngày làm việc", "10 ngày làm việc", "CV 9", "superior", "Dùng bản này"):  # fmt: skip
        assert words in page.text, words
    in_english = client.get(sent.location, headers={"Accept-Language": "en"})
    assert in_english.status_code == 200
    before = client.get(three_levels.commune.url("/petitions/new"))
    assert "Tên địa bàn nóng" not in before.text


def test_the_preview_counts_nothing_for_who_sees_no_figures(make_account, sign_in, two_tenants, monkeypatch):
    own, _ = two_tenants
    monkeypatch.setattr("tiepdan.authoring.previews.count", lambda *_, **__: 73)
    text = WHOLE.replace('"register:classes"', '"petitions", where = {kind = "denunciation"}').replace(
        'level = "commune"\n', ""
    )
    for roles, seen in ((["tenant_admin"], False), (["tenant_admin", "committee_head"], True)):
        client = sign_in(make_account(own, *roles))
        page = client.get(send(client, own, text).location)
        assert page.status_code == 200
        assert "TH-01" in page.text
        assert (">73 " in page.text) is seen


def test_a_zip_of_a_folder_with_a_schema_file(admin, three_levels):
    from tests.declared.test_bundle import packed

    schema = '{"type": "object", "properties": {"x": {"type": "boolean", "x-label": {"vi": "Mục từ tệp", "en": "X"}}}}'
    text = 'form = [{key = "a", version = 1, title = {vi = "A", en = "A"}, when = {record = "visit"}, schema = "a.json"}]\n'
    client = admin(three_levels.commune)
    sent = send(client, three_levels.commune, packed(("p/plugin.toml", text + HEAD), ("p/a.json", schema)), "p.zip")
    assert sent.status_code == 303, sent.text
    assert "Mục từ tệp" in client.get(sent.location).text


def test_a_neighbours_draft_does_not_exist(admin, three_levels):
    ours = three_levels.province
    draft = send(admin(ours), ours).location.removeprefix(ours.url(""))
    for other in (three_levels.district, three_levels.commune, three_levels.stranger):
        client = admin(other)
        assert client.get(other.url(draft)).status_code == 404
        assert post(client, other, f"{draft}/use").status_code == 404
        assert post(client, other, f"/plugins/so-xa.t{ours.id}/withdraw").status_code == 404
        assert client.get(other.url(f"/plugins/so-xa.t{ours.id}")).status_code == 404
        assert client.get(other.url(f"/plugins/so-xa.t{ours.id}/purge")).status_code == 404


def register(browser, tenant, **more):
    page = browser.get(tenant.url("/petitions/new"))
    form = page.text[page.text.index('<form method="post" action="/t/') :]
    hidden = {name: re.search(rf'name="{name}"[^>]*value="([^"]*)"', form)[1] for name in ("csrf_token", "_token")}
    typed = {
        "origin": "post", "received_on": "2024-06-27", "people-0-full_name": "Nông Thị Trang",
        "people_count": "1", "content": "Xin cấp giấy chứng nhận", "kind": "", "field": "land",
    }  # fmt: skip
    answer = browser.post(tenant.url("/petitions/new"), data=typed | hidden | more)
    assert answer.status_code == 303, answer.text
    return answer.location.removesuffix("/receipt")


def test_a_province_hands_a_form_down_changes_it_and_withdraws_it(
    admin, make_account, sign_in, three_levels, superuser: psycopg.Connection
):
    province, commune = three_levels.province, three_levels.commune
    above = admin(province)
    name = use(above, province)
    assert name == f"so-xa.t{province.id}"

    # Nothing is asked until it is decided where.
    officer = sign_in(make_account(commune, "petition_officer"))
    assert "Tên địa bàn nóng" not in officer.get(commune.url("/petitions/new")).text
    decided = post(above, province, f"/plugins/{name}/below/commune", when="on_locked", set_mode="mild")
    assert decided.status_code == 303, decided.text
    page = officer.get(commune.url("/petitions/new"))
    assert "Tên địa bàn nóng" in page.text
    first = register(officer, commune, **{f"x-{name}-area-hot": "Chợ Kỳ Lừa"})
    shown = officer.get(first).text
    assert "Chợ Kỳ Lừa" in shown
    assert "Tên địa bàn nóng" in shown

    # The commune sees it, and that it is not its own.
    below = admin(commune)
    shown = below.get(commune.url(f"/plugins/{name}")).text
    assert "Cấp trên đã khóa" in shown
    assert "chỉ là dữ liệu" in shown
    assert "Rút plugin" not in shown
    assert post(below, commune, f"/plugins/{name}/withdraw").status_code == 404

    # A new version: the old answer keeps its form.
    changed = WHOLE.replace("Tên địa bàn nóng", "Địa bàn trọng điểm").replace(
        'key = "area"\nversion = 1', 'key = "area"\nversion = 2'
    )
    assert use(above, province, changed) == name
    page = officer.get(commune.url("/petitions/new")).text
    assert "Địa bàn trọng điểm" in page
    assert "Tên địa bàn nóng" not in page
    second = register(officer, commune, **{f"x-{name}-area-hot": "Tân Thanh"})
    assert "Địa bàn trọng điểm" in officer.get(second).text
    assert "Tên địa bàn nóng" in officer.get(first).text
    shown = above.get(province.url(f"/plugins/{name}")).text
    assert "Bản 2" in shown
    assert "Dùng bản này" in shown  # of version 1

    # Withdrawn: hidden everywhere, kept all the same.
    assert post(above, province, f"/plugins/{name}/withdraw").status_code == 303
    assert "Địa bàn trọng điểm" not in officer.get(commune.url("/petitions/new")).text
    assert "Chợ Kỳ Lừa" not in officer.get(first).text
    kept = superuser.execute(
        "SELECT count(*) FROM form_answer WHERE tenant_id = %s AND plugin = %s", [commune.id, name]
    )
    assert kept.fetchone() == (2,)


def test_purging_deletes_what_this_committee_kept_and_nobody_elses(
    admin, make_account, sign_in, three_levels, superuser: psycopg.Connection
):
    province, commune, sibling = three_levels.province, three_levels.commune, three_levels.sibling
    above = admin(province)
    name = use(above, province)
    post(above, province, f"/plugins/{name}/below/commune", when="on", set_mode="mild")
    kinds = {"kind": "denunciation"}
    for tenant in (commune, sibling):
        officer = sign_in(make_account(tenant, "petition_officer"))
        register(officer, tenant, **{f"x-{name}-area-hot": "Chợ Kỳ Lừa"})
        register(officer, tenant, **{f"x-{name}-area-hot": "Giữ kín"}, **kinds)

    def kept(tenant):
        answers = superuser.execute(
            "SELECT answers_id FROM form_answer WHERE tenant_id = %s AND plugin = %s", [tenant.id, name]
        ).fetchall()
        texts = superuser.execute(
            "SELECT count(*) FROM vault.text WHERE tenant_id = %s AND id = ANY(%s)",
            [tenant.id, [row[0] for row in answers]],
        ).fetchone()
        return len(answers), texts[0]

    texts = superuser.execute("SELECT count(*) FROM vault.text WHERE tenant_id = %s", [commune.id]).fetchone()[0]
    below = admin(commune)
    assert kept(commune) == (2, 2)
    refused = post(below, commune, f"/plugins/{name}/purge", typed=name)
    assert refused.status_code == 422
    assert "Hãy tắt plugin trước" in refused.text
    assert post(below, commune, f"/plugins/{name}", when="off", set_mode="mild").status_code == 303
    wrong = post(below, commune, f"/plugins/{name}/purge", typed="so-xa")
    assert wrong.status_code == 422
    assert "Hãy gõ đúng tên plugin" in wrong.text
    assert 'value="so-xa"' in wrong.text
    assert kept(commune) == (2, 2)
    assert post(below, commune, f"/plugins/{name}/purge", typed=name).status_code == 303
    assert kept(commune) == (0, 0)
    left = superuser.execute("SELECT count(*) FROM vault.text WHERE tenant_id = %s", [commune.id]).fetchone()[0]
    assert left == texts - 2  # sealed ones too
    assert kept(sibling) == (2, 2)
    rows = superuser.execute("SELECT action FROM event WHERE tenant_id = %s", [commune.id]).fetchall()
    assert ("plugin.data_purged",) in rows


def test_the_page_counts_what_a_plugin_adds_here(admin, three_levels):
    commune = three_levels.commune
    client = admin(commune)
    name = use(client, commune, HEAD + FORM + FORM.replace('"area"', '"other"'))
    assert post(client, commune, f"/plugins/{name}", when="on", set_mode="mild").status_code == 303
    shown = client.get(commune.url(f"/plugins/{name}")).text
    card = shown[shown.index("Ở đây, hôm nay") :]
    assert re.search(r'data-label="Ở đây, hôm nay">\s*2\s*</td>', card)


def test_who_the_head_has_not_confirmed_deletes_nothing_for_good(make_account, sign_in, admin, three_levels):
    commune = three_levels.commune
    name = use(admin(commune), commune)
    appointed = sign_in(make_account(commune, "tenant_admin", confirmed=False))
    page = appointed.get(commune.url(f"/plugins/{name}"))
    assert page.status_code == 200
    assert "/purge" not in page.text
    assert appointed.get(commune.url(f"/plugins/{name}/purge")).status_code == 403
    assert post(appointed, commune, f"/plugins/{name}/purge", typed=name).status_code == 403
    assert f"/plugins/{name}/purge" in admin(commune).get(commune.url(f"/plugins/{name}")).text
