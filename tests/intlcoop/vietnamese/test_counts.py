from __future__ import annotations

import pytest

from intlcoop.vietnamese.counts import Qualifier, count, count_of


@pytest.mark.parametrize(
    ("number", "qualifier", "text"),
    [
        (0, None, "0"),
        (5, None, "05"),
        (9, None, "09"),
        (10, None, "10"),
        (1234, None, "1.234"),
        (20, Qualifier.MORE_THAN, "hơn 20"),
        (20, "more_than", "hơn 20"),
        (5, "at_least", "ít nhất 05"),
        (100, "about", "khoảng 100"),
        (7, "", "07"),
    ],
)
def test_counts_in_documents(number, qualifier, text):
    assert count(number, qualifier) == text


def test_a_count_with_its_noun():
    assert count_of(2, "đoàn") == "02 đoàn"
    assert count_of(20, "đoàn", "more_than") == "hơn 20 đoàn"


@pytest.mark.parametrize(("number", "qualifier"), [(-1, None), (5, "exactly")])
def test_nonsense_is_refused(number, qualifier):
    with pytest.raises(ValueError):  # noqa: PT011 - the enum's own message or ours
        count(number, qualifier)
