"""The words of a clock: its states, what happened to it, what the sweep comes to look at."""

from enum import StrEnum

from flask_babel import lazy_gettext as _l


class ClockState(StrEnum):
    """How a clock stands. Overdue is no state: it follows from the due date and the day (DEC-02)."""

    OPEN = "open"
    MET = "met"
    LATE = "late"
    STOPPED = "stopped"


class ClockEventKind(StrEnum):
    """What happened to a clock."""

    STARTED = "started"
    EXTENDED = "extended"
    PAUSED = "paused"
    RESUMED = "resumed"
    RECOMPUTED = "recomputed"
    TIGHTENED = "tightened"
    ENDED = "ended"


class CheckKind(StrEnum):
    """Why the sweep looks at a clock: a warning, or the first day it is overdue. EARLY: one that a plugin asks for."""

    EARLY = "early"
    HALF_TIME = "half_time"
    NEAR = "near"
    DUE = "due"
    OVERDUE = "overdue"


STATE_LABELS = {
    ClockState.OPEN: _l("Đang tính"),
    ClockState.MET: _l("Xong đúng hạn"),
    ClockState.LATE: _l("Xong trễ hạn"),
    ClockState.STOPPED: _l("Dừng, không còn phải làm"),
}

EVENT_LABELS = {
    ClockEventKind.STARTED: _l("Bắt đầu tính hạn"),
    ClockEventKind.EXTENDED: _l("Gia hạn"),
    ClockEventKind.PAUSED: _l("Tạm đình chỉ"),
    ClockEventKind.RESUMED: _l("Tiếp tục tính"),
    ClockEventKind.RECOMPUTED: _l("Tính lại theo lịch mới"),
    ClockEventKind.TIGHTENED: _l("Rút ngắn theo loại đơn"),
    ClockEventKind.ENDED: _l("Kết thúc"),
}

CHECK_LABELS = {
    CheckKind.EARLY: _l("Nhắc sớm theo quy định riêng"),
    CheckKind.HALF_TIME: _l("Hết nửa thời hạn"),
    CheckKind.NEAR: _l("Còn ba ngày làm việc"),
    CheckKind.DUE: _l("Đến hạn"),
    CheckKind.OVERDUE: _l("Quá hạn"),
}
