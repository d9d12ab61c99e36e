"""Words that plugins name, looked for in a text."""

import pytest

from tiepdan.core.plugins import check_of
from tiepdan.petitions.phrases import find_phrase, fold_words
from tiepdan.petitions.replies import is_broken
from tiepdan.sdk import Hint, Objection, PetitionKind, ReplyRule, ShareLevel, ShareRule

WORDS = {"vi": "Chữ", "en": "Words"}


@pytest.mark.parametrize(
    ("text", "phrase", "found"),
    [
        ("Bị THU HỒI ĐẤT, năm 2019", "thu hồi đất", True),
        ("bi thu hoi dat", "Thu hồi đất!", True),
        ("thu hồi.\n\nđất", "thu hồi đất", True),
        ("thu hồi chứng nhận đất", "thu hồi đất", False),
        ("thu hồi đấtđai", "thu hồi đất", False),
        ("đường phố", "đường", True),
        ("duongpho", "đường", False),
        ("", "đất", False),
    ],
)
def test_whole_words_without_case_and_marks(text, phrase, found):
    assert (find_phrase(fold_words(text), (phrase,)) == phrase) is found


def test_decomposed_letters_are_the_same_letters():
    assert find_phrase(fold_words("đe\u0302\u0300n bu\u0300"), ("đền bù",)) == "đền bù"


@pytest.mark.parametrize(
    ("rule", "text", "broken"),
    [
        (ReplyRule("a", WORDS, "x", needs=("căn cứ", "theo điều")), "Theo Điều 5.", False),
        (ReplyRule("a", WORDS, "x", needs=("căn cứ",)), "Vì lẽ đó.", True),
        (ReplyRule("a", WORDS, "x", forbids=("sẽ xem xét",)), "Chúng tôi sẽ XEM XÉT.", True),
        (ReplyRule("a", WORDS, "x", at_least=10), "   ngắn     ", True),
        (ReplyRule("a", WORDS, "x", at_least=5), "vừa đủ", False),
    ],
)
def test_a_reply_breaks_a_rule_or_not(rule, text, broken):
    assert is_broken(rule, text) is broken


@pytest.mark.parametrize(
    ("hook", "answer"),
    [
        ("classification_hints", {"a": 1}),
        ("classification_hints", [Hint("a", (), WORDS, field="land")]),
        ("classification_hints", [Hint("a", ("!",), WORDS, field="land")]),
        ("classification_hints", [Hint("a", ("đất",), WORDS)]),
        ("classification_hints", [Hint("a", ("đất",), {"vi": "Chữ"}, field="land")]),
        ("classification_hints", [Hint("a", ("đất",), WORDS, kind="complaint")]),
        ("classification_hints", [Hint("a", ("đất",), WORDS, field="land")] * 2),
        ("classification_hints", [Hint("a", "đất", WORDS, field="land")]),
        ("competence_objections", [Objection(WORDS, "")]),
        ("competence_objections", [Objection("lý do", "x")]),
        ("competence_objections", [Objection(WORDS, "x", blocking="yes")]),
        ("reply_checks", [ReplyRule("a", WORDS, "x")]),
        ("reply_checks", [ReplyRule("a", WORDS, "x", at_least=-1)]),
        ("reply_checks", [ReplyRule("a", WORDS, "x", at_least=True)]),
        ("reply_checks", [ReplyRule("a", WORDS, "", at_least=3)]),
        ("share_profiles", [ShareRule(PetitionKind.COMPLAINT, "none", "x")]),
        ("share_profiles", [ShareRule("complaint", ShareLevel.NONE, "x")]),
        ("share_profiles", [ShareRule(None, ShareLevel.NONE, " ")]),
    ],
)
def test_an_answer_of_the_wrong_shape_is_a_fault(hook, answer):
    with pytest.raises((TypeError, ValueError)):
        check_of(hook)(answer)
