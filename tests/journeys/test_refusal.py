"""The visitor who is refused: with a ground in law, an explanation, and a paper in hand."""

from tests.journeys.conftest import Walk
from tests.journeys.test_reception_day import open_the_desk, register_by_keyboard


def test_a_refusal_names_its_ground_and_is_printed(walk: Walk) -> None:
    officer = walk("vanphong.xa1.caoloc")
    name = "Hoàng Văn Ngọ"
    open_the_desk(officer)
    register_by_keyboard(officer, name, "020155001199", "Yêu cầu xem lại việc đã được trả lời ba lần.")
    officer.follow(officer.page.locator("tr", has_text=name).get_by_role("link", name="Từ chối"))
    officer.press("Ghi việc từ chối", status=422)
    officer.reads("Hãy chọn căn cứ.")
    officer.choose("Điều 9 khoản 3")
    officer.fill("Giải thích", "Việc đã được giải quyết đúng pháp luật, đã trả lời bằng văn bản ngày 02/04/2024.")
    officer.press("Ghi việc từ chối")
    officer.reads("Từ chối tiếp", "Điều 9 khoản 3", "Việc đã được giải quyết đúng pháp luật")
    officer.fill("Số thông báo", "12-TB/ĐU")
    officer.press("Ghi số và in thông báo")
    officer.reads("Về việc từ chối tiếp công dân", name, "12-TB/ĐU", "Điều 9 khoản 3", "02/04/2024")
    officer.follow("Về lượt tiếp")
    officer.reads("12-TB/ĐU")
