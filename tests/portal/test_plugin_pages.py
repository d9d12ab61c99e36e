"""Pages of plugins: drawn by the platform, in the menu of the committees that enabled them, nowhere else."""

import re

import pytest

from tests import dummy_plugin
from tests.extensions.conftest import Enable, dummy, enable  # noqa: F401 - fixtures
from tests.support import csrf_of
from tiepdan.core.plugins import check_of
from tiepdan.sdk import Block, Count, Number, Page

WORDS = {"vi": "Lời", "en": "Words"}
PAGE = "/pages/dummy/overview"
HARMLESS = {"changed_setting", "changed_role"}  # a question leaves no trace
BLOCK = Block(WORDS)


@pytest.fixture
def browse(make_account, sign_in):
    """browse(tenant, *roles): the browser of somebody who works there."""
    return lambda tenant, *roles: sign_in(make_account(tenant, *(roles or ("petition_officer",))))


def menu(answer) -> str:
    return re.search(r'<nav class="sidenav".*?</nav>', answer.text, re.DOTALL)[0]


def test_a_page_shows_words_figures_a_chart_and_links(browse, two_tenants, enable: Enable, make_petition):  # noqa: F811
    own, other = two_tenants
    enable(own)
    enable(other)
    make_petition(own)
    make_petition(other)
    make_petition(other)
    answer = browse(own).get(own.url(PAGE))
    assert answer.status_code == 200
    assert "Lời của trang &lt;b&gt;thử&lt;/b&gt;" in answer.text
    assert re.search(r'class="tile-value"[^>]*>1<', answer.text), "one petition of its own, none of the neighbour's"
    assert "chart-svg" in answer.text
    assert f'href="{own.url("/petitions/")}"' in answer.text
    assert "received_from=2024-04-01" in answer.text
    assert re.search(r"<h1>Trang của [^<]+</h1>", answer.text)


def test_a_page_reads_in_the_readers_language(browse, make_tenant, enable: Enable):  # noqa: F811
    tenant = make_tenant()
    enable(tenant)
    browser = browse(tenant)
    browser.post("/locale", data={"locale": "en", "csrf_token": csrf_of(browser, tenant.url("/signin"))})
    answer = browser.get(tenant.url(PAGE))
    assert re.search(r"<h1>Page of [^<]+</h1>", answer.text)
    assert "Page of" in menu(answer), "remembered once, shown in both languages"


def test_the_menu_leads_to_pages_of_enabled_plugins_only(browse, two_tenants, enable: Enable):  # noqa: F811
    own, other = two_tenants
    enable(own)
    shown = menu(browse(own).get(own.url("/desk")))
    assert own.url(PAGE) in shown
    assert '<li class="nav-group">Thử</li>' in shown
    assert own.url("/pages/dummy/hidden") not in shown
    assert "nav-group" not in menu(browse(other).get(other.url("/desk")))


def test_the_menu_marks_the_page_that_is_open(browse, make_tenant, enable: Enable):  # noqa: F811
    tenant = make_tenant()
    enable(tenant)
    shown = menu(browse(tenant).get(tenant.url(PAGE)))
    assert re.search(rf'href="{tenant.url(PAGE)}" aria-current="page"', shown)


def test_the_menu_costs_no_question_once_it_is_known(browse, make_tenant, enable: Enable):  # noqa: F811
    tenant = make_tenant()
    enable(tenant)
    browser = browse(tenant)
    for path in ("/petitions/", "/petitions/", PAGE, "/petitions/"):
        assert browser.get(tenant.url(path)).status_code == 200
    assert dummy_plugin.calls.count(("pages", tenant.slug)) == 1


def test_the_menu_follows_what_is_decided_about_plugins(browse, make_tenant, enable: Enable, superuser):  # noqa: F811
    tenant = make_tenant()
    browser = browse(tenant)
    assert "nav-group" not in menu(browser.get(tenant.url("/desk")))
    enable(tenant)
    assert "nav-group" in menu(browser.get(tenant.url("/desk")))
    superuser.execute("DELETE FROM tenant_plugin WHERE tenant_id = %s", [tenant.id])
    superuser.execute("UPDATE plugin_epoch SET number = number + 1")
    assert "nav-group" not in menu(browser.get(tenant.url("/desk")))


def test_a_page_of_a_plugin_that_is_not_enabled_does_not_exist(browse, two_tenants, enable: Enable):  # noqa: F811
    own, other = two_tenants
    enable(own)
    browser = browse(own)
    assert browser.get(own.url("/pages/dummy/hidden")).status_code == 200
    for path in ("/pages/dummy/no-such", "/pages/nobody/overview", "/pages/level-commune/overview"):
        assert browser.get(own.url(path)).status_code == 404
    assert browse(other).get(other.url(PAGE)).status_code == 404
    assert browser.get(other.url(PAGE)).status_code == 404


def test_who_may_not_see_figures_sees_neither_page_nor_entry(browse, make_tenant, enable: Enable):  # noqa: F811
    tenant = make_tenant()
    enable(tenant)
    browser = browse(tenant, "handler")
    assert browser.get(tenant.url(PAGE)).status_code == 403
    assert "nav-group" not in menu(browser.get(tenant.url("/desk")))


@pytest.mark.parametrize("behaviour", dummy_plugin.BEHAVIOURS)
def test_a_failing_plugin_loses_its_pages_and_nothing_else(browse, make_tenant, enable: Enable, behaviour):  # noqa: F811
    tenant = make_tenant()
    enable(tenant, behaviour=behaviour)
    browser = browse(tenant)
    answer = browser.get(tenant.url(PAGE))
    assert answer.status_code == 200
    if behaviour in HARMLESS:
        assert "Chưa có số liệu nào trong thời gian này." in answer.text
        return
    assert "Có plugin không trả lời được" in answer.text
    assert "nav-group" not in menu(answer)
    first = browser.get(tenant.url("/desk"))
    assert first.status_code == 200
    assert "dummy gặp lỗi" in first.text


def test_a_fault_is_not_met_again_at_every_page(browse, make_tenant, enable: Enable):  # noqa: F811
    tenant = make_tenant()
    enable(tenant, behaviour="exception")
    browser = browse(tenant)
    for _time in range(3):
        browser.get(tenant.url("/petitions/"))
    assert dummy_plugin.calls.count(("pages", tenant.slug)) == 1


def test_a_figure_of_nothing_is_said_and_the_rest_stands(browse, make_tenant, enable: Enable, monkeypatch):  # noqa: F811
    tenant = make_tenant()
    enable(tenant)
    numbers = (Number(WORDS, WORDS, Count("register:no-such")), Number(WORDS, WORDS, Count("petitions")))
    page = Page("overview", WORDS, (Block(WORDS, numbers=numbers), Block(WORDS, entries="no-such")))
    monkeypatch.setattr(
        dummy_plugin, "_behave", lambda _settings, _good, _wrong: [page] if _good[0].__class__ is Page else _good
    )
    answer = browse(tenant).get(tenant.url(PAGE))
    assert answer.status_code == 200
    assert "Chưa đếm được" in answer.text
    assert re.search(r'class="tile-value"[^>]*>0<', answer.text)


@pytest.mark.parametrize(
    "page",
    [
        Page("Khóa", WORDS, (BLOCK,)),
        Page("a", {"vi": "Lời"}, (BLOCK,)),
        Page("a", WORDS, ()),
        Page("a", WORDS, (BLOCK,) * 13),
        Page("a", WORDS, ("block",)),
        Page("a", WORDS, (Block(WORDS, numbers=(Number(WORDS, WORDS, Count("secrets")),)),)),
        Page("a", WORDS, (Block(WORDS, numbers=(Number(WORDS, WORDS, Count("petitions"), months=0),)),)),
        Page("a", WORDS, (Block(WORDS, numbers=(Number(WORDS, WORDS, Count("petitions"), months=60, chart=True),)),)),
        Page("a", WORDS, (Block(WORDS, numbers=(Number(WORDS, WORDS, Count("petitions", dated=False), chart=True),)),)),
        Page("a", WORDS, (Block(WORDS, entries="../x"),)),
        Page("a", WORDS, (Block(WORDS, links=(("https://evil.example/", WORDS),)),)),
        Page("a", WORDS, (Block(WORDS, links=(("//evil.example/", WORDS),)),)),
        Page("a", WORDS, (Block(WORDS, links=(("", WORDS),)),)),
        Page("a", WORDS, (Block(WORDS, text={"vi": "x" * 601, "en": "x"}),)),
    ],
)
def test_what_no_page_may_hold_is_the_plugins_fault(page):
    with pytest.raises((TypeError, ValueError)):
        check_of("pages")([page])


def test_a_good_page_passes():
    check_of("pages")([Page("a", WORDS, (BLOCK,)), Page("b", WORDS, (BLOCK,))])
    with pytest.raises(ValueError):
        check_of("pages")([Page("a", WORDS, (BLOCK,)), Page("a", WORDS, (BLOCK,))])
