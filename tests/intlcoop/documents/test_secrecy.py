from __future__ import annotations

import time
import unicodedata

import pytest

from intlcoop.documents.secrecy import Level, Mark, Place, find_secrecy_mark
from intlcoop.vietnamese.folding import fold
from tests.intlcoop.documents import secrecy_corpus as corpus


def missed(texts, place=Place.BODY):
    return [text for text in texts if find_secrecy_mark(text, place=place) is None]


def suspected(texts, place=Place.BODY):
    return [text for text in texts if find_secrecy_mark(text, place=place) is not None]


def test_the_corpus_is_large_enough_to_mean_something():
    stamped = {*corpus.STAMPED, *corpus.STAMPED_MARGINS, *corpus.STAMPED_NAMES}
    plain = {*corpus.PLAIN, *corpus.PLAIN_MARGINS, *corpus.PLAIN_NAMES, *corpus.PLAIN_PEOPLE}
    assert len(stamped) >= 60
    assert len(plain) >= 300
    assert sum("mat" in fold(text).replace(" ", "") for text in plain) >= 300


def test_every_stamp_in_a_text_is_found():
    assert missed(corpus.STAMPED) == []


def test_every_stamp_in_headers_titles_and_names_is_found():
    assert missed(corpus.STAMPED_MARGINS, Place.MARGIN) == []
    assert missed(corpus.STAMPED_NAMES, Place.NAME) == []


def test_ordinary_texts_pass():
    wrong = [
        *suspected(corpus.PLAIN),
        *suspected(corpus.PLAIN_MARGINS, Place.MARGIN),
        *suspected(corpus.PLAIN_NAMES, Place.NAME),
        *suspected(corpus.PLAIN_PEOPLE, Place.PERSON),
    ]
    total = len(corpus.PLAIN) + len(corpus.PLAIN_MARGINS) + len(corpus.PLAIN_NAMES) + len(corpus.PLAIN_PEOPLE)
    assert len(wrong) <= total * 0.01, wrong


def test_decomposed_letters_are_the_same_text():
    decomposed = [unicodedata.normalize("NFD", text) for text in corpus.STAMPED]
    assert missed(decomposed) == []
    assert suspected([unicodedata.normalize("NFD", text) for text in corpus.PLAIN]) == []


def test_a_stamp_in_the_middle_of_a_long_paper_is_found():
    prose = "\n".join(corpus.MADE)
    assert find_secrecy_mark(prose) is None
    assert find_secrecy_mark(f"{prose}\n\nTỐI MẬT\n\n{prose}") == Mark(Level.TOI_MAT, Place.BODY)


@pytest.mark.parametrize(
    ("text", "level"),
    [("MẬT", Level.MAT), ("T Ố I  M Ậ T", Level.TOI_MAT), ("Độ mật: Tuyệt mật", Level.TUYET_MAT), ("tuyet-mat", None)],
)
def test_the_level_is_named(text, level):
    mark = find_secrecy_mark(text)
    assert (mark and mark.level) == level


def test_a_mark_says_nothing_of_the_words_around_it():
    mark = find_secrecy_mark("Độ mật: Mật. Nội dung cuộc gặp với ông X")
    assert mark is not None
    assert "ông X" not in repr(mark)


@pytest.mark.parametrize("place", list(Place))
@pytest.mark.parametrize(
    "unit", ["MẬT độ ", "M Ậ T ", "TỐI MẬT, MẬT ", "độ mật (", "☐ mật ", "dấu MẬT a\n", "a ", "- MẬT x", "[", "Số: ("]
)
def test_no_text_takes_long(unit, place):
    text = unit * (50_000 // len(unit))
    started = time.process_time()
    find_secrecy_mark(text, place=place)
    assert time.process_time() - started < 2
