"""The words of the slice as people read them on screen and on paper."""

from flask_babel import lazy_gettext as _l

from tiepdan.receptions.rules import (
    DayStatus,
    Duty,
    ReceivedBy,
    ReceptionForm,
    ReceptionStatus,
    RefusalForm,
    RefusalGround,
    VisitorRole,
    VisitStatus,
)

DUTIES = {Duty.PARTY: _l("Đảng"), Duty.STATE: _l("Nhà nước")}
FORMS = {
    ReceptionForm.PERIODIC: _l("Tiếp định kỳ"),
    ReceptionForm.EXTRAORDINARY: _l("Tiếp đột xuất"),
    ReceptionForm.REGULAR: _l("Tiếp thường xuyên"),
}
RECEIVED_BY = {
    ReceivedBy.HEAD: _l("Người đứng đầu"),
    ReceivedBy.SUBSTITUTE: _l("Người tiếp thay"),
    ReceivedBy.DESK: _l("Cán bộ tiếp công dân"),
}
STATUSES = {
    ReceptionStatus.DRAFT: _l("Dự thảo, chưa niêm yết"),
    ReceptionStatus.PUBLISHED: _l("Đã niêm yết"),
    ReceptionStatus.POSTPONED: _l("Đã hoãn sang ngày mới"),
    ReceptionStatus.OPEN: _l("Đang tiếp"),
    ReceptionStatus.HELD: _l("Đã tiếp"),
    ReceptionStatus.CLOSED: _l("Đã khóa sổ"),
    ReceptionStatus.CONCLUDED: _l("Đã có kết luận"),
    ReceptionStatus.CANCELLED: _l("Đã hủy"),
}
STATUS_TONES = {
    ReceptionStatus.DRAFT: "neutral",
    ReceptionStatus.PUBLISHED: "info",
    ReceptionStatus.POSTPONED: "warning",
    ReceptionStatus.OPEN: "progress",
    ReceptionStatus.HELD: "success",
    ReceptionStatus.CLOSED: "success",
    ReceptionStatus.CONCLUDED: "success",
    ReceptionStatus.CANCELLED: "danger",
}
DAY_STATUSES = {
    DayStatus.PLANNED: _l("Chưa diễn ra"),
    DayStatus.OPEN: _l("Đang mở"),
    DayStatus.HELD: _l("Đã kết thúc"),
    DayStatus.CANCELLED: _l("Đã hủy"),
}
VISIT_STATUSES = {
    VisitStatus.WAITING: _l("Đang chờ"),
    VisitStatus.RECEIVED: _l("Đã tiếp"),
    VisitStatus.REFUSED: _l("Từ chối tiếp"),
    VisitStatus.LEFT: _l("Đã về"),
}
VISIT_TONES = {
    VisitStatus.WAITING: "info",
    VisitStatus.RECEIVED: "success",
    VisitStatus.REFUSED: "danger",
    VisitStatus.LEFT: "neutral",
}
TRACKED_STEPS = {
    VisitStatus.WAITING: _l("Đã lấy số, đang chờ tiếp"),
    VisitStatus.RECEIVED: _l("Đã được tiếp"),
    VisitStatus.REFUSED: _l("Đã được giải thích lý do không tiếp"),
    VisitStatus.LEFT: _l("Đã lấy số nhưng chưa được tiếp"),
}
VISITOR_ROLES = {
    VisitorRole.VISITOR: _l("Người đến"),
    VisitorRole.REPRESENTATIVE: _l("Người đại diện"),
    VisitorRole.AUTHORISED: _l("Người được ủy quyền"),
}
REFUSAL_FORMS = {
    RefusalForm.ORAL: _l("Giải thích trực tiếp, ghi lại"),
    RefusalForm.WRITTEN: _l("Thông báo bằng văn bản (Mẫu 01/TCD)"),
}
# The clauses by number; their full wording is on the screen of the law, not retold here.
GROUNDS = {
    RefusalGround.ARTICLE_9_1: _l(
        "Luật Tiếp công dân, Điều 9 khoản 1: say rượu, chất kích thích, không làm chủ hành vi"
    ),
    RefusalGround.ARTICLE_9_2: _l("Luật Tiếp công dân, Điều 9 khoản 2: đe dọa, xúc phạm, gây rối trật tự"),
    RefusalGround.ARTICLE_9_3: _l(
        "Luật Tiếp công dân, Điều 9 khoản 3: đã giải quyết đúng, đã kiểm tra và thông báo mà vẫn kéo dài"
    ),
    RefusalGround.POINT_A: _l("Nghị định 154/2026/NĐ-CP, Điều 4 khoản 1 điểm a"),
    RefusalGround.POINT_B: _l("Nghị định 154/2026/NĐ-CP, Điều 4 khoản 1 điểm b"),
    RefusalGround.POINT_C: _l(
        "Nghị định 154/2026/NĐ-CP, Điều 4 khoản 1 điểm c: ghi âm, ghi hình khi người chủ trì không đồng ý"
    ),
    RefusalGround.POINT_D: _l("Nghị định 154/2026/NĐ-CP, Điều 4 khoản 1 điểm d"),
    RefusalGround.POINT_DD: _l("Nghị định 154/2026/NĐ-CP, Điều 4 khoản 1 điểm đ"),
    RefusalGround.POINT_E: _l("Nghị định 154/2026/NĐ-CP, Điều 4 khoản 1 điểm e"),
    RefusalGround.POINT_G: _l("Nghị định 154/2026/NĐ-CP, Điều 4 khoản 1 điểm g"),
    RefusalGround.POINT_H: _l("Nghị định 154/2026/NĐ-CP, Điều 4 khoản 1 điểm h (thông báo bằng văn bản)"),
    RefusalGround.POINT_I: _l("Nghị định 154/2026/NĐ-CP, Điều 4 khoản 1 điểm i"),
    RefusalGround.POINT_K: _l("Nghị định 154/2026/NĐ-CP, Điều 4 khoản 1 điểm k"),
}
