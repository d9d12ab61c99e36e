"""The words of handovers as people read them."""

from flask_babel import lazy_gettext as _l

from tiepdan.handovers.rules import Basis, State, Word

STATES = {
    State.SENT: _l("Đã gửi, chờ nhận"),
    State.RECEIVED: _l("Nơi nhận đã nhận, chờ trả lời"),
    State.ACCEPTED: _l("Đã tiếp nhận, vào sổ"),
    State.REFUSED: _l("Bị từ chối"),
    State.WITHDRAWN: _l("Đã rút lại"),
}
TONES = {
    State.SENT: "info",
    State.RECEIVED: "progress",
    State.ACCEPTED: "success",
    State.REFUSED: "danger",
    State.WITHDRAWN: "neutral",
}
WORDS = {
    Word.RECEIVED: _l("Nơi nhận ghi nhận đã nhận"),
    Word.ACCEPTED: _l("Nơi nhận tiếp nhận, vào sổ"),
    Word.REFUSED: _l("Nơi nhận từ chối"),
    Word.WITHDRAWN: _l("Nơi gửi rút lại"),
    Word.TAKEN_BACK: _l("Nơi gửi tiếp tục xử lý đơn"),
}
BASES = {
    Basis.RECEPTION_DESK: _l("Chuyển đơn từ nơi tiếp công dân (Luật Tiếp công dân, Điều 28 khoản 2)"),
    Basis.DENUNCIATION: _l("Tố cáo không thuộc thẩm quyền (Luật Tố cáo, Điều 24 khoản 2)"),
    Basis.FEEDBACK: _l("Kiến nghị, phản ánh không thuộc thẩm quyền (Luật Tiếp công dân, Điều 26)"),
    Basis.PARTY_MEMBER: _l("Tố cáo đảng viên, chuyển cơ quan kiểm tra của Đảng (Thông tư 05/2021/TT-TTCP)"),
    Basis.DIRECTED: _l("Chuyển, chỉ đạo cơ quan có thẩm quyền (Quy định 11-QĐi/TW, Điều 5)"),
}
