"""Codes as people read and mistype them."""

import string

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tiepdan.petitions.codes import ALPHABET, check_letter, new_code, new_pin, prefix_of, read_code, verify_code

letters = st.text(ALPHABET, min_size=8, max_size=8)


def test_a_new_code_verifies():
    code = new_code("LS")
    assert len(code) == len("LS-7K2M9QXA4")
    assert verify_code(code)


@pytest.mark.parametrize(("slug", "prefix"), [("lang-son", "LS"), ("thua-thien-hue", "TTH"), ("hue", "HX"), ("", "VN")])
def test_a_prefix_is_the_initials_of_the_province(slug, prefix):
    assert prefix_of(slug) == prefix


@given(letters, st.integers(0, 7), st.sampled_from(ALPHABET))
def test_one_wrong_letter_is_found(body, place, wrong):
    spoiled = body[:place] + wrong + body[place + 1 :]
    if spoiled != body and {body[place], wrong} != {"0", "Z"}:
        assert check_letter(spoiled) != check_letter(body)


@given(letters)
def test_what_people_type_is_read_as_the_code(body):
    code = f"LS-{body}{check_letter(body)}"
    typed = f" ls {body[:4].lower()}-{body[4:]}{check_letter(body)} ".replace("0", "o")
    assert read_code(typed) == code


@pytest.mark.parametrize("text", ["", "LS", "LS-0000000", "12-000000000", "LS-UUUUUUUUU!", "nguyễn văn an"])
def test_what_is_no_code_is_none(text):
    assert read_code(text) is None


def test_a_pin_is_six_digits():
    pin = new_pin()
    assert len(pin) == 6
    assert set(pin) <= set(string.digits)
