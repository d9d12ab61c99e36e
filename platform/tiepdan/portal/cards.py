"""What waits for the person who signed in: one card per kind of work, each slice asked once."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import url_for
from flask_babel import gettext as _

from tiepdan.core.actor import Actor
from tiepdan.deadlines.service import count_open_clocks
from tiepdan.directives.rules import Side
from tiepdan.directives.service import Show, count_assignments
from tiepdan.escalation.service import count_unacknowledged
from tiepdan.handovers.service import count_waiting as handovers_waiting
from tiepdan.identity.memberships import Member
from tiepdan.petitions import waiting as petitions
from tiepdan.receptions import waiting as receptions
from tiepdan.reports import waiting as reports
from tiepdan.sharing.service import overdue_below


@dataclass(frozen=True, slots=True)
class Card:
    """Work of one kind. endpoint, arguments: the list it opens; tone: "danger", "warning" or ""."""

    label: str
    value: int
    icon: str
    endpoint: str
    arguments: dict[str, Any]
    tone: str = ""
    note: str = ""

    @property
    def href(self) -> str:
        """Return where the card leads."""
        return url_for(self.endpoint, **self.arguments)


type Ask = Callable[[Actor, date], Iterator[Card]]


def waiting_cards(actor: Actor, on: date) -> list[Card]:
    """Return the cards with something on them, in the order of the work."""
    cards = [card for permission, ask in _QUESTIONS if actor.may(permission) for card in ask(actor, on)]
    return [card for card in cards if card.value]


def member_cards(pending: Sequence[Member]) -> list[Card]:
    """Return the card about appointments that wait for the head; the page asked for them already."""
    return (
        [Card(_("Vai trò chờ xác nhận"), len(pending), "user-check", "members.index", {}, "warning")] if pending else []
    )


def _of_receptions(actor: Actor, on: date) -> Iterator[Card]:
    found = receptions.count_today(actor=actor, on=on)
    note = _("%(count)s lượt trong ngày", count=found.visits)
    yield Card(_("Đang chờ tiếp"), found.waiting, "users", "receptions.today", {}, note=note)
    yield Card(_("Buổi tiếp hôm nay, chưa mở"), found.planned, "calendar-event", "receptions.today", {}, "warning")


def _of_petitions(actor: Actor, on: date) -> Iterator[Card]:
    found = petitions.count_waiting(actor=actor, on=on)
    if actor.may("petitions.classify"):
        yield _petitions(_("Đơn mới, chờ phân loại"), found.to_classify, "inbox", status="registered")
    if actor.may("petitions.decide"):
        yield _petitions(_("Đơn chờ quyết định"), found.to_decide, "gavel", status="classified")
    if actor.may("petitions.resolve") or found.mine:
        note = _("%(count)s đơn quá hạn", count=found.mine_overdue) if found.mine_overdue else ""
        tone = "danger" if found.mine_overdue else ""
        yield Card(
            _("Đơn giao cho tôi"), found.mine, "folder", "petitions.index", {"tab": "mine"}, tone=tone, note=note
        )


def _petitions(label: str, value: int, icon: str, **arguments: str) -> Card:
    return Card(label, value, icon, "petitions.index", arguments)


def _of_clocks(actor: Actor, on: date) -> Iterator[Card]:
    found = count_open_clocks(on=on, actor=actor)
    yield Card(_("Thời hạn đã quá"), found.overdue, "hourglass", "clocks.index", {"filter": "overdue"}, "danger")
    note = _("trong ba ngày làm việc tới")
    yield Card(_("Sắp đến hạn"), found.near, "calendar-due", "clocks.index", {"filter": "near"}, "warning", note)


def _of_directives(actor: Actor, on: date) -> Iterator[Card]:
    if actor.may("directives.answer"):
        received = count_assignments(Side.RECEIVER, actor=actor, on=on)
        late = received[Show.OVERDUE]
        note = _("%(count)s việc quá hạn", count=late) if late else ""
        tone = "danger" if late else ""
        yield Card(_("Việc được giao"), received[Show.OPEN], "clipboard-list", "directives.received", {}, tone, note)
    if actor.may("directives.close"):
        sent = count_assignments(Side.SENDER, actor=actor, on=on)
        wanted = {"show": Show.TO_CLOSE.value}
        yield Card(_("Việc đã giao, chờ kết thúc"), sent[Show.TO_CLOSE], "clipboard-check", "directives.index", wanted)


def _of_handovers(_actor: Actor, _on: date) -> Iterator[Card]:
    yield Card(
        _("Đơn chuyển đến, chờ nhận"), handovers_waiting(), "arrows-exchange", "handovers.index", {"waiting": "1"}
    )


def _of_escalations(_actor: Actor, _on: date) -> Iterator[Card]:
    wanted = {"side": "received", "waiting": "1"}
    yield Card(_("Cấp dưới báo quá hạn"), count_unacknowledged(), "bell", "escalations.index", wanted, "danger")


def _of_reports(actor: Actor, on: date) -> Iterator[Card]:
    found = reports.count_waiting(actor=actor, on=on)
    if actor.may("reports.prepare"):
        tone = "danger" if found.late else "warning"
        note = _("%(count)s báo cáo quá hạn", count=found.late) if found.late else ""
        yield Card(_("Báo cáo phải gửi"), found.asked, "report-analytics", "reports.index", {}, tone, note)
    if actor.may("reports.review"):
        yield Card(_("Báo cáo cấp dưới gửi lên"), found.to_review, "files", "reports.index", {})


def _of_subordinates(_actor: Actor, on: date) -> Iterator[Card]:
    yield Card(
        _("Vụ việc quá hạn ở cấp dưới"), overdue_below(on), "sitemap", "below.index", {"overdue": "1"}, "warning"
    )


_QUESTIONS: tuple[tuple[str, Ask], ...] = (
    ("receptions.run", _of_receptions),
    ("petitions.view", _of_petitions),
    ("directives.view", _of_directives),
    ("handovers.receive", _of_handovers),
    ("clocks.view", _of_clocks),
    ("reports.view", _of_reports),
    ("escalations.acknowledge", _of_escalations),
    ("shared.view", _of_subordinates),
)
