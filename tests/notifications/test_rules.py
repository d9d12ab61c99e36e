"""Quiet hours, patience, texts: what is decided without a database."""

from datetime import datetime, timedelta

import pytest

from tiepdan.core.clock import TIMEZONE
from tiepdan.core.retries import MOST_ATTEMPTS, patience
from tiepdan.notifications.rules import (
    Happening,
    Language,
    QuietHours,
    is_mail_address,
    mask,
    read_phone,
)
from tiepdan.notifications.texts import fold, longest_needed, write_message

CODE = "HL-ABCD2345K"


def at(hour, minute=0):
    return datetime(2024, 6, 24, hour, minute, tzinfo=TIMEZONE)


@pytest.mark.parametrize(
    ("hour", "end"),
    [(20, None), (21, at(7) + timedelta(days=1)), (23, at(7) + timedelta(days=1)), (0, at(7)), (6, at(7)), (7, None)],
)
def test_no_telephone_rings_at_night(hour, end):
    assert QuietHours().end_of(at(hour, 30)) == end


def test_quiet_hours_of_the_afternoon_and_none_at_all():
    assert QuietHours(12, 14).end_of(at(13)) == at(14)
    assert QuietHours(12, 14).end_of(at(15)) is None
    assert QuietHours(8, 8).end_of(at(8)) is None


def test_all_attempts_take_about_three_days():
    waits = [patience(attempt) for attempt in range(MOST_ATTEMPTS - 1)]
    assert waits[0] == timedelta(minutes=5)
    assert timedelta(days=2, hours=20) < sum(waits, timedelta()) < timedelta(days=3)


@pytest.mark.parametrize("event", list(Happening))
@pytest.mark.parametrize("language", list(Language))
@pytest.mark.parametrize("sealed", [False, True])
def test_every_text_fits_one_text_message(event, language, sealed):
    body = "Ban Tiếp công dân Huyện ủy Hữu Lũng, tỉnh Lạng Sơn"
    url = "https://huyen-uy-huu-lung.tiepdan.langson.example.vn/track"
    _subject, text = write_message(event, language, body=body, code=CODE, url=url, sealed=sealed, longest=160)
    assert len(text) <= 160
    assert text.isascii()
    assert longest_needed(event) <= 160


@pytest.mark.parametrize("event", [event for event in Happening if event.value.startswith("petition.")])
@pytest.mark.parametrize("language", list(Language))
def test_of_a_sealed_case_a_text_says_that_there_is_news_and_nothing_else(event, language):
    subject, text = write_message(event, language, body="Huyện ủy", code=CODE, url="", sealed=True, longest=1_000)
    other = write_message(
        Happening.PETITION_RESULT, language, body="Huyện ủy", code="", url="", sealed=True, longest=1_000
    )
    assert (subject, text) == other
    assert CODE not in text
    assert "tố cáo" not in (subject + text).casefold()


def test_a_text_with_room_keeps_its_marks_and_says_where_to_look():
    _subject, text = write_message(
        Happening.PETITION_ACCEPTED,
        Language.VI,
        body="Huyện ủy",
        code=CODE,
        url="https://x.vn/track",
        sealed=False,
        longest=1_000,
    )
    assert (
        text
        == f"Huyện ủy: đơn {CODE} đã được thụ lý. Tra cứu bằng mã và mã PIN trên giấy biên nhận tại https://x.vn/track."
    )


def test_a_text_that_cannot_fit_is_refused():
    with pytest.raises(ValueError):
        write_message(Happening.PETITION_RESULT, Language.VI, body="x", code=CODE, url="", sealed=False, longest=40)


def test_marks_come_off():
    assert fold("Đơn đã được thụ lý – Ơ") == "Don da duoc thu ly ? O"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("0912 345 678", "0912345678"), ("+84 912.345.678", "+84912345678"), ("không có", ""), ("12", ""), ("", "")],
)
def test_a_telephone_number_is_read(typed, read):
    assert read_phone(typed) == read


def test_an_address_is_masked():
    assert mask("0912 345 678") == "•••678"
    assert mask("a@b.vn") == "•••@b.vn"
    assert mask("") == mask("12") == "•••"


@pytest.mark.parametrize(
    ("login", "is_one"),
    [
        ("an@langson.gov.vn", True),
        ("an", False),
        ("an@test", False),
        ("@x.vn", False),
        ("ngọc@x.vn", False),
        ("an@x.vn\nBcc: b@y.vn", False),
    ],
)
def test_a_login_may_be_a_mail_address(login, is_one):
    assert is_mail_address(login) is is_one
