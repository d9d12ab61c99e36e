"""The facts that templates may name as "{name}", and how a text is filled with them. Pure.

The words are for authors of plugins: `tiepdan docs hooks` prints them.
"""

import re
from collections.abc import Mapping, Sequence

from tiepdan.sdk import Paper

DOTS = "……"  # stands for what is not known, or not for this reader

# By name: Vietnamese, English.
OF_EVERY: Mapping[str, tuple[str, str]] = {
    "committee": ("tên đầy đủ của đơn vị", "full name of the committee"),
    "committee_short": ("tên gọi ngắn của đơn vị", "the name people use of it"),
    "unit": ("địa danh của đơn vị, như trong dòng ngày tháng", "its place, as in the line of the date"),
    "superior": ("tên cấp trên trực tiếp", "name of its direct superior"),
    "head_office": ("chức danh người đứng đầu", "title of its head"),
    "printed_on": ("ngày in, viết như văn bản hành chính", "day of printing, as official documents write it"),
    "year": ("năm in", "year of printing"),
}
FACTS: Mapping[Paper, Mapping[str, tuple[str, str]]] = {
    Paper.PETITION: {
        "code": ("mã đơn", "code of the petition"),
        "register_number": ("số đến và năm, như 12/2026", "number in the register and year, such as 12/2026"),
        "received_on": ("ngày nhận đơn", "day it was received"),
        "kind": ("loại đơn", "kind of petition"),
        "field": ("lĩnh vực", "field"),
        "status": ("bước đang ở", "step it stands at"),
        "people_count": ("số người đứng đơn", "number of people who petition"),
        "due_on": ("hạn gần nhất", "nearest due day"),
        "matter_code": ("mã vụ việc", "code of the matter"),
        "sender_name": ("họ tên người gửi; đơn giữ kín thì là dấu chấm", "name of the sender; dots where sealed"),
        "sender_address": ("địa chỉ người gửi; đơn giữ kín thì là dấu chấm", "the sender's address; dots where sealed"),
    },
    Paper.VISIT: {
        "code": ("mã lượt tiếp", "code of the visit"),
        "number": ("số thứ tự trong ngày", "number in the day's queue"),
        "visited_on": ("ngày tiếp", "day of the visit"),
        "kind": ("loại nội dung", "kind of what was brought"),
        "people_count": ("số người đến", "number of people who came"),
        "received_by": ("ai tiếp", "who received them"),
        "sender_name": ("họ tên người đến; lượt giữ kín thì là dấu chấm", "name of the visitor; dots where sealed"),
        "sender_address": (
            "địa chỉ người đến; lượt giữ kín thì là dấu chấm",
            "the visitor's address; dots where sealed",
        ),
    },
    Paper.REGISTER_ENTRY: {
        "entry_number": ("số trong sổ", "number in the register"),
        "entry_on": ("ngày của mục ghi", "day of the entry"),
        "entry_title": ("tên mục ghi", "title of the entry"),
    },
}

_NAMED = re.compile(r"\{([a-z][a-z0-9_]{0,40})\}")


def known_names(paper: Paper) -> frozenset[str]:
    """Return the facts of the platform for a paper; an entry of a register has its fields besides."""
    return frozenset(OF_EVERY) | frozenset(FACTS[paper])


def names_in(texts: Sequence[str]) -> frozenset[str]:
    """Return the facts that texts name. Raises ValueError for a brace that names none."""
    for text in texts:
        if set("{}") & set(_NAMED.sub("", text)):
            raise ValueError('a brace stands only around a name, as in "{code}"')
    return frozenset(name for text in texts for name in _NAMED.findall(text))


def fill_text(text: str, facts: Mapping[str, str]) -> str:
    """Put facts into a text; one that is missing or empty is a line of dots. What a fact says is never read again."""
    return _NAMED.sub(lambda found: facts.get(found[1], "").strip() or DOTS, text)
