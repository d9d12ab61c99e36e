"""The words of messages as people read them."""

from flask_babel import lazy_gettext as _l

from tiepdan.notifications.rules import Audience, Happening, Language, MessageState

HAPPENINGS = {
    Happening.PETITION_REGISTERED: _l("Đơn đã vào sổ"),
    Happening.PETITION_ACCEPTED: _l("Đơn được thụ lý"),
    Happening.PETITION_TRANSFERRED: _l("Đơn được chuyển"),
    Happening.PETITION_DECIDED: _l("Đơn có hướng xử lý khác"),
    Happening.PETITION_RESULT: _l("Đơn có kết quả"),
    Happening.TASK_ASSIGNED: _l("Được giao việc mới"),
    Happening.TASK_OVERDUE: _l("Việc vừa quá hạn"),
    Happening.ESCALATION_RAISED: _l("Cấp dưới báo quá hạn"),
}
AUDIENCES = {Audience.CITIZEN: _l("Báo cho người gửi đơn"), Audience.STAFF: _l("Báo cho cán bộ của đơn vị")}
LANGUAGES = {Language.VI: _l("Tiếng Việt"), Language.EN: _l("Tiếng Anh")}
STATES = {
    MessageState.WAITING: _l("Đang chờ"),
    MessageState.SENDING: _l("Đang gửi"),
    MessageState.SENT: _l("Đã gửi"),
    MessageState.REFUSED: _l("Bị từ chối"),
    MessageState.UNKNOWN: _l("Không rõ đã đến chưa"),
    MessageState.UNDELIVERED: _l("Không gửi được"),
    MessageState.WITHDRAWN: _l("Đã rút lại"),
}
TONES = {
    MessageState.WAITING: "neutral",
    MessageState.SENDING: "info",
    MessageState.SENT: "success",
    MessageState.REFUSED: "danger",
    MessageState.UNKNOWN: "warning",
    MessageState.UNDELIVERED: "danger",
    MessageState.WITHDRAWN: "neutral",
}
# Why a message waits or did not go; another word is the channel's own and shown as it is.
REASONS = {
    "quiet_hours": _l("chờ hết giờ yên tĩnh"),
    "no_channel": _l("kênh không còn bật ở đây"),
    "not_set_up": _l("kênh chưa được thiết lập"),
    "no_address": _l("không có số điện thoại hoặc địa chỉ"),
    "no_person": _l("không còn dữ liệu người nhận"),
    "sealed": _l("hồ sơ đã được giữ kín"),
    "too_old": _l("chờ quá một tuần"),
    "lost": _l("máy dừng giữa lúc gửi"),
    "not_reached": _l("không kết nối được máy chủ"),
    "timeout": _l("máy chủ không trả lời kịp"),
}
