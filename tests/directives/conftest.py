"""A district that gives work to its commune, and neighbours who see nothing of it."""

from datetime import date

import pytest

from tiepdan.directives.service import NewAssignment, NewConclusion, issue_assignment, issue_conclusion
from tiepdan.escalation.jobs import check_clocks
from tiepdan.worker import run_in_context

ON = date(2024, 6, 28)


@pytest.fixture
def issue(entered, three_levels):
    """Give work from the district to the commune: issue(due_on=…) -> assignment id."""

    def issue(to=None, title="Kiểm tra việc cấp giấy chứng nhận", due_on=date(2024, 7, 12), on=ON, **more):
        with entered(three_levels.district, "committee_head") as head:
            new = NewAssignment((to or three_levels.commune).id, title, "Báo cáo trước hạn.", due_on, **more)
            return issue_assignment(new, actor=head, on=on)

    return issue


@pytest.fixture
def conclude(entered, three_levels):
    """Issue a notice of the district: conclude(number, assignments=…)."""

    def conclude(number="12-TB/HU", assignments=(), text="Giao Đảng ủy xã kiểm tra và trả lời công dân.", **more):
        with entered(three_levels.district, "committee_head") as head:
            new = NewConclusion(
                number, more.pop("signed_on", ON), "Hoàng Văn Bí", text, "Bí thư", assignments=assignments, **more
            )
            return issue_conclusion(new, actor=head, on=ON)

    return conclude


@pytest.fixture
def check(app):
    """check(tenant): run the job the sweep sends, as the worker does."""

    def check(tenant):
        with app.app_context():
            run_in_context(check_clocks.name, tenant.id, [])

    return check
