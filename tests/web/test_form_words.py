"""WTForms speaks Vietnamese, in a form and in the rows of a form."""

import pytest
from flask import Flask
from flask_babel import Babel
from werkzeug.datastructures import MultiDict
from wtforms import FieldList, FormField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Length

from tiepdan.web.forms import Form
from tiepdan.web.repeats import Row, blank_entry


class _Person(Row):
    name = StringField("Họ tên", [Length(min=2)])


class _Visit(Form):
    channel = SelectField("Kênh", choices=[SelectChoice("desk", "Tại trụ sở")])
    people = FieldList(FormField(_Person), min_entries=1)


@pytest.fixture
def visit():
    app = Flask(__name__)
    app.config["SECRET_KEY"] = "a key for one test"
    Babel(app, default_locale="vi")
    with app.test_request_context():
        yield _Visit(MultiDict({"channel": "ship", "people-0-name": "A"}), meta={"csrf": False})


def test_complaints_are_in_vietnamese(visit):
    visit.validate()
    assert visit.channel.errors == ["Hãy chọn một mục trong danh sách."]


def test_complaints_in_a_row_are_too(visit):
    visit.validate()
    assert visit.people[0].form.name.errors == ["Cần ít nhất 2 ký tự."]


def test_the_blank_row_waits_for_its_number(visit):
    assert blank_entry(visit.people).form.name.name == "people-__index__-name"
