"""Official documents from templates of plugins: the right facts, dots for what is sealed, a line in the journal."""

from io import BytesIO
from uuid import uuid4

import docx
import pypdf
import pytest

from tests import dummy_plugin
from tests.documents.conftest import ADDRESS, CONTENT, DAY, NAME
from tests.support import csrf_of
from tiepdan.petitions.service import petition_by_id
from tiepdan.registers.entries import strike_entry
from tiepdan.sdk import PetitionKind

HARMLESS = {"changed_setting", "changed_role"}


def text_of(answer):
    """Read a printed document, Word or PDF."""
    if answer.mimetype == "application/pdf":
        pages = pypdf.PdfReader(BytesIO(answer.data)).pages
        return " ".join(" ".join(page.extract_text() for page in pages).split())
    file = docx.Document(BytesIO(answer.data))
    cells = (cell.text for table in file.tables for row in table.rows for cell in row.cells)
    return " ".join(" ".join([*(paragraph.text for paragraph in file.paragraphs), *cells]).split())


def send(browser, tenant, path):
    token = csrf_of(browser, tenant.url("/petitions/new"))
    return browser.post(tenant.url(f"/documents{path}"), data={"csrf_token": token})


def entry_page(tenant, entry_id):
    return tenant.url(f"/registers/entries/{entry_id}")


def journal_of(superuser, tenant):
    rows = superuser.execute(
        "SELECT action, subject_id, detail FROM event WHERE tenant_id = %s AND action LIKE '%%.printed'", [tenant.id]
    )
    return rows.fetchall()


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_document_about_a_petition(kind, make_petition, officer, entered, two_tenants, enable, superuser):
    own, _ = two_tenants
    enable(own, template_version=3)
    petition_id = make_petition(own)
    with entered(own):
        code = petition_by_id(petition_id).code
    answer = send(officer(own), own, f"/petition/{petition_id}/dummy/invitation.{kind}")
    assert answer.status_code == 200
    assert answer.headers["Cache-Control"] == "no-store"
    assert ("attachment" in answer.headers["Content-Disposition"]) is (kind == "docx")
    text = text_of(answer)
    for words in (
        "ĐẢNG CỘNG SẢN VIỆT NAM",
        "GIẤY MỜI",
        f"đối thoại về đơn {code}",
        f"Kính gửi {NAME}, {ADDRESS}.",
        "BÍ THƯ",
    ):
        assert words in text
    assert journal_of(superuser, own) == [
        ("petition.printed", petition_id, {"plugin": "dummy", "template": "invitation", "version": 3, "file": kind})
    ]


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_sealed_petition_gives_dots(kind, make_petition, officer, two_tenants, enable, superuser, caplog, capsys):
    own, _ = two_tenants
    enable(own)
    petition_id = make_petition(own, PetitionKind.DENUNCIATION)
    answer = send(officer(own), own, f"/petition/{petition_id}/dummy/invitation.{kind}")
    text = text_of(answer)
    assert "Kính gửi ……, ……." in text
    journal = str(journal_of(superuser, own))
    for word in (NAME, ADDRESS, CONTENT):
        assert word not in text
        assert word not in journal
        assert word not in caplog.text + "".join(capsys.readouterr())


@pytest.mark.parametrize(("kind", "shown"), [(PetitionKind.PROPOSAL, True), (PetitionKind.DENUNCIATION, False)])
def test_an_official_letter_about_a_visit(kind, shown, make_visit, officer, two_tenants, enable):
    own, _ = two_tenants
    enable(own)
    visit_id = make_visit(own, kind)
    for file in ("docx", "pdf"):
        text = text_of(send(officer(own), own, f"/visit/{visit_id}/dummy/visit.{file}"))
        assert f"V/v tiếp ông (bà) {NAME if shown else '……'}" in text
        assert (ADDRESS in text) is shown
        assert "- Lưu VT." in text.replace("• ", "- ")
        assert "PHÓ" in text


def test_a_body_of_the_state_prints_under_the_motto(make_petition, officer, make_tenant, enable):
    own = make_tenant("district", branch="state")
    enable(own)
    text = text_of(send(officer(own), own, f"/petition/{make_petition(own)}/dummy/invitation.docx"))
    assert "Độc lập - Tự do - Hạnh phúc" in text
    assert "CHỦ TỊCH" in text


def test_what_a_fact_says_is_not_read_as_a_template(make_petition, officer, two_tenants, enable, entered):
    own, _ = two_tenants
    enable(own, template_body="{committee_short} {superior}")
    text = text_of(send(officer(own), own, f"/petition/{make_petition(own)}/dummy/invitation.docx"))
    assert "{" not in text
    assert "……" in text  # nobody stands above


def test_the_menu_lists_what_fits_the_record(make_petition, make_visit, officer, two_tenants, enable):
    own, other = two_tenants
    enable(own)
    browser = officer(own)
    petition_id, visit_id = make_petition(own), make_visit(own)
    page, seen = (
        browser.get(own.url(f"/petitions/{petition_id}")).text,
        browser.get(own.url(f"/receptions/visits/{visit_id}")).text,
    )
    for text, path in ((page, f"petition/{petition_id}/dummy/invitation"), (seen, f"visit/{visit_id}/dummy/visit")):
        assert "In văn bản" in text
        assert f"/documents/{path}.docx" in text
        assert f"/documents/{path}.pdf" in text
    assert "/dummy/visit.pdf" not in page
    browser.post("/locale", data={"locale": "en", "csrf_token": csrf_of(browser, own.url("/petitions/new"))})
    assert "Invitation of" in browser.get(own.url(f"/petitions/{petition_id}")).text
    assert "In văn bản" not in officer(other).get(other.url(f"/petitions/{make_petition(other)}")).text


def test_a_document_is_vietnamese_for_whoever_prints(make_petition, officer, two_tenants, enable):
    own, _ = two_tenants
    enable(own, template_body="Loại: {kind}; lĩnh vực: {field}; bước: {status}.")
    browser, petition_id = officer(own), make_petition(own)
    browser.post("/locale", data={"locale": "en", "csrf_token": csrf_of(browser, own.url("/petitions/new"))})
    text = text_of(send(browser, own, f"/petition/{petition_id}/dummy/invitation.docx"))
    assert "Loại: khiếu nại; lĩnh vực: đất đai; bước: đã phân loại." in text


def test_of_a_neighbour_nothing_is_printed(make_petition, make_visit, officer, two_tenants, enable, superuser):
    own, other = two_tenants
    enable(own)
    enable(other)
    petition_id, visit_id = make_petition(other), make_visit(other)
    browser = officer(own)
    for path in (
        f"/petition/{petition_id}/dummy/invitation.docx",
        f"/visit/{visit_id}/dummy/visit.docx",
        f"/petition/{uuid4()}/dummy/invitation.pdf",
        f"/petition/{make_petition(own)}/dummy/no_such_template.pdf",
        f"/petition/{make_petition(own)}/dummy/visit.pdf",
        f"/petition/{make_petition(own)}/dummy/invitation.exe",
        f"/petition/{make_petition(own)}/lang-son/invitation.pdf",
    ):
        assert send(browser, own, path).status_code == 404, path
    assert journal_of(superuser, own) == journal_of(superuser, other) == []


def test_a_template_of_a_plugin_that_is_off_is_not_printed(make_petition, officer, two_tenants):
    own, _ = two_tenants
    assert send(officer(own), own, f"/petition/{make_petition(own)}/dummy/invitation.docx").status_code == 404


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_document_about_an_entry_of_a_register(kind, make_entry, officer, two_tenants, enable, superuser):
    own, other = two_tenants
    enable(own)
    enable(other)
    entry_id = make_entry(own)
    browser = officer(own)
    assert f"/documents/entry/{entry_id}/dummy/certificate.{kind}" in browser.get(entry_page(own, entry_id)).text
    text = text_of(send(browser, own, f"/entry/{entry_id}/dummy/certificate.{kind}"))
    assert "Số 1/2024: Lớp tiếp dân, ngày 05/06/2024, " in text
    printed = {"plugin": "dummy", "template": "certificate", "version": 2, "file": kind}
    assert journal_of(superuser, own) == [("register_entry.printed", entry_id, printed)]
    assert send(officer(other), other, f"/entry/{entry_id}/dummy/certificate.{kind}").status_code == 404
    assert send(browser, own, f"/entry/{entry_id}/dummy/invitation.{kind}").status_code == 404


def test_a_field_the_register_does_not_have_is_a_fault(make_entry, make_petition, officer, two_tenants, enable):
    own, _ = two_tenants
    enable(own, entry_field="{no_such_field}")
    entry_id, browser = make_entry(own), officer(own)
    assert "Thử gặp lỗi nên mẫu văn bản của nó không hiện" in browser.get(entry_page(own, entry_id)).text
    assert send(browser, own, f"/entry/{entry_id}/dummy/certificate.docx").status_code == 409
    assert "/dummy/invitation.pdf" in browser.get(own.url(f"/petitions/{make_petition(own)}")).text


def test_a_struck_entry_is_not_printed(make_entry, officer, two_tenants, enable, entered):
    own, _ = two_tenants
    enable(own)
    entry_id = make_entry(own)
    with entered(own, "petition_officer") as actor:
        strike_entry(entry_id, "Ghi nhầm lớp", actor=actor, on=DAY)
    browser = officer(own)
    assert "In văn bản" not in browser.get(entry_page(own, entry_id)).text
    assert send(browser, own, f"/entry/{entry_id}/dummy/certificate.docx").status_code == 409


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
def test_a_failing_plugin_offers_nothing_and_the_page_says_so(
    behaviour, make_petition, officer, two_tenants, enable, superuser
):
    own, _ = two_tenants
    petition_id = make_petition(own)
    enable(own, behaviour=behaviour)
    browser = officer(own)
    page = browser.get(own.url(f"/petitions/{petition_id}"))
    assert page.status_code == 200
    assert ("Thử gặp lỗi nên mẫu văn bản của nó không hiện" in page.text) is (behaviour not in HARMLESS)
    answer = send(browser, own, f"/petition/{petition_id}/dummy/invitation.docx")
    assert answer.status_code == (200 if behaviour in HARMLESS else 409)
    assert len(journal_of(superuser, own)) == (behaviour in HARMLESS)


@pytest.mark.parametrize("kind", ["docx", "pdf"])
def test_a_long_title_and_pasted_signs_are_printed(kind, make_petition, officer, two_tenants, enable, superuser):
    own, _ = two_tenants
    long = "Rất dài " * 30
    enable(own, template_body="Dòng một\x0bdòng hai của {committee}.")
    superuser.execute("UPDATE tenant SET name = %s, short_name = %s WHERE id = %s", [f"A\x0c{long}", long, own.id])
    answer = send(officer(own), own, f"/petition/{make_petition(own)}/dummy/invitation.{kind}")
    assert answer.status_code == 200
    assert "dòng hai của" in text_of(answer)
