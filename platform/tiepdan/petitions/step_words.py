"""What the pages of the steps are called, and what they say first."""

from typing import NamedTuple

from flask_babel import lazy_gettext as _l


class StepPage(NamedTuple):
    """Heading, button and one sentence of a step's page, and what is said when it is done."""

    label: object
    submit: object
    lede: object
    done: object


STEP_PAGES = {
    "classify": StepPage(
        _l("Phân loại"),
        _l("Ghi nhận phân loại"),
        _l("Phân loại theo nội dung và yêu cầu của đơn, không theo tiêu đề."),
        _l("Đã phân loại đơn %(code)s."),
    ),
    "decide": StepPage(
        _l("Quyết định hướng xử lý"),
        _l("Ghi nhận quyết định"),
        _l("Chọn một hướng; thời hạn của bước tiếp theo bắt đầu tính từ hôm nay."),
        _l("Đã ghi nhận hướng xử lý đơn %(code)s."),
    ),
    "notice": StepPage(
        _l("Thông báo cho người gửi"),
        _l("Ghi nhận thông báo"),
        _l("Ghi ngày người gửi được thông báo bằng văn bản."),
        _l("Đã ghi nhận thông báo về đơn %(code)s."),
    ),
    "assign": StepPage(
        _l("Giao người giải quyết"),
        _l("Giao việc"),
        _l("Người được giao thấy đơn trong mục «Của tôi»."),
        _l("Đã giao đơn %(code)s."),
    ),
    "result": StepPage(
        _l("Ghi kết quả giải quyết"),
        _l("Ghi nhận kết quả"),
        _l("Sau bước này còn phải báo kết quả cho công dân."),
        _l("Đã ghi nhận kết quả đơn %(code)s."),
    ),
    "close": StepPage(
        _l("Kết thúc đơn"),
        _l("Kết thúc"),
        _l("Chỉ kết thúc sau khi công dân đã được báo kết quả."),
        _l("Đã kết thúc đơn %(code)s."),
    ),
    "take_back": StepPage(
        _l("Nơi nhận từ chối"),
        _l("Tiếp tục xử lý"),
        _l(
            "Đơn trở lại bước quyết định hướng xử lý; thời hạn ban đầu tiếp tục tính. "
            "Bản đã gửi qua hệ thống mà nơi nhận chưa trả lời được rút lại."
        ),
        _l("Đơn %(code)s trở lại bước quyết định."),
    ),
    "link": StepPage(
        _l("Chuyển sang vụ việc khác"),
        _l("Chuyển vụ việc"),
        _l("Các đơn về cùng một việc nên nằm trong một vụ việc."),
        _l("Đã chuyển đơn %(code)s sang vụ việc khác."),
    ),
    "withdraw": StepPage(
        _l("Người gửi rút đơn"),
        _l("Ghi nhận rút đơn"),
        _l("Ghi giấy rút đơn và lý do."),
        _l("Đã ghi nhận rút đơn %(code)s."),
    ),
}
