"""Templates of official documents: the decision that commends, and the invitation to a conference."""

from tiepdan.sdk import DocumentTemplate, Paper
from tiepdan_dong_da.fields import words

SIGNER = "BÍ THƯ"

COMMENDING = DocumentTemplate(
    key="commending_decision",
    version=1,
    title=words("Quyết định khen thưởng", "Decision of commendation"),
    paper=Paper.REGISTER_ENTRY,
    register="commendations",
    kind="QUYẾT ĐỊNH",
    about="về việc khen thưởng trong thực hiện {topic}",
    body=(
        "Căn cứ {topic} của Bộ Chính trị;",
        "Xét thành tích của tập thể, cá nhân trong thực hiện {topic};",
        "QUYẾT ĐỊNH:",
        "Điều 1. Tặng {award} cho {recipient}, đã có thành tích: {merit}.",
        "Điều 2. Văn phòng Quận ủy, các cơ quan, đơn vị liên quan và tập thể, cá nhân nêu tại Điều 1 thi hành.",
        "Quyết định này có hiệu lực từ ngày ký.",
    ),
    receivers=("Như Điều 2;", "Thường trực Quận ủy (để báo cáo);", "Lưu: Văn phòng Quận ủy."),
    signer=SIGNER,
)

INVITING = DocumentTemplate(
    key="conference_invitation",
    version=1,
    title=words("Giấy mời hội nghị", "Invitation to the conference"),
    paper=Paper.REGISTER_ENTRY,
    register="conferences",
    kind="GIẤY MỜI",
    about="dự hội nghị {subject}",
    body=(
        "Ban Thường vụ Quận ủy tổ chức hội nghị {subject} (thực hiện {programme}).",
        "Trân trọng kính mời đồng chí đến dự.",
        "Chủ trì: {chaired_by}.",
        "Thời gian: {starts_at}, ngày {held_on}.",
        "Địa điểm: {place}.",
        "Hình thức: {form}.",
    ),
    receivers=("Như kính mời;", "Thường trực Quận ủy;", "Lưu: Văn phòng Quận ủy."),
    signer=SIGNER,
)
