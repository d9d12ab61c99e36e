"""What the district says to the handling of a petition: where it arose, hints, cautions, what a reply must be."""

from tiepdan.sdk import Form, Handling, Hint, Objection, PetitionKind, ReplyRule
from tiepdan_hai_ba_trung.letter import SOURCE

# Luật Tiếp công dân 42/2013/QH13, Điều 29: from five people on a group has its own representatives.
CROWD = 5

# "Settle at the grass roots from the first day": whether a matter is new, and what was done where it arose.
ORIGIN = Form(
    key="origin",
    version=1,
    title={"vi": "Nơi phát sinh", "en": "Where it arose"},
    schema={
        "type": "object",
        "properties": {
            "new_matter": {
                "type": "boolean",
                "x-goes-up": True,
                "x-label": {"vi": "Vụ việc mới phát sinh", "en": "A new matter"},
                "x-help": {
                    "vi": "Tập trung giải quyết dứt điểm ngay từ khi mới phát sinh (CV 446/UBND-TTr).",
                    "en": "To be settled for good from the first day (CV 446/UBND-TTr).",
                },
            },
            "at_the_grass_roots": {
                "type": "string",
                "enum": ["dialogue", "received", "nothing"],
                "x-goes-up": True,
                "x-label": {"vi": "Cơ sở đã làm gì", "en": "What was done where it arose"},
                "x-choices": {
                    "dialogue": {"vi": "Phường đã đối thoại", "en": "The ward held a dialogue"},
                    "received": {"vi": "Phường đã tiếp công dân", "en": "The ward received the citizen"},
                    "nothing": {"vi": "Chưa tiếp, chưa đối thoại", "en": "Neither yet"},
                },
            },
        },
    },
)

HINTS = (
    Hint(
        "settled_complaint",
        ("quyết định giải quyết khiếu nại", "khiếu nại lần hai", "khiếu nại lần đầu"),
        {
            "vi": "Nhắc đến việc giải quyết khiếu nại. Nếu quyết định đã có hiệu lực, xem sổ theo dõi thi hành.",
            "en": "It speaks of a complaint that was dealt with. If the decision is in effect, see the register.",
        },
        kind=PetitionKind.COMPLAINT,
    ),
    Hint(
        "concluded_denunciation",
        ("kết luận nội dung tố cáo", "kết luận tố cáo", "tố cáo tiếp"),
        {
            "vi": "Nhắc đến kết luận tố cáo. Nếu kết luận đã có hiệu lực, xem sổ theo dõi thi hành.",
            "en": "It speaks of a conclusion on a denunciation. If it is in effect, see the register.",
        },
        kind=PetitionKind.DENUNCIATION,
    ),
    Hint(
        "resettlement",
        ("giải phóng mặt bằng", "thu hồi đất", "tái định cư", "bồi thường về đất"),
        {
            "vi": "Nói về thu hồi đất, bồi thường. Xem vụ việc có trong kế hoạch 363, 191 hay Tổ công tác 1849 không.",
            "en": "About land and compensation. See whether it is under plan 363, plan 191 or decision 1849.",
        },
        field="land",
    ),
)

REPLY_RULES = (
    ReplyRule(
        "legal_basis",
        {
            "vi": "Văn bản trả lời nêu căn cứ pháp luật: «Căn cứ …», «theo quy định tại …».",
            "en": "A reply names its legal basis.",
        },
        SOURCE,
        needs=("căn cứ", "theo quy định", "theo điều", "theo khoản"),
    ),
    ReplyRule(
        "settled_for_good",
        {
            "vi": "Trả lời dứt điểm: nêu kết quả, không hẹn chung chung.",
            "en": "Settle it for good: say the result, do not put off.",
        },
        SOURCE,
        forbids=("sẽ xem xét", "đang nghiên cứu", "sẽ trả lời sau"),
    ),
)

_SENT_AWAY = Objection(
    {
        "vi": "Đơn đông người: CV 446/UBND-TTr yêu cầu tiếp, đối thoại tại cơ sở và giải quyết dứt điểm ngay từ đầu. "
        "Xem đã đối thoại chưa trước khi chuyển đi.",
        "en": "A petition of many people: CV 446/UBND-TTr asks for a dialogue where it arose and a settlement from the "
        "first day. Has there been one?",
    },
    SOURCE,
    blocking=False,
)


def objections_to(handling: Handling) -> list[Objection]:
    """Ask for a second thought before many people's petition is sent away; it never refuses the step."""
    away = handling.step == "transfer" and not handling.sealed and handling.people_count >= CROWD
    return [_SENT_AWAY] if away else []
