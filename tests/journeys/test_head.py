"""The head's page: who comes today, what is owed of the duty, what is overdue, who waits for a confirmation."""

from tests.journeys.conftest import Walk


def test_the_head_sees_who_comes_and_what_is_owed(walk: Walk) -> None:
    """District committees owe one day a month: June was held on the 14th and is being held today; five are missing."""
    head = walk("bithu.langson")
    head.follow(head.menu("Người đứng đầu"))
    head.reads("Hôm nay ai đến", "Định mức tiếp dân", "Tháng này", "Nửa năm 1/2024", "Còn thiếu 5 ngày", "Việc quá hạn")
    who = head.page.locator("main ol.plain-list > li")
    assert who.count() >= 2
    head.follow(who.first.get_by_role("link").first)
    head.reads("Người đến và nội dung")
    head.follow(head.menu("Người đứng đầu"))
    head.follow("Mở buổi tiếp")
    head.reads("Hàng đợi và các lượt")
    head.follow(head.menu("Người đứng đầu"))
    head.follow(head.page.locator("main table a").first)
    head.reads("Nội dung giao")
    head.follow(head.menu("Cấp dưới"))
    head.reads("Vụ việc ở cấp dưới")
