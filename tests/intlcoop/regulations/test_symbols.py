"""A symbol that does not fit its issuer is said, and what nobody can judge is not (domain.md X-01)."""

from __future__ import annotations

import pytest

from intlcoop.regulations.choices import InstrumentKind as Kind
from intlcoop.regulations.models import Instrument
from intlcoop.regulations.symbols import doubts, read


@pytest.mark.parametrize(
    ("kind", "symbol", "issuer"),
    [
        (Kind.DECISION, "06/2020/QĐ-TTg", "Thủ tướng Chính phủ"),
        (Kind.DECISION, "06/2020/QĐ-TTg", "thủ tướng  chính phủ"),
        (Kind.DECISION, "1092/QĐ-BNV", "Bộ Nội vụ"),
        (Kind.DECREE, "30/2020/NĐ-CP", "Chính phủ"),
        (Kind.LAW, "49/2019/QH14", "Quốc hội"),
        (Kind.DIRECTIVE, "38-CT/TW", "Bộ Chính trị"),
        (Kind.GUIDANCE, "05-HD/BĐNTW", "Ban Đối ngoại Trung ương"),
        (Kind.OFFICIAL_LETTER, "1389/TTg-QHQT", "Thủ tướng Chính phủ"),
        (Kind.CIRCULAR, "12/2013/TTLT-BTC-BNG", "Bộ Ngoại giao"),
        (Kind.DECISION, "15/QĐ-UBND", "Ủy ban nhân dân thành phố minh họa"),
    ],
)
def test_what_fits_raises_no_doubt(kind, symbol, issuer):
    assert doubts(kind, symbol, issuer) == []


@pytest.mark.parametrize(
    ("kind", "symbol", "issuer", "words"),
    [
        (Kind.DECISION, "1439/QĐ-BNV", "Thủ tướng Chính phủ", ["Bộ Nội vụ", "Thủ tướng Chính phủ"]),
        (Kind.DECISION, "05/QĐ-TTg", "Chính phủ", ["Thủ tướng Chính phủ"]),
        (Kind.DECISION, "12/QĐ-XYZ", "Bộ Nội vụ", ["BNV"]),
        (Kind.DECREE, "12/QĐ-BNV", "Bộ Nội vụ", ["QĐ"]),
        (Kind.LAW, "///", "Quốc hội", ["///"]),
        (Kind.LAW, "123", "Quốc hội", ["123"]),
    ],
)
def test_what_does_not_fit_names_both_sides(kind, symbol, issuer, words):
    (sentence,) = doubts(kind, symbol, issuer)
    assert all(word in sentence for word in words)


def test_a_symbol_is_read_without_its_number_and_year():
    assert read("1439/QĐ-BNV") == (["QĐ"], ["BNV"])
    assert read("30/2020/NĐ-CP") == (["NĐ"], ["CP"])
    assert read("49/2019/QH14") == ([], ["QH"])


@pytest.mark.django_db
def test_of_the_shipped_instruments_only_the_one_of_the_article_is_doubted():
    doubted = [row.symbol for row in Instrument.objects.all() if doubts(row.kind, row.symbol, row.issuer)]
    assert doubted == ["1439/QĐ-BNV"]
