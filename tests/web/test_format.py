"""How values read on screen."""

from datetime import UTC, date, datetime

import pytest
from flask import Flask
from flask_babel import Babel

from tiepdan.web.format import (
    count_days_left,
    describe_days_left,
    format_date,
    format_datetime,
    format_document_date,
    format_number,
    format_weekday,
    initials,
    name_level,
)


@pytest.fixture
def vietnamese():
    app = Flask(__name__)
    Babel(app, default_locale="vi")
    with app.test_request_context():
        yield


def test_days_read_day_first():
    assert format_date(date(2024, 6, 28)) == "28/06/2024"


def test_no_day_reads_as_nothing():
    assert (format_date(None), format_datetime(None), format_number(None)) == ("", "", "")


def test_an_evening_in_utc_is_the_next_day_here():
    instant = datetime(2024, 6, 27, 18, 30, tzinfo=UTC)
    assert (format_date(instant), format_datetime(instant)) == ("28/06/2024", "01:30, 28/06/2024")


def test_an_instant_without_a_zone_is_refused():
    with pytest.raises(ValueError, match="aware"):
        format_datetime(datetime(2024, 6, 28, 8, 0))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("value", "decimals", "text"), [(1433, 0, "1.433"), (890, 0, "890"), (1433.5, 1, "1.433,5"), (0, 0, "0")]
)
def test_numbers_read_the_vietnamese_way(value, decimals, text):
    assert format_number(value, decimals) == text


# Nghị định 30/2020: a leading zero for days below 10 and for January and February.
@pytest.mark.parametrize(
    ("day", "text"),
    [
        (date(2024, 2, 5), "ngày 05 tháng 02 năm 2024"),
        (date(2024, 6, 28), "ngày 28 tháng 6 năm 2024"),
        (date(2024, 3, 9), "ngày 09 tháng 3 năm 2024"),
    ],
)
def test_documents_write_days_as_the_decree_says(day, text):
    assert format_document_date(day) == text


def test_the_due_day_itself_is_not_overdue():
    assert count_days_left(date(2024, 6, 28), date(2024, 6, 28)) == 0


@pytest.mark.usefixtures("vietnamese")
@pytest.mark.parametrize(
    ("due_on", "text"),
    [
        (date(2024, 6, 28), "Đến hạn hôm nay"),
        (date(2024, 7, 1), "Còn 3 ngày"),
        (date(2024, 6, 26), "Quá hạn 2 ngày"),
    ],
)
def test_a_deadline_says_how_far_away_it_is(due_on, text):
    assert describe_days_left(due_on, date(2024, 6, 28)) == text


@pytest.mark.usefixtures("vietnamese")
def test_weekdays_and_levels_have_names():
    assert (format_weekday(date(2024, 6, 28)), name_level("district")) == ("Thứ Sáu", "Cấp huyện")


def test_a_person_is_known_by_the_last_two_words():
    assert initials("Nguyễn Thị Hoa") == "TH"
