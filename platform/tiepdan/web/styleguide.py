"""The page that shows every component with sample data, for those who write pages; never in production.

The people and cases in it are invented.
"""

from dataclasses import dataclass
from datetime import date, timedelta

from flask import Flask, render_template, request
from flask.typing import ResponseReturnValue
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    DateField,
    FieldList,
    FileField,
    FormField,
    RadioField,
    SelectField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from tiepdan.web.blueprints import platform_blueprint, public
from tiepdan.web.charts import Series, measure_quota, plot_bars, plot_sparkline
from tiepdan.web.forms import Form
from tiepdan.web.repeats import Row

DAY = date(2024, 6, 28)
RECEIVED_ON = date(2024, 6, 14)
SATURDAY = 5

styleguide = platform_blueprint("styleguide", __name__)


class _Person(Row):
    full_name = StringField(_l("Họ và tên"), [InputRequired(_l("Hãy ghi họ và tên."))])
    id_number = StringField(_l("Số định danh"))


class _Sample(Form):
    people = FieldList(FormField(_Person), min_entries=1)
    kind = RadioField(
        _l("Loại đơn"),
        [InputRequired(_l("Hãy chọn một loại."))],
        choices=[
            SelectChoice("complaint", _l("Khiếu nại")),
            SelectChoice("denunciation", _l("Tố cáo")),
            SelectChoice("proposal", _l("Kiến nghị")),
            SelectChoice("feedback", _l("Phản ánh")),
        ],
    )
    content = TextAreaField(_l("Nội dung"), [InputRequired(_l("Hãy ghi nội dung."))])
    received_on = DateField(_l("Ngày tiếp nhận"))
    channel = SelectField(
        _l("Kênh tiếp nhận"), choices=[SelectChoice("desk", _l("Tại trụ sở")), SelectChoice("post", _l("Bưu chính"))]
    )
    scan = FileField(_l("Bản quét đơn"))
    urgent = BooleanField(_l("Vụ việc cấp bách"))


@dataclass(frozen=True, slots=True)
class _Petition:
    code: str
    received_on: date
    sender: str
    kind: str
    state: str
    tone: str
    due_on: date
    people: int = 1
    sealed: bool = False
    done_on: date | None = None


@styleguide.get("/styleguide")
@public
def show() -> ResponseReturnValue:
    """Show every component; with ?errors=1 the form as it looks after a mistake."""
    form = _Sample()
    if request.args.get("errors"):
        form.validate()
    return render_template("web/styleguide.html", form=form, sample=_sample(), day=DAY)


def init_styleguide(app: Flask) -> None:
    """Serve the page wherever it is not production."""
    if app.config["TIEPDAN"].environment != "production":
        app.register_blueprint(styleguide)


def _sample() -> dict[str, object]:
    return {
        "tiles": [
            {"label": "Đang xử lý", "value": 30, "href": "#t", "icon": "folder", "note": "7 đơn mới trong tuần"},
            {
                "label": "Sắp đến hạn",
                "value": 3,
                "href": "#t",
                "icon": "hourglass",
                "tone": "warning",
                "note": "trong ba ngày tới",
            },
            {
                "label": "Quá hạn",
                "value": 1,
                "href": "#t",
                "icon": "clock-exclamation",
                "tone": "danger",
                "note": "đã báo cấp trên",
            },
            {"label": "Lượt tiếp 6 tháng", "value": 1433, "icon": "users", "note": "1.206 ở cơ quan tư pháp"},
        ],
        "tabs": [
            ("Tất cả", "#", True, 30),
            ("Chờ phân loại", "#", False, 4),
            ("Đã thụ lý", "#", False, 21),
            ("Chuyển nơi khác", "#", False, 5),
        ],
        "petitions": [
            _Petition(
                "LS-7K2M9QXA-4",
                RECEIVED_ON,
                "Hoàng Thị Mẫu và 2 người",
                "Khiếu nại",
                "Đã thụ lý",
                "progress",
                date(2024, 7, 29),
                people=3,
            ),
            _Petition(
                "LS-P3C8W2HD-J",
                date(2024, 6, 17),
                "",
                "Tố cáo",
                "Đang xác minh",
                "progress",
                date(2024, 7, 1),
                sealed=True,
            ),
            _Petition(
                "LS-M5T1ZRB6-8",
                date(2024, 5, 20),
                "Nông Văn Ví Dụ",
                "Kiến nghị",
                "Chờ phân loại",
                "neutral",
                date(2024, 6, 26),
                people=12,
            ),
            _Petition(
                "LS-9X4FQ7NC-E",
                date(2024, 5, 6),
                "Vi Thị Minh Họa",
                "Phản ánh",
                "Đã trả lời",
                "success",
                date(2024, 6, 10),
                done_on=date(2024, 6, 7),
            ),
        ],
        "steps": [
            {"title": "Tiếp nhận tại trụ sở", "at": "14/06/2024", "who": "Lý Thị Mẫu"},
            {"title": "Phân loại: khiếu nại", "at": "17/06/2024", "who": "Ban Nội chính"},
            {
                "title": "Xác minh",
                "at": "hạn 29/07/2024",
                "state": "current",
                "text": "Đang lấy ý kiến Phòng Tài nguyên và Môi trường.",
            },
            {"title": "Trả lời công dân", "state": "next"},
        ],
        "ledger": _ledger(),
        "badges": [
            ("Mới nhận", "neutral"),
            ("Đã thụ lý", "progress"),
            ("Cần biết", "info"),
            ("Đã trả lời", "success"),
            ("Chờ bổ sung", "warning"),
            ("Quá hạn", "danger"),
            ("Giữ kín", "sealed"),
        ],
        "chart": plot_bars(
            [f"Tháng {month}" for month in range(1, 7)],
            [
                Series("Cấp tỉnh", (3, 5, 4, 6, 5, 4)),
                Series("Cấp huyện", (22, 18, 31, 27, 25, 30)),
                Series("Cấp xã", (140, 152, 149, 161, 138, 150)),
            ],
        ),
        "quota_full": measure_quota(6, 6),
        "quota_short": measure_quota(9, 12),
        "spark": plot_sparkline([4, 7, 5, 9, 12, 8]),
        "kind_details": {
            "complaint": "Không đồng ý với một quyết định, hành vi hành chính.",
            "denunciation": "Báo hành vi vi phạm. Danh tính được giữ kín.",
            "proposal": "Đề xuất giải pháp, chính sách.",
            "feedback": "Nêu việc đang xảy ra ở cơ sở.",
        },
    }


def _ledger() -> list[dict[str, object]]:
    """Lay out ten working days from a Friday; weekends are the only days off, as it is a sample."""
    days: list[dict[str, object]] = [{"day": RECEIVED_ON, "kind": "start", "note": "Ngày tiếp nhận"}]
    day, number = RECEIVED_ON, 0
    while number < 10:
        day += timedelta(days=1)
        if day.weekday() >= SATURDAY:
            days.append({"day": day, "kind": "skipped", "note": "Ngày nghỉ"})
            continue
        number += 1
        note = "Hạn cuối" if number == 10 else ""
        days.append({"day": day, "kind": "due" if note else "counted", "note": note, "number": number})
    return days
