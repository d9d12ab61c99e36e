"""The law's words on screen: what a limit counts, from which event, which kind of rule it is."""

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from tiepdan.deadlines.calendar import DayKind
from tiepdan.deadlines.limits import Bound, Direction, Limit, Unit
from tiepdan.deadlines.provisions import Event, Kind, Period, Rule, Status
from tiepdan.deadlines.tightening import Verdict

STATUS_TONES = {
    Status.VERIFIED: "success",
    Status.SECOND_HAND: "info",
    Status.RECALLED: "warning",
    Status.DECISION: "neutral",
}

# The words of Status.label; templates translate them by their Vietnamese text.
STATUS_LABELS = (_l("đã kiểm chứng"), _l("theo nguồn thứ hai"), _l("chưa kiểm chứng"), _l("quy ước của nền tảng"))

STATUS_NOTES = {
    Status.VERIFIED: _l("Đã đọc chính văn của văn bản."),
    Status.SECOND_HAND: _l("Mới đọc qua nguồn thứ hai (báo chí, quy chế địa phương); câu chữ có thể khác."),
    Status.RECALLED: _l("Chưa kiểm chứng. Hãy đối chiếu văn bản trước khi dựa vào hạn này."),
    Status.DECISION: _l("Văn bản để ngỏ; đây là quy ước của nền tảng."),
}

EVENT_LABELS = {
    Event.PETITION_RECEIVED: _l("ngày nhận đơn"),
    Event.MATTER_RECEIVED: _l("ngày nhận vụ việc"),
    Event.HEAD_RECEIVED: _l("ngày người đứng đầu tiếp hoặc nhận được"),
    Event.PETITION_ACCEPTED: _l("ngày thụ lý"),
    Event.ACCEPTANCE_DECIDED: _l("ngày quyết định thụ lý"),
    Event.ACT_KNOWN: _l("ngày biết được quyết định, hành vi"),
    Event.FIRST_ROUND_ENDED: _l("ngày kết thúc lần đầu"),
    Event.DECISION_ISSUED: _l("ngày ban hành quyết định"),
    Event.DECISION_RECEIVED: _l("ngày nhận quyết định"),
    Event.DECISION_EFFECTIVE: _l("ngày quyết định có hiệu lực"),
    Event.CONCLUSION_ISSUED: _l("ngày ban hành kết luận"),
    Event.SIGNED: _l("ngày ký"),
    Event.POSTED: _l("ngày niêm yết"),
    Event.SETTLED: _l("ngày giải quyết xong"),
    Event.HANDLED: _l("ngày xử lý"),
    Event.DEMAND_RECEIVED: _l("ngày nhận yêu cầu"),
    Event.REFUSAL_GROUNDS: _l("ngày có căn cứ từ chối"),
    Event.FILED: _l("ngày lưu đơn"),
    Event.RECEPTION_DAY: _l("ngày tiếp công dân"),
    Event.ONLINE_SESSION_DAY: _l("ngày tiếp trực tuyến"),
    Event.ONLINE_SESSION_START: _l("giờ bắt đầu tiếp trực tuyến"),
    Event.DIALOGUE_DAY: _l("ngày đối thoại"),
    Event.PUBLICITY_MEETING_DAY: _l("ngày họp công khai"),
    Event.ASSIGNED: _l("ngày ấn định hạn"),
}

KIND_LABELS = {
    Kind.LIMIT: _l("Thời hạn"),
    Kind.QUOTA: _l("Định mức"),
    Kind.THRESHOLD: _l("Ngưỡng"),
    Kind.DUTY: _l("Nghĩa vụ"),
    Kind.EVENT: _l("Sự kiện"),
    Kind.DEFINITION: _l("Định nghĩa"),
    Kind.COMPETENCE: _l("Thẩm quyền"),
    Kind.SANCTION: _l("Xử lý"),
    Kind.AMOUNT: _l("Mức tiền"),
    Kind.CALENDAR: _l("Cách tính ngày"),
    Kind.TRANSITION: _l("Chuyển tiếp"),
    Kind.DECISION: _l("Quy ước"),
}

GROUP_LABELS = {
    "party": _l("Quy định của Đảng"),
    "reception": _l("Tiếp công dân"),
    "intake": _l("Tiếp nhận, phân loại đơn"),
    "petition": _l("Đơn nói chung"),
    "complaint": _l("Khiếu nại"),
    "denunciation": _l("Tố cáo"),
    "feedback": _l("Kiến nghị, phản ánh"),
    "crowd": _l("Đông người, phức tạp"),
    "report": _l("Báo cáo"),
    "calendar": _l("Cách tính ngày"),
    "transition": _l("Chuyển tiếp"),
    "decision": _l("Quy ước của nền tảng"),
}

VARIANT_LABELS = {
    "normal": _l("thông thường"),
    "complex": _l("phức tạp"),
    "complex_additional": _l("phức tạp, cộng thêm"),
    "especially_complex": _l("đặc biệt phức tạp"),
    "remote": _l("vùng sâu, vùng xa"),
    "remote_complex": _l("vùng sâu, vùng xa, phức tạp"),
    "posting": _l("niêm yết"),
    "meeting_invitation": _l("mời họp"),
    "several_places": _l("nhiều nơi"),
    "answer": _l("trả lời"),
    "second": _l("lần hai"),
    "second_dismissal": _l("lần hai, kỷ luật buộc thôi việc"),
}

DAY_LABELS = {
    DayKind.WORKING: _l("Ngày làm việc"),
    DayKind.WEEKEND: _l("Nghỉ hằng tuần"),
    DayKind.HOLIDAY: _l("Ngày lễ, tết"),
    DayKind.COMPENSATORY: _l("Nghỉ bù"),
    DayKind.SWAP_OFF: _l("Nghỉ hoán đổi"),
    DayKind.SWAP_WORKED: _l("Làm bù"),
}

VERDICT_LABELS = {
    Verdict.WON: _l("Được áp dụng"),
    Verdict.OUTDONE: _l("Không áp dụng: không chặt hơn ngày đang áp dụng"),
    Verdict.REFUSED: _l("Bị từ chối: nới hơn luật"),
    Verdict.SET_ASIDE: _l("Đã thôi áp dụng: thời hạn được gia hạn hoặc đang tạm đình chỉ"),
    Verdict.WARNS: _l("Chỉ nhắc sớm hơn"),
}

VERDICT_TONES = {
    Verdict.WON: "success",
    Verdict.OUTDONE: "neutral",
    Verdict.REFUSED: "danger",
    Verdict.SET_ASIDE: "neutral",
    Verdict.WARNS: "info",
}

_PERIODS = {Period.WEEK: _l("tuần"), Period.MONTH: _l("tháng"), Period.YEAR: _l("năm")}


def describe_limit(limit: Limit) -> str:
    """Say a limit: "7 ngày làm việc", "ít nhất 15 ngày", "trước ít nhất 5 ngày làm việc"."""
    length = {
        Unit.CALENDAR_DAY: _("%(count)s ngày", count=limit.count),
        Unit.WORKING_DAY: _("%(count)s ngày làm việc", count=limit.count),
        Unit.HOUR: _("%(count)s giờ", count=limit.count),
        Unit.MONTH: _("%(count)s tháng", count=limit.count),
    }[limit.unit]
    if limit.direction is Direction.BACKWARD:
        return str(_("trước ít nhất %(length)s", length=length))
    if limit.bound is Bound.AT_LEAST:
        return str(_("ít nhất %(length)s", length=length))
    return str(length)


def name_variant(name: str) -> str:
    """Name a variant of a rule; one without words of its own stays as it is."""
    return str(VARIANT_LABELS.get(name, name))


def describe_numbers(rule: Rule) -> list[str]:
    """Say the numbers a rule carries, one line each: limits by variant, quota, threshold, extensions."""
    lines = []
    for variant in rule.variants:
        if variant.limit is not None and variant.event is not None:
            counted = _(
                "%(limit)s, tính từ %(event)s", limit=describe_limit(variant.limit), event=EVENT_LABELS[variant.event]
            )
            if variant.limit.direction is Direction.BACKWARD:
                counted = f"{describe_limit(variant.limit)} {EVENT_LABELS[variant.event]}"
            lines.append(counted if len(rule.variants) == 1 else f"{name_variant(variant.name)}: {counted}")
    if rule.quota is not None:
        lines.append(
            _("ít nhất %(count)s ngày mỗi %(period)s", count=rule.quota.count, period=_PERIODS[rule.quota.per])
        )
    if rule.threshold is not None:
        lines.append(_("từ %(count)s người", count=rule.threshold))
    lines += [
        _("gia hạn (%(case)s): %(times)s lần, mỗi lần không quá %(count)s ngày",
          case=name_variant(case), times=budget.times, count=budget.count)
        for case, budget in rule.extensions
    ]  # fmt: skip
    return [str(line) for line in lines]


def name_rule(rule: Rule) -> str:
    """Return what a rule is about, in the language of the page."""
    return rule.english if str(get_locale()) == "en" and rule.english else rule.subject
