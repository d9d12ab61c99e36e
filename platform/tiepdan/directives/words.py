"""The words of the slice as people read them on screen."""

from flask_babel import lazy_gettext as _l

from tiepdan.directives.lists import Show
from tiepdan.directives.period import Part
from tiepdan.directives.rules import AssignmentState, StepKind

STATES = {
    AssignmentState.SENT: _l("Đã giao, chưa xác nhận"),
    AssignmentState.ACKNOWLEDGED: _l("Đã nhận việc"),
    AssignmentState.REFUSED: _l("Bị từ chối"),
    AssignmentState.IN_PROGRESS: _l("Đang thực hiện"),
    AssignmentState.DONE: _l("Đã báo hoàn thành"),
    AssignmentState.CLOSED: _l("Đã kết thúc"),
}
STATE_TONES = {
    AssignmentState.SENT: "info",
    AssignmentState.ACKNOWLEDGED: "progress",
    AssignmentState.REFUSED: "danger",
    AssignmentState.IN_PROGRESS: "progress",
    AssignmentState.DONE: "success",
    AssignmentState.CLOSED: "neutral",
}
STEPS = {
    StepKind.ACKNOWLEDGED: _l("Xác nhận đã nhận việc"),
    StepKind.REFUSED: _l("Từ chối nhận việc"),
    StepKind.PROGRESS: _l("Báo cáo tiến độ"),
    StepKind.EXTENDED: _l("Gia hạn"),
    StepKind.DONE: _l("Báo hoàn thành"),
    StepKind.CITIZEN_TOLD: _l("Đã thông báo kết quả cho công dân"),
    StepKind.CLOSED: _l("Kết thúc theo dõi"),
}
SHOWN = {
    Show.OPEN: _l("Đang làm"),
    Show.OVERDUE: _l("Quá hạn"),
    Show.REFUSED: _l("Bị từ chối"),
    Show.TO_CLOSE: _l("Chờ kết thúc"),
    Show.ALL: _l("Tất cả"),
}
EMPTY = {
    Show.OPEN: _l("Không có việc nào đang làm."),
    Show.OVERDUE: _l("Không có việc nào quá hạn."),
    Show.REFUSED: _l("Không có việc nào bị từ chối."),
    Show.TO_CLOSE: _l("Không có việc nào chờ kết thúc."),
    Show.ALL: _l("Việc giao từ thông báo kết luận của kỳ tiếp sẽ hiện ở đây."),
}
PARTS = {
    Part.NOTICES: _l("Thông báo kết luận đã ký trong kỳ"),
    Part.GIVEN: _l("Nhiệm vụ giao trong kỳ"),
    Part.DONE: _l("Nhiệm vụ giao trong kỳ đã xong"),
    Part.OVERDUE: _l("Nhiệm vụ giao trong kỳ đang quá hạn"),
    Part.MATTERS: _l("Vụ việc giao trong kỳ phải báo kết quả cho công dân"),
    Part.TOLD: _l("Vụ việc giao trong kỳ đã báo kết quả cho công dân"),
}
