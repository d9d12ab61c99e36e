"""The journal's codes as people read them. A code without words is shown as it is: an auditor misses nothing."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

SUBJECTS = {
    "account": _l("Tài khoản"),
    "api_key": _l("Khóa API"),
    "assignment": _l("Việc được giao"),
    "calendar": _l("Lịch làm việc"),
    "clock": _l("Thời hạn"),
    "conclusion": _l("Thông báo kết luận"),
    "conclusion_notice": _l("Thông báo kết luận"),
    "escalation": _l("Báo quá hạn"),
    "handover": _l("Chuyển đơn"),
    "identity": _l("Danh tính, nội dung giữ kín"),
    "invitation": _l("Lời mời"),
    "matter": _l("Vụ việc"),
    "matters": _l("Vụ việc"),
    "membership": _l("Vai trò"),
    "password": _l("Mật khẩu"),
    "petition": _l("Đơn"),
    "platform_role": _l("Vai trò nền tảng"),
    "plugin": _l("Plugin"),
    "province": _l("Tỉnh"),
    "reception": _l("Kỳ tiếp"),
    "register": _l("Sổ tiếp công dân"),
    "report": _l("Báo cáo"),
    "report_request": _l("Đợt báo cáo"),
    "report_submission": _l("Báo cáo nhận được"),
    "sign_in": _l("Đăng nhập"),
    "tenant": _l("Đơn vị"),
    "vault.person": _l("Danh tính"),
    "vault.text": _l("Nội dung"),
    "visit": _l("Lượt tiếp"),
}

_DEEDS = {
    "accepted": _l("tiếp nhận, chấp nhận"),
    "acknowledged": _l("xác nhận"),
    "approved": _l("duyệt"),
    "assigned": _l("giao người giải quyết"),
    "cancelled": _l("hủy"),
    "carried": _l("mang số liệu sang"),
    "changed": _l("đổi"),
    "citizen_told": _l("đã báo công dân"),
    "classified": _l("phân loại"),
    "closed": _l("kết thúc"),
    "confirmed": _l("xác nhận"),
    "copy_opened": _l("mở bản sao niêm phong"),
    "corrected": _l("lập bản mới"),
    "day_closed": _l("kết thúc buổi tiếp"),
    "disclosed": _l("mở xem phần giữ kín"),
    "done": _l("báo hoàn thành"),
    "edited": _l("sửa"),
    "ended": _l("kết thúc"),
    "events_resent": _l("giao lại sự kiện"),
    "extended": _l("gia hạn"),
    "failed": _l("không thành"),
    "filed": _l("lưu đơn"),
    "frozen": _l("chốt số liệu"),
    "granted": _l("cấp"),
    "guided": _l("hướng dẫn"),
    "issued": _l("ban hành"),
    "left": _l("đã về"),
    "made": _l("cấp mới"),
    "marked": _l("ghi dấu hiệu"),
    "minuted": _l("ghi biên bản"),
    "notice_seen": _l("đã xem lời nhắc"),
    "notified": _l("thông báo cho người gửi"),
    "opened": _l("mở"),
    "options": _l("chọn cách tính"),
    "paused": _l("tạm dừng"),
    "pin_renewed": _l("cấp mã PIN mới"),
    "posted": _l("niêm yết"),
    "postponed": _l("hoãn"),
    "proposed": _l("đề nghị"),
    "raised": _l("gửi lên cấp trên"),
    "received": _l("đã nhận, đã tiếp"),
    "refusal_notified": _l("thông báo việc từ chối"),
    "refused": _l("từ chối"),
    "registered": _l("vào sổ"),
    "reported": _l("báo tiến độ"),
    "resolved": _l("có kết quả"),
    "resumed": _l("tiếp tục"),
    "returned": _l("trả lại"),
    "revoked": _l("thu hồi"),
    "round_opened": _l("mở đợt"),
    "scheduled": _l("lên lịch"),
    "sealed": _l("giữ kín"),
    "sent": _l("gửi"),
    "submitted": _l("gửi lên"),
    "substituted": _l("ghi người tiếp thay"),
    "suspended": _l("tạm ngừng"),
    "switched": _l("chuyển sang"),
    "taken_back": _l("nhận lại"),
    "throttled": _l("chặn vì thử quá nhiều lần"),
    "transferred": _l("chuyển"),
    "typed": _l("nhập tay số liệu"),
    "unsealed": _l("mở"),
    "untyped": _l("bỏ số liệu nhập tay"),
    "withdrawn": _l("rút lại"),
    "written": _l("ghi từ tệp"),
}


def name_subject(subject: str) -> str:
    """Name what an event is about."""
    return str(SUBJECTS.get(subject, subject))


def name_action(action: str) -> str:
    """Name what was done: petition.classified as "Đơn: phân loại"."""
    subject, _dot, deed = action.partition(".")
    if not deed:
        return name_subject(action)
    if subject not in SUBJECTS or deed not in _DEEDS:
        return action
    return str(_("%(subject)s: %(deed)s", subject=SUBJECTS[subject], deed=_DEEDS[deed]))
