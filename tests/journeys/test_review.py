"""Đống Đa: a class is written into its register and struck again; the ten-year review says what the conference said."""

from tests.journeys.conftest import Walk

TOPIC = "Kỹ năng ghi chép tại bàn tiếp dân"


def test_the_ten_year_review_is_counted_from_registers(walk: Walk) -> None:
    office = walk("vanphong.dongda")
    office.follow(office.menu("Sổ theo dõi"))
    office.follow("Lớp tập huấn")
    office.follow("Ghi mục mới")
    office.fill("Chuyên đề", TOPIC)
    office.fill("Số người dự", "0")
    office.press("Ghi vào sổ", status=422)
    office.reads("Nhỏ nhất là 1")
    assert office.page.get_by_label("Chuyên đề").input_value() == TOPIC
    office.follow(office.menu("Báo cáo"))
    office.follow("Giai đoạn 2014–2024")
    office.reads("95", "18", "5.094")
    office.follow(office.menu("Đống Đa: nhiều năm"))
    office.reads("95", "18", "5.094")
