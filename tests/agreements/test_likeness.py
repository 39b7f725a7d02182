"""Names of one partner, however written, and names that only look alike: 200 pairs, precision and recall."""

from __future__ import annotations

import csv
import unicodedata
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from agreements.likeness import ALIKE, distance, likeness, readings, searches, traces

PAIRS = Path(__file__).parent / "pairs.csv"


def pairs() -> list[dict[str, str]]:
    with PAIRS.open(encoding="utf-8", newline="") as handle:
        return list(csv.DictReader(handle))


def measured(rows: list[dict[str, str]]) -> tuple[float, float]:
    """(precision, recall) of "the same partner" over these pairs."""
    right = wrong = missed = 0
    for row in rows:
        said = likeness(row["a"], row["b"], row["country_a"], row["country_b"]) >= ALIKE
        same = row["same"] == "1"
        right += said and same
        wrong += said and not same
        missed += same and not said
    return right / (right + wrong), right / (right + missed)


def test_the_two_hundred_pairs_are_one_hundred_of_each():
    rows = pairs()
    assert [sum(row["same"] == kind for row in rows) for kind in ("1", "0")] == [100, 100]
    assert len({(row["a"], row["country_a"], row["b"], row["country_b"]) for row in rows}) == 200


@pytest.mark.parametrize("half", [None, 0, 1])
def test_precision_and_recall_are_above_nine_tenths(half):
    """All pairs; the half by which the rules were found (0); the half that was kept for judging (1)."""
    rows = [row for number, row in enumerate(pairs()) if half is None or number // 2 % 2 == half]
    precision, recall = measured(rows)
    print(f"half {half}: precision {precision:.3f}, recall {recall:.3f} over {len(rows)} pairs")  # noqa: T201
    assert precision > 0.9
    assert recall > 0.9


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("UNICEP Viet Nam", "UNICEF Việt Nam"),
        ("Ministry of Home Affairs of Laos", "Bộ Nội vụ Lào"),
        ("Hội đồng Văn hóa - Xã hội", "Hội đồng Văn hoá Xã hội"),
        ("Chương trình Phát triển Liên hợp quốc (UNDP)", "UNDP"),
    ],
)
def test_what_the_articles_write_in_several_ways_is_one(one, other):
    assert likeness(one, other) >= ALIKE


def test_the_same_name_in_another_country_is_another_partner():
    assert likeness("Bộ Nội vụ", "Bộ Nội vụ", "LA", "KH") == 0
    assert likeness("Bộ Nội vụ", "Bộ Nội vụ", "LA", "LA") == 1
    assert likeness("Bộ Nội vụ Lào", "Bộ Nội vụ", "", "LA") == 1


@given(st.sampled_from([row["a"] for row in pairs()]), st.sampled_from([row["b"] for row in pairs()]))
def test_it_does_not_matter_which_name_comes_first_or_how_its_letters_are_composed(one, other):
    score = likeness(one, other)
    assert score == pytest.approx(likeness(other, one))
    assert score == likeness(unicodedata.normalize("NFD", one), other)
    assert 0 <= score <= 1
    assert likeness(one, one) == pytest.approx(1)


@given(st.text(max_size=60), st.text(max_size=60))
def test_nothing_that_can_be_typed_breaks_it(one, other):
    assert 0 <= likeness(one, other) <= 1
    traces([one, other])
    searches([one])


def test_only_an_abbreviation_in_brackets_is_another_name():
    assert likeness("Quỹ Hỗ trợ cộng đồng (minh họa)", "Viện Nghiên cứu vùng cao (minh họa)") < ALIKE
    assert likeness("Quỹ Hỗ trợ cộng đồng (mới)", "Viện Nghiên cứu vùng cao (mới)") < ALIKE
    assert likeness("JICA (Cơ quan Hợp tác quốc tế Nhật Bản)", "Japan International Cooperation Agency") >= ALIKE
    assert likeness("Bộ Tài chính (Lào)", "Bộ Tài chính (Thái Lan)") == 0
    assert readings("(UNDP)") == readings("UNDP")


def test_a_name_without_letters_is_like_nothing():
    assert readings("() – …") == ()
    assert likeness("", "UNDP") == likeness("???", "???") == 0


def test_a_letter_swapped_is_one_error():
    assert [distance("unicef", other, 2) for other in ("unicef", "unicfe", "unicep", "unic", "unesco")] == [
        0,
        1,
        1,
        2,
        3,
    ]
