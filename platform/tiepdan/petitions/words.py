"""The words of the slice as people read them on screen."""

from flask_babel import lazy_gettext as _l

from tiepdan.petitions.rules import Decision, Field, Mark, Origin, Outcome, PersonRole, PetitionStatus, Ruling, Step
from tiepdan.sdk import PetitionKind

KINDS = {
    PetitionKind.COMPLAINT: _l("Khiếu nại"),
    PetitionKind.DENUNCIATION: _l("Tố cáo"),
    PetitionKind.PROPOSAL: _l("Kiến nghị"),
    PetitionKind.FEEDBACK: _l("Phản ánh"),
}
UNKNOWN_KIND = _l("Chưa xác định")
KIND_DETAILS = {
    PetitionKind.COMPLAINT.value: _l("Đề nghị xem xét lại quyết định, hành vi hành chính hoặc kỷ luật đối với mình."),
    PetitionKind.DENUNCIATION.value: _l("Báo một hành vi vi phạm pháp luật. Danh tính và nội dung được giữ kín ngay."),
    PetitionKind.PROPOSAL.value: _l("Đề xuất giải pháp, chính sách hoặc đề nghị giải quyết một việc."),
    PetitionKind.FEEDBACK.value: _l("Cho biết một sự việc, một vướng mắc đang diễn ra."),
}
FIELDS = {
    Field.LAND: _l("Đất đai"),
    Field.POLICY: _l("Chế độ, chính sách"),
    Field.CORRUPTION: _l("Tham nhũng"),
    Field.JUDICIAL: _l("Tư pháp"),
    Field.ADMINISTRATIVE: _l("Hành chính"),
    Field.OTHER: _l("Khác"),
}
ORIGINS = {
    Origin.DESK: _l("Tại nơi tiếp công dân"),
    Origin.POST: _l("Qua bưu điện, hòm thư"),
    Origin.TRANSFERRED: _l("Cơ quan khác chuyển đến"),
}
STATUSES = {
    PetitionStatus.REGISTERED: _l("Mới vào sổ"),
    PetitionStatus.CLASSIFIED: _l("Đã phân loại"),
    PetitionStatus.ACCEPTED: _l("Đã thụ lý"),
    PetitionStatus.IN_PROGRESS: _l("Đang giải quyết"),
    PetitionStatus.RESOLVED: _l("Đã có kết quả"),
    PetitionStatus.GUIDED: _l("Đã hướng dẫn"),
    PetitionStatus.TRANSFERRED: _l("Đã chuyển đơn"),
    PetitionStatus.RETURNED: _l("Đã trả lại"),
    PetitionStatus.FILED: _l("Đã lưu đơn"),
    PetitionStatus.CLOSED: _l("Đã kết thúc"),
}
STATUS_TONES = {
    PetitionStatus.REGISTERED: "info",
    PetitionStatus.CLASSIFIED: "info",
    PetitionStatus.ACCEPTED: "progress",
    PetitionStatus.IN_PROGRESS: "progress",
    PetitionStatus.RESOLVED: "success",
    PetitionStatus.GUIDED: "neutral",
    PetitionStatus.TRANSFERRED: "neutral",
    PetitionStatus.RETURNED: "neutral",
    PetitionStatus.FILED: "neutral",
    PetitionStatus.CLOSED: "success",
}
OUTCOMES = {
    Outcome.FOUNDED: _l("Đúng"),
    Outcome.PARTLY_FOUNDED: _l("Đúng một phần"),
    Outcome.UNFOUNDED: _l("Sai"),
    Outcome.ANSWERED: _l("Đã giải quyết, trả lời"),
    Outcome.WITHDRAWN: _l("Rút đơn"),
    Outcome.TERMINATED: _l("Đình chỉ giải quyết"),
    Outcome.GUIDED: _l("Đã hướng dẫn"),
    Outcome.TRANSFERRED: _l("Đã chuyển cơ quan có thẩm quyền"),
    Outcome.RETURNED: _l("Đã trả lại nơi gửi"),
    Outcome.FILED: _l("Lưu đơn"),
}
STEPS = {
    Step.REGISTERED: _l("Tiếp nhận, vào sổ"),
    Step.CLASSIFIED: _l("Phân loại"),
    Step.SEALED: _l("Giữ kín danh tính và nội dung"),
    Step.ACCEPTED: _l("Thụ lý"),
    Step.GUIDED: _l("Hướng dẫn"),
    Step.TRANSFERRED: _l("Chuyển đơn"),
    Step.RETURNED: _l("Trả lại đơn"),
    Step.FILED: _l("Lưu đơn"),
    Step.TAKEN_BACK: _l("Nơi nhận từ chối, tiếp tục xử lý"),
    Step.ASSIGNED: _l("Giao người giải quyết"),
    Step.NOTIFIED: _l("Thông báo cho người gửi"),
    Step.RESOLVED: _l("Có kết quả giải quyết"),
    Step.CLOSED: _l("Kết thúc, công dân đã được báo kết quả"),
    Step.WITHDRAWN: _l("Người gửi rút đơn"),
    Step.LINKED: _l("Chuyển sang vụ việc khác"),
    Step.PIN_RENEWED: _l("Cấp lại mã tra cứu"),
}
PERSON_ROLES = {
    PersonRole.PETITIONER: _l("Người gửi"),
    PersonRole.REPRESENTATIVE: _l("Người đại diện"),
    PersonRole.AUTHORISED: _l("Người được ủy quyền"),
    PersonRole.RESPONDENT: _l("Người bị khiếu nại, tố cáo"),
}
MARKS = {
    Mark.MASS: _l("Đông người"),
    Mark.COMPLEX: _l("Phức tạp"),
    Mark.PROLONGED: _l("Kéo dài"),
    Mark.LEVEL_SKIPPING: _l("Vượt cấp"),
}
DECISIONS = {
    Decision.ACCEPT: _l("Thụ lý giải quyết"),
    Decision.GUIDE: _l("Hướng dẫn người gửi"),
    Decision.TRANSFER: _l("Chuyển cơ quan có thẩm quyền"),
    Decision.RETURN: _l("Trả lại nơi chuyển đến"),
    Decision.FILE: _l("Lưu đơn"),
}
DECISION_DETAILS = {
    Decision.ACCEPT.value: _l("Đơn đủ điều kiện, thuộc thẩm quyền. Thời hạn giải quyết bắt đầu tính."),
    Decision.GUIDE.value: _l("Hướng dẫn một lần cho cùng một nội dung, trả lại bản gốc."),
    Decision.TRANSFER.value: _l("Chuyển bằng văn bản và báo cho người gửi biết."),
    Decision.RETURN.value: _l("Đơn do cơ quan khác chuyển đến không đúng thẩm quyền."),
    Decision.FILE.value: _l("Đơn không đủ điều kiện hoặc đã được hướng dẫn. Lưu ít nhất một năm."),
}
RULINGS = {
    Ruling.NOT_CLASSIFIED: _l("Hãy phân loại đơn trước."),
    Ruling.NOT_ELIGIBLE: _l("Đơn chưa đủ điều kiện xử lý."),
    Ruling.OUTSIDE_COMPETENCE: _l("Đơn không thuộc thẩm quyền của đơn vị."),
    Ruling.WITHIN_COMPETENCE: _l("Đơn đủ điều kiện và thuộc thẩm quyền: phải thụ lý."),
    Ruling.DENUNCIATION_IS_TRANSFERRED: _l("Tố cáo không thuộc thẩm quyền thì chuyển, không hướng dẫn."),
    Ruling.GUIDED_BEFORE: _l("Đã hướng dẫn một lần về cùng nội dung: lưu đơn."),
    Ruling.COMPLAINT_IS_GUIDED: _l("Trước 01/7/2026, khiếu nại không thuộc thẩm quyền thì hướng dẫn, không chuyển."),
    Ruling.NOT_SENT_BY_A_BODY: _l("Chỉ trả lại đơn do cơ quan khác chuyển đến."),
    Ruling.ELIGIBLE: _l("Đơn đủ điều kiện xử lý thì không được lưu."),
}
CONDITIONS = {
    "in_vietnamese": _l("Viết bằng tiếng Việt hoặc có bản dịch công chứng"),
    "dated": _l("Ghi ngày, tháng, năm"),
    "named": _l("Ghi họ tên, địa chỉ người gửi"),
    "signed": _l("Có chữ ký hoặc điểm chỉ"),
    "respondent_stated": _l("Nêu rõ người, cơ quan bị khiếu nại hoặc bị tố cáo"),
    "reasons_stated": _l("Nêu lý do, yêu cầu, kèm tài liệu"),
    "acts_stated": _l("Nêu hành vi bị tố cáo và cách liên hệ với người tố cáo"),
    "content_clear": _l("Nội dung rõ ràng"),
    "not_guided_before": _l("Chưa được hướng dẫn về cùng nội dung"),
    "not_sent_to_competent_body": _l("Không đồng thời gửi cơ quan có thẩm quyền khác"),
    "readable": _l("Nguyên vẹn, đọc được"),
    "evidence_given": _l("Có tài liệu, chứng cứ cụ thể về hành vi vi phạm"),
    "verifiable": _l("Có cơ sở để thẩm tra, xác minh"),
}
# What the citizen may expect next; alike for every kind.
NEXT_STEPS = {
    PetitionStatus.REGISTERED: _l("Xem xét, phân loại đơn"),
    PetitionStatus.CLASSIFIED: _l("Quyết định hướng xử lý và thông báo cho người gửi"),
    PetitionStatus.ACCEPTED: _l("Giải quyết và trả lời"),
    PetitionStatus.IN_PROGRESS: _l("Giải quyết và trả lời"),
    PetitionStatus.RESOLVED: _l("Thông báo kết quả cho người gửi"),
    PetitionStatus.GUIDED: _l("Thông báo cho người gửi"),
    PetitionStatus.TRANSFERRED: _l("Thông báo cho người gửi"),
    PetitionStatus.RETURNED: _l("Thông báo cho người gửi"),
    PetitionStatus.FILED: _l("Không còn bước nào"),
    PetitionStatus.CLOSED: _l("Không còn bước nào"),
}
