"""Invented people and what they come about. Every name is drawn from lists; nobody is meant."""

from dataclasses import dataclass
from random import Random

from tiepdan.identity.vault import PersonDetails
from tiepdan.petitions.rules import Field
from tiepdan.sdk import PetitionKind

_FAMILY = ("Nguyễn", "Hoàng", "Nông", "Lương", "Vi", "Trần", "Hà", "Đinh", "Bế", "Lý", "Chu", "Phạm", "Lộc", "Triệu")
_MIDDLE = {"m": ("Văn", "Đức", "Quang", "Xuân", "Minh"), "f": ("Thị", "Thị Thu", "Thị Minh", "Ngọc", "Thị Hồng")}
_GIVEN = {
    "m": ("An", "Bình", "Cường", "Dũng", "Hải", "Hùng", "Khánh", "Long", "Nam", "Phong", "Sơn", "Thắng", "Tú", "Việt"),
    "f": ("Ánh", "Chi", "Dung", "Hà", "Hạnh", "Hoa", "Hương", "Lan", "Mai", "Nga", "Oanh", "Thảo", "Vân", "Yến"),
}

_OFFICES = (
    ("Tỉnh ủy ", "tỉnh "),
    ("Thành ủy ", "thành phố "),
    ("Thị ủy ", "thị xã "),
    ("Huyện ủy ", "huyện "),
    ("Quận ủy ", "quận "),
    ("Đảng ủy ", ""),
    ("UBND ", ""),
    ("TAND ", ""),
    ("VKSND ", ""),
    ("Cục THADS ", ""),
)


@dataclass(frozen=True, slots=True)
class Story:
    """What somebody comes about."""

    kind: PetitionKind
    field: Field
    text: str


STORIES = (
    Story(
        PetitionKind.PROPOSAL,
        Field.LAND,
        "Đề nghị cấp giấy chứng nhận quyền sử dụng đất cho thửa đất vườn gia đình sử dụng ổn định từ năm 1990.",
    ),
    Story(
        PetitionKind.PROPOSAL,
        Field.POLICY,
        "Đề nghị xem xét chế độ trợ cấp hằng tháng cho người cao tuổi không có lương hưu.",
    ),
    Story(
        PetitionKind.FEEDBACK,
        Field.ADMINISTRATIVE,
        "Phản ánh đường liên thôn hư hỏng, xe tải chở vật liệu chạy cả ban đêm gây bụi và ồn.",
    ),
    Story(
        PetitionKind.FEEDBACK,
        Field.OTHER,
        "Phản ánh điểm tập kết rác gần trường học bốc mùi, đã kiến nghị nhưng chưa được di dời.",
    ),
    Story(
        PetitionKind.COMPLAINT,
        Field.LAND,
        "Khiếu nại quyết định thu hồi đất làm đường: diện tích bồi thường thiếu so với sổ mục kê.",
    ),
    Story(
        PetitionKind.COMPLAINT,
        Field.ADMINISTRATIVE,
        "Khiếu nại quyết định xử phạt hành chính về xây dựng nhà cấp bốn trên đất ở.",
    ),
    Story(PetitionKind.PROPOSAL, Field.LAND, "Đề nghị hòa giải tranh chấp ranh giới rừng trồng giữa hai hộ liền kề."),
    Story(PetitionKind.FEEDBACK, Field.LAND, "Phản ánh hộ liền kề lấn chiếm hành lang suối, nước mưa tràn vào ruộng."),
    Story(PetitionKind.PROPOSAL, Field.OTHER, "Đề nghị hỗ trợ kéo điện cho bảy hộ ở xóm mới tách."),
    Story(
        PetitionKind.DENUNCIATION, Field.CORRUPTION, "Tố cáo cán bộ thu tiền làm hồ sơ hỗ trợ nhà ở không có biên lai."
    ),
)


def draw_person(random: Random, place: str) -> PersonDetails:
    """Invent a person who lives in a place."""
    sex = random.choice("mf")
    name = f"{random.choice(_FAMILY)} {random.choice(_MIDDLE[sex])} {random.choice(_GIVEN[sex])}"
    year = random.randint(1948, 2001)
    number = f"020{random.randint(0, 1)}{year % 100:02d}{random.randint(0, 999_999):06d}"
    return PersonDetails(name, f"thôn {random.randint(1, 12)}, {_name_place(place)}", "citizen_id", number, "", year)


def _name_place(body: str) -> str:
    """Say where a body sits: people live in a commune, not in its committee."""
    for office, place in _OFFICES:
        if body.startswith(office):
            return place + body.removeprefix(office)
    return body


def draw_story(random: Random, *, denunciations: bool = False) -> Story:
    """Choose what somebody comes about."""
    return random.choice(STORIES if denunciations else STORIES[:-1])


def official_name(slug: str) -> str:
    """Invent the name of an official of a body, always the same one."""
    return draw_person(Random(f"official {slug}"), "").full_name
