"""What stands at the head and at the end of an official document. Word and PDF draw the same value.

Layout: Nghị định 30/2020/NĐ-CP, Phụ lục I for bodies of the State; party committees put their own name and
"Đảng Cộng sản Việt Nam" at the head (Hướng dẫn 36-HD/VPTW, 2018).
"""

import re
from typing import Protocol

_OFFICE = re.compile(
    r"^(tỉnh ủy|thành ủy|huyện ủy|quận ủy|thị ủy|đảng ủy|ban thường vụ|ủy ban nhân dân|ubnd|tòa án nhân dân|tand|"
    r"viện kiểm sát nhân dân|vksnd|cục thi hành án dân sự|cục thads)\s+"
    r"((tỉnh|thành phố|huyện|quận|thị xã|thị trấn|xã|phường|đặc khu)\s+)?",
    re.IGNORECASE,
)
DOTS = "…………"


class Letterhead(Protocol):
    """What every official document says beside its text. office: title under which the head signs."""

    @property
    def of_party(self) -> bool:
        """Say whether a party body issues it."""

    @property
    def parent_name(self) -> str:
        """Name the superior; "" for none."""

    @property
    def body_name(self) -> str:
        """Name the body that issues it."""

    @property
    def number(self) -> str:
        """Write number and sign, dots where the office fills them in."""

    @property
    def place_date(self) -> str:
        """Write place and day."""

    @property
    def title(self) -> str:
        """Name the kind of the document; "" for an official letter (công văn), which has none."""

    @property
    def subject(self) -> str:
        """Say what it is about (trích yếu)."""

    @property
    def recipients(self) -> tuple[str, ...]:
        """List who receives it."""

    @property
    def office(self) -> str:
        """Write the title under which it is signed."""


def place_of(name: str) -> str:
    """Take the place from a body's name: "Tỉnh ủy Lạng Sơn" stands in Lạng Sơn; otherwise dots to fill in."""
    place = _OFFICE.sub("", name).strip()
    return place if place and place != name else DOTS
