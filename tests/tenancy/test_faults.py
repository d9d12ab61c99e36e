"""Wrong input: every fault with its file, line and key, all at once, and what to do."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tiepdan.tenancy.faults import InvalidFiles
from tiepdan.tenancy.file_format import Document, check_document
from tiepdan.tenancy.province_file import read_provinces, resolve

COURT = """
[[body]]
slug = "tand-tinh-lang-son"
name = "Tòa án nhân dân tỉnh Lạng Sơn"
kind = "judicial_body"
unit = "province/20"
"""


def body(**keys: str) -> str:
    stated = {"slug": '"x"', "name": '"X"', "kind": '"agency"', "unit": '"province/20"', **keys}
    return entry("body", *(f"{key} = {value}" for key, value in stated.items()))


def entry(table: str, *lines: str) -> str:
    return "\n".join(["", f"[[{table}]]", *lines, ""])


def line(*lines: str) -> str:
    return entry("reporting_lines", 'report = "qd11"', *lines)


TOP, LOW = '"tinh-uy-lang-son"', '"huyen-uy-dinh-lap"'

# What stands below the fourteen sound lines of the file, where the fault is told, and some of its words.
FAULTS = [
    (body(unit='"district/999"'), ":19: body[1].unit", "mã 999"),
    (body(unit='"district/002"'), ":19: body[1].unit", "không thuộc Tỉnh Lạng Sơn"),
    (body(unit='"20"'), ":19: body[1].unit", "cấp/mã"),
    (body(unit='"district/179"'), ":19: body[1].unit", "Có phải ý bạn là “189”"),
    (body(slug='"Sở"'), ":16: body[1].slug", "chữ thường không dấu"),
    (body(slug=TOP), ":16: body[1].slug", "đã được khai ở dòng 6"),
    (body(name="7"), ":17: body[1].name", "không đúng kiểu"),
    (body(kind='"agencys"'), ":18: body[1].kind", "Có phải ý bạn là “agency”"),
    (body(kind='"judicial_body"', branch='"state"'), ":20: body[1].branch", "thuộc nhánh “judicial”"),
    (body(kind='"peoples_committee"', unit='"district/189"'), ":15: body[1]", "chưa có cấp trên"),
    (body(nam='"x"'), ":20: body[1].nam", "Có phải ý bạn là “name”"),
    (body(since='"2022-01-01"'), ":20: body[1].since", "không có dấu nháy"),
    (body(root='"yes"'), ":20: body[1].root", "true hoặc false"),
    (body(superior='"tinh-uy-lang-sn"', branch='"party"'), ":20: body[1].superior", "“tinh-uy-lang-son”?"),
    (body(superior=TOP), ":20: body[1].superior", "cùng nhánh"),
    (body(superior=LOW, branch='"party"'), ":20: body[1].superior", "thấp hơn"),
    (body(superior=TOP, branch='"party"', root="true"), ":22: body[1].root", "bỏ root"),
    (body(hosts='["lang son.vn"]'), ":20: body[1].hosts", "không phải tên máy chủ"),
    (body(hosts='["a.vn"]') + body(slug='"y"', hosts='["A.vn"]'), ":27: body[2].hosts", "đã dùng cho “x”"),
    (entry("override", 'body = "huyen-uy-dinh-lop"'), ":16: override[1].body", "“huyen-uy-dinh-lap”"),
    (entry("override", f"body = {LOW}", f"slug = {TOP}"), ":17: override[1].slug", "đã có"),
    (entry("override", f"body = {TOP}", f"superior = {LOW}"), ":17: override[1].superior", "đi vòng"),
    (entry("bodies", 'kind = "agency"', 'levels = ["province"]'), ":16: bodies[3].kind", "chọn party_committee"),
    (entry("bodies", 'levels = ["commune"]'), ":15: bodies[3]", "Thiếu khóa “kind”"),
    (
        entry("bodies", 'kind = "party_committee"', 'levels = ["commune"]', 'within = ["district/189"]'),
        ":17: bodies[3].levels",
        "đã được khai",
    ),
    (entry("plugin", 'name = "x"'), ":15: plugin", "Có phải ý bạn là “plugins”"),
    ('\n[plugins]\nname = "x"\n', ":15: plugins", "viết [[plugins]]"),
    (entry("plugins", 'name = "X!"'), ":16: plugins[1].name", "chữ thường"),
    (entry("plugins", 'name = "x"', 'kinds = ["agency"]'), ":15: plugins[1]", "Không có cơ quan nào"),
    (line(f"to = {TOP}"), ":15: reporting_lines[1]", "from"),
    (line(f"from = [{LOW}]"), ":15: reporting_lines[1]", "to (một slug)"),
    (line(f"from = [{TOP}]", f"to = {TOP}"), ":18: reporting_lines[1].to", "chính mình"),
    (line('from = ["x"]', f"to = {TOP}"), ":17: reporting_lines[1].from", "không có cơ quan “x”"),
    (line(f"from = [{LOW}, {LOW}]", f"to = {TOP}"), ":15: reporting_lines[1]", "đã khai ở trên"),
    (
        line(f"from = [{LOW}]", f"to = {TOP}", "since = 2022-02-01", "until = 2022-01-01"),
        ":20: reporting_lines[1].until",
        "trước ngày bắt đầu",
    ),
    (
        COURT + line('from_kinds = ["judicial_body"]', 'to_kind = "peoples_committee"'),
        ":24: reporting_lines[1].to_kind",
        "không có “peoples_committee”",
    ),
]


@pytest.mark.parametrize(("text", "place", "words"), FAULTS, ids=[f"{place} {words}" for _, place, words in FAULTS])
def test_a_fault_is_told_with_its_line_its_key_and_what_to_do(small, faults, text, place, words):
    found = faults(small + text)
    assert [line for line in found if line.startswith(f"{place}: ") and words in line], found


HEAD = '[province]\nslug = "x"\ncode = "20"\nas_of = 2022-06-30\n'
DISTRICTS = entry("bodies", 'kind = "party_committee"', 'levels = ["province", "district"]')
HEAD_FAULTS = [
    ('[province]\nslug = "x"\ncode = "20\n', ":3: ", "TOML ở cột"),
    ("a = 1\na = 2\n", ":", "TOML"),
    ("", ": ", "Thiếu bảng [province]"),
    ('province = "x"\n', ":1: province: ", "viết [province]"),
    (HEAD.replace('"20"', "20"), ":3: province.code: ", 'ví dụ "20"'),
    (HEAD.replace("20", "03", 1), ":3: province.code: ", "Không có tỉnh mã “03”"),
    (HEAD.replace("2022", "2019"), ":4: province.as_of: ", "2022-01-01"),
    (HEAD.replace("x", "X"), ":2: province.slug: ", "chữ thường"),
    (HEAD, ": ", "chưa khai cơ quan nào"),
    (HEAD + 'regime = "two-levels"\n', ":5: province.regime: ", "three-levels"),
    (HEAD.replace("2022", "2026") + DISTRICTS, ":8: bodies[1].levels: ", "không có cấp huyện"),
]


@pytest.mark.parametrize(
    ("text", "place", "words"), HEAD_FAULTS, ids=[f"{place}{words}" for _, place, words in HEAD_FAULTS]
)
def test_a_fault_of_the_head_is_told_too(faults, text, place, words):
    found = faults(text)
    assert [line for line in found if line.startswith(place) and words in line], found


def test_all_faults_of_all_files_come_at_once(small, write):
    files = [
        write(
            small + body(unit='"district/999"') + body(slug='"y"', kind='"agencies"') + body(slug='"z"', color='"red"'),
            "one",
        ),
        write("[province\n", "two"),
        write(small.replace('code  = "20"', 'code  = "99"'), "three"),
    ]
    with pytest.raises(InvalidFiles) as caught:
        read_provinces([*files, files[0].parent / "nowhere.toml"])
    told = str(caught.value)
    for words in ("mã 999", "“agencies”", "“color”", "two/tenant.toml:1: ", "mã “99”", "nowhere.toml: Không đọc được"):
        assert words in told


def test_two_files_may_not_claim_the_same(small, write):
    host = '\n[[override]]\nbody = "tinh-uy-lang-son"\nhosts = ["langson.example.vn"]\n'
    with pytest.raises(InvalidFiles) as caught:
        read_provinces([write(small + host, "one"), write(small + host, "two")])
    told = [str(fault) for fault in caught.value.faults]
    assert any("Tỉnh “lang-son” đã có trong tệp" in line for line in told)
    assert any("Slug “tinh-uy-lang-son” đã có trong tệp" in line for line in told)
    assert any("override[1].hosts: Tên máy chủ “langson.example.vn” đã có" in line for line in told)


def test_a_cycle_names_everybody_in_it(small, faults):
    cycle = body(slug='"a"', superior='"b"') + body(slug='"b"', superior='"c"') + body(slug='"c"', superior='"a"')
    [line] = [line for line in faults(small + cycle) if "đi vòng" in line]
    assert all(f"{slug} → " in line for slug in "abc")


def test_a_file_that_is_not_utf8_says_so(write):
    path = write("x")
    path.write_bytes("slug = 'Lạng Sơn'".encode("utf-16"))
    with pytest.raises(InvalidFiles, match="UTF-8"):
        read_provinces([path])


_VALUES = st.recursive(
    st.sampled_from(
        ['"province"', '"commune"', '"party_committee"', '"x"', "7", "true", "2022-06-30", '"district/189"', "{}"]
    ),
    lambda inner: st.lists(inner, max_size=3).map(lambda items: "[" + ", ".join(items) + "]"),
    max_leaves=4,
)  # fmt: skip
_KEYS = [
    "slug",
    "name",
    "kind",
    "levels",
    "within",
    "unit",
    "superior",
    "hosts",
    "body",
    "report",
    "from",
    "to",
    "since",
    "root",
    "was",
    "settings",
    "bodies",
]
_TABLES = ["bodies", "body", "override", "reporting_lines", "plugins", "other"]


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(
    tables=st.lists(
        st.tuples(st.sampled_from(_TABLES), st.dictionaries(st.sampled_from(_KEYS), _VALUES, max_size=7)), max_size=6
    )
)
def test_whatever_a_file_says_the_answer_is_bodies_or_faults(tables):
    text = '[province]\nslug = "lang-son"\ncode = "20"\nas_of = 2022-06-30\n'
    for name, keys in tables:
        text += f"[[{name}]]\n" + "".join(f"{key} = {value}\n" for key, value in keys.items())
    document = check_document(Document("file"), text)
    province = resolve(document)
    assert province is not None
    for fault in document.faults:
        assert fault.line > 0 or not province.bodies
        assert fault.message
    if not document.faults:
        slugs = {body.slug for body in province.bodies}
        assert all(body.superior is None or body.superior in slugs for body in province.bodies)
