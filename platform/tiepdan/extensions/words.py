"""The words of the plugin pages."""

from flask_babel import lazy_gettext as _l

from tiepdan.core.plugin_loading import Problem
from tiepdan.extensions.rules import Choice, Way
from tiepdan.sdk import EventName, Level
from tiepdan.web.format import name_level

WAYS = {
    Way.FILE_LOCKED: _l("tệp cấu hình của tỉnh (khóa)"),
    Way.LOCKED: _l("cấp trên (khóa)"),
    Way.OWN: _l("đơn vị tự chọn"),
    Way.FILE: _l("tệp cấu hình của tỉnh"),
    Way.DEFAULT: _l("cấp trên đề xuất"),
}
PROBLEMS = {
    Problem.NOT_ALLOWED: _l("Chưa được đơn vị vận hành cho phép (tên, phiên bản, mã băm)."),
    Problem.IMPORT: _l("Không nạp được mã của plugin."),
    Problem.NO_MANIFEST: _l("Plugin không có bản khai PLUGIN đầy đủ."),
    Problem.NAME: _l("Tên trong bản khai khác tên cài đặt."),
    Problem.API: _l("Plugin cần phiên bản SDK khác."),
    Problem.PRIVATE_IMPORT: _l("Plugin dùng phần nội bộ của nền tảng."),
    Problem.HOOKS: _l("Plugin khai báo hook không có hoặc sai cách."),
    Problem.DATA: _l("Tệp plugin.toml có lỗi, hoặc không còn hợp với nền tảng."),
}
HOOKS = {
    "form_parts": _l("Phần thêm vào biểu mẫu đơn và lượt tiếp"),
    "deadline_rules": _l("Thời hạn chặt hơn luật"),
    "home_cards": _l("Thẻ trên trang đầu"),
    "event_happened": _l("Nghe sự kiện và nhắc việc"),
    "escalation_routes": _l("Báo quá hạn cho ai"),
    "registers": _l("Sổ theo dõi"),
    "report_definitions": _l("Báo cáo riêng"),
    "share_profiles": _l("Chia sẻ lên cấp trên"),
    "classification_hints": _l("Gợi ý phân loại"),
    "competence_objections": _l("Ý kiến về thẩm quyền"),
    "reply_checks": _l("Kiểm tra văn bản trả lời"),
    "documents": _l("Mẫu văn bản"),
    "pages": _l("Trang riêng"),
    "channels": _l("Kênh gửi tin"),
    "deliver_message": _l("Gửi tin nhắn"),
    "commands": _l("Lệnh"),
}
EVENTS = {
    EventName.PETITION_ACCEPTED: _l("Đơn được thụ lý"),
    EventName.PETITION_TRANSFERRED: _l("Đơn được chuyển"),
    EventName.PETITION_DECIDED: _l("Đơn có hướng xử lý"),
    EventName.RECEPTION_HELD: _l("Buổi tiếp kết thúc"),
    EventName.TASK_OVERDUE: _l("Việc quá hạn"),
    EventName.REPORT_SUBMITTED: _l("Báo cáo đã gửi"),
}
_BELOW = {
    (True, False): _l("bật, đơn vị tự đổi được"),
    (True, True): _l("bật và khóa"),
    (False, False): _l("tắt, đơn vị tự đổi được"),
    (False, True): _l("tắt và khóa"),
}


def below(choice: Choice) -> str:
    """Say what was decided for units below."""
    return str(_BELOW[choice.enabled, choice.locked])


def level(of: Level) -> str:
    """Name a level inside a sentence: cấp tỉnh."""
    name = name_level(of)
    return name[0].lower() + name[1:]
