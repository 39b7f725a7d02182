from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from intlcoop.vietnamese.normalise import nfc


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        (unicodedata.normalize("NFD", "Hợp tác quốc tế"), "Hợp tác quốc tế"),
        ("Bộ\u00a0Nội\u202fvụ", "Bộ Nội vụ"),
        ("\ufeffBăng\u200b Cốc\u200d", "Băng Cốc"),
        ("đoàn\u00ad ra", "đoàn ra"),
        ("a\u0340", "à"),  # the deprecated Vietnamese grave mark
        ("dòng một\r\ndòng hai\rdòng ba", "dòng một\ndòng hai\ndòng ba"),
        ("số\x00 \x0b15\x1f", "số 15"),
        ("\ttab stays", "\ttab stays"),
        ("\u202etrái sang phải\u202c", "trái sang phải"),
        ("", ""),
    ],
)
def test_a_typed_text_gets_its_one_stored_form(typed, stored):
    assert nfc(typed) == stored


@given(st.text())
def test_normalising_twice_changes_nothing_more(text):
    assert nfc(nfc(text)) == nfc(text)


@given(st.text(alphabet="aăâeêioôơuưyđAĂÂĐ \u0300\u0309\u0303\u0301\u0323bcnh"))
def test_composed_and_decomposed_input_become_the_same_string(text):
    assert nfc(unicodedata.normalize("NFD", text)) == nfc(unicodedata.normalize("NFC", text))
