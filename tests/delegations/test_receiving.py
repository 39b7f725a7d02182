"""The ceilings of reception, to the đồng: thirty cases reckoned by hand from domain.md B.6 (Circulars 35/2026 and 71/2018).

No database: the shipped rows are read as data.
"""

from __future__ import annotations

import datetime as dt
from decimal import Decimal

import pytest

from delegations.receiving import BY_SCHEME, KNOWN, UNKNOWN, Norm, Party, Shares, Spent, ceilings, compare, total
from delegations.reference.reception_norms import SETS

NEW, OLD = dt.date(2026, 6, 1), dt.date(2026, 5, 17)
NORMS = [
    Norm(
        guest_class=kind, item=item, part=part, unit=unit, amount=Decimal(amount), citation=article, symbol=symbol,
        first=first, last=last,
    )
    for symbol, first, last, rows in SETS
    for kind, item, part, unit, amount, article, _note in rows
]  # fmt: skip


def party(guest_class: str, guests: int, days: int, mode: str = "full", on: dt.date = NEW, **more: object) -> Party:
    return Party(guest_class=guest_class, guests=guests, days=days, mode=mode, starts_on=on, **more)  # type: ignore[arg-type]


def sums(visit: Party) -> dict[str, int | str]:
    """Per item the sum of its parts, or how it stands where a part has no figure."""
    found: dict[str, int | str] = {}
    for each in ceilings(NORMS, visit):
        before = found.get(each.item, 0)
        known = each.amount is not None and isinstance(before, int)
        found[each.item] = before + int(each.amount) if known else each.standing  # type: ignore[operator,arg-type]
    return found


B5 = {"banquet": 10_000_000, "drinks": 3_200_000, "flowers": 1_000_000, "gifts": 5_800_000}
#: (guests, what is allowed per item): each figure by hand, in đồng.
CASES = [
    # class A: hotel 9.4 + 7.7 a deputy + 6.0 a member and night; meals 3.0; drinks 0.3 a half-day; gifts 2.6 + 1.0
    (party("A", 1, 1), {"meals": 3_000_000, "banquet": 3_000_000, "drinks": 600_000, "flowers": 1_000_000, "gifts": 2_600_000}),
    (party("A", 1, 2), {"hotel": 9_400_000, "meals": 6_000_000, "banquet": 3_000_000, "drinks": 1_200_000,
                        "flowers": 1_000_000, "gifts": 2_600_000}),
    (party("A", 3, 3), {"hotel": 42_800_000, "meals": 27_000_000, "banquet": 9_000_000, "drinks": 5_400_000,
                        "flowers": 1_000_000, "gifts": 4_600_000}),
    (party("A", 5, 4, deputies=1), {"hotel": 105_300_000, "meals": 60_000_000, "banquet": 15_000_000, "drinks": 12_000_000,
                                    "flowers": 1_000_000, "gifts": 6_600_000}),
    (party("A", 2, 2, deputies=1), {"hotel": 17_100_000, "meals": 12_000_000, "banquet": 6_000_000, "drinks": 2_400_000,
                                    "flowers": 1_000_000, "gifts": 3_600_000}),
    (party("A", 4, 2, "guest"), {"banquet": 12_000_000, "drinks": 4_800_000, "flowers": 1_000_000, "gifts": 5_600_000}),
    # class B: hotel 7.7 (deputy as well) + 4.8; meals 2.0; drinks 0.16; gifts 1.8 + 1.0
    (party("B", 1, 1), {"meals": 2_000_000, "banquet": 2_000_000, "drinks": 320_000, "flowers": 1_000_000, "gifts": 1_800_000}),
    (party("B", 5, 2), {"hotel": 26_900_000, "meals": 20_000_000, **B5}),
    (party("B", 5, 2, "guest"), B5),
    (party("B", 5, 2, "partly"), {"hotel": 26_900_000, "meals": 20_000_000, **B5}),
    (party("B", 8, 3, deputies=1), {"hotel": 88_400_000, "meals": 48_000_000, "banquet": 16_000_000, "drinks": 7_680_000,
                                    "flowers": 1_000_000, "gifts": 8_800_000}),
    (party("B", 10, 5), {"hotel": 203_600_000, "meals": 100_000_000, "banquet": 20_000_000, "drinks": 16_000_000,
                         "flowers": 1_000_000, "gifts": 10_800_000}),
    (party("B", 2, 1, "guest"), {"banquet": 4_000_000, "drinks": 640_000, "flowers": 1_000_000, "gifts": 2_800_000}),
    (party("B", 3, 2, nights=2), {"hotel": 34_600_000, "meals": 12_000_000, "banquet": 6_000_000, "drinks": 1_920_000,
                                  "flowers": 1_000_000, "gifts": 3_800_000}),
    # class C: hotel 4.3 + 3.0 (nothing said of a deputy: a member); meals 1.6; drinks 0.12; no flowers; gifts not known
    (party("C", 1, 1), {"meals": 1_600_000, "banquet": 1_600_000, "drinks": 240_000, "gifts": UNKNOWN}),
    (party("C", 4, 3), {"hotel": 26_600_000, "meals": 19_200_000, "banquet": 6_400_000, "drinks": 2_880_000, "gifts": UNKNOWN}),
    (party("C", 3, 2, deputies=1), {"hotel": 10_300_000, "meals": 9_600_000, "banquet": 4_800_000, "drinks": 1_440_000,
                                    "gifts": UNKNOWN}),
    (party("C", 2, 2, "guest"), {"banquet": 3_200_000, "drinks": 960_000, "gifts": UNKNOWN}),
    (party("C", 1, 1, "guest", is_farewell=True), {"banquet": 1_600_000, "drinks": 240_000, "gifts": UNKNOWN,
                                                   "farewell_meal": 2_000_000, "farewell_gift": 1_800_000}),
    # other foreign guests: hotel 1.6 each; meals 1.2; drinks 0.12
    (party("other", 1, 1), {"meals": 1_200_000, "banquet": 1_200_000, "drinks": 240_000, "gifts": UNKNOWN}),
    (party("other", 6, 3), {"hotel": 19_200_000, "meals": 21_600_000, "banquet": 7_200_000, "drinks": 4_320_000,
                            "gifts": UNKNOWN}),
    (party("other", 20, 2, "guest"), {"banquet": 24_000_000, "drinks": 9_600_000, "gifts": UNKNOWN}),
    # the special class: by its scheme, whatever the item
    (party("special", 12, 3), dict.fromkeys(("hotel", "meals", "banquet", "drinks", "flowers", "gifts"), BY_SCHEME)),
    (party("special", 1, 1, "guest"), dict.fromkeys(("banquet", "drinks", "flowers", "gifts"), BY_SCHEME)),
    # the old circular: meals 1.5 / 1.0 / 0.8 / 0.6, flowers 0.5; nothing else is known of it
    (party("A", 2, 2, on=OLD), {"hotel": UNKNOWN, "meals": 6_000_000, "banquet": UNKNOWN, "drinks": UNKNOWN,
                                "flowers": 500_000, "gifts": UNKNOWN}),
    (party("B", 5, 2, on=OLD), {"hotel": UNKNOWN, "meals": 10_000_000, "banquet": UNKNOWN, "drinks": UNKNOWN,
                                "flowers": 500_000, "gifts": UNKNOWN}),
    (party("C", 3, 1, on=OLD), {"meals": 2_400_000, "banquet": UNKNOWN, "drinks": UNKNOWN, "gifts": UNKNOWN}),
    (party("other", 4, 2, on=OLD), {"hotel": UNKNOWN, "meals": 4_800_000, "banquet": UNKNOWN, "drinks": UNKNOWN,
                                    "gifts": UNKNOWN}),
    # approved before, begun on the day of the change: the new one; approved late, begun before: the new one as well
    (party("B", 5, 2, on=dt.date(2026, 5, 18), approved_on=OLD), {"hotel": 26_900_000, "meals": 20_000_000, **B5}),
    (party("B", 5, 2, on=OLD, approved_on=dt.date(2026, 5, 18)), {"hotel": 26_900_000, "meals": 20_000_000, **B5}),
]  # fmt: skip


def test_there_are_thirty_cases() -> None:
    assert len(CASES) == 30


@pytest.mark.parametrize(("visit", "allowed"), CASES)
def test_the_ceilings_of_a_visit(visit: Party, allowed: dict[str, int | str]) -> None:
    assert sums(visit) == allowed


def test_the_sum_leaves_out_what_is_only_perhaps_ours_and_is_none_when_a_part_is_not_known() -> None:
    assert total(ceilings(NORMS, party("B", 5, 2, "partly"))) == Decimal(20_000_000)
    assert total(ceilings(NORMS, party("B", 5, 2))) == Decimal(66_900_000)
    assert total(ceilings(NORMS, party("C", 5, 2))) is None
    assert total(ceilings(NORMS, party("special", 5, 2))) is None


def test_every_ceiling_says_its_article() -> None:
    assert all(each.citation and each.standing == KNOWN for each in ceilings(NORMS, party("A", 5, 3)))


@pytest.mark.parametrize(("item", "amount", "over"), [
    ("banquet", 10_000_000, 0),
    ("banquet", 10_000_001, 1),
    ("hotel", 1_000_000, 1_000_000),  # the guests pay their hotel themselves
    ("cars", 50_000_000, 0),  # cars have no norm in money
])  # fmt: skip
def test_what_is_spent_beyond_the_norm_needs_a_reason(item: str, amount: int, over: int) -> None:
    visit = party("B", 5, 2, "guest")
    (found,) = compare(NORMS, visit, [Spent(item=item, amount=Decimal(amount))])
    assert (found.over, found.wants_reason) == (over, over > 0)
    (found,) = compare(NORMS, visit, [Spent(item=item, amount=Decimal(amount), reason="Thêm khách của phía bạn")])
    assert not found.wants_reason


def test_two_lines_of_one_item_are_added_up() -> None:
    lines = [Spent(item="drinks", amount=Decimal(2_000_000)), Spent(item="drinks", amount=Decimal(1_200_001))]
    (found,) = compare(NORMS, party("B", 5, 2), lines)
    assert (found.spent, found.ceiling, found.over) == (3_200_001, 3_200_000, 1)


def test_translation_and_interpreting_are_reckoned_by_pages_and_hours() -> None:
    lines = [
        Spent(item="translation_in", amount=Decimal(3_000_000), quantity=Decimal(10)),
        Spent(item="simultaneous", amount=Decimal(5_000_000), quantity=Decimal("2.5")),
        Spent(item="interpreting", amount=Decimal(1)),
    ]
    found = {each.item: (each.ceiling, each.over) for each in compare(NORMS, party("special", 5, 2), lines)}
    assert found["translation_in"] == (3_000_000, 0)
    assert found["simultaneous"] == (3_750_000, 1_250_000)
    assert found["interpreting"] == (None, 0)  # hours not said: no ceiling, and no zero either


#: (item, pages or hours, how it is reckoned, ceiling): 300 and 360 thousand a page, 750 thousand and 1,5 million an hour.
RATED = [
    ("translation_in", 10, "", 3_000_000),
    ("translation_in", 10, "language", 3_900_000),
    ("translation_out", 10, "language", 4_680_000),
    ("translation_out", "0.5", "language", 234_000),
    ("interpreting", 4, "", 3_000_000),
    ("interpreting", 4, "in_house", 1_500_000),
    ("simultaneous", "2.5", "in_house", 1_875_000),
    ("interpreting", 1, "in_house", 375_000),
]
SHARES = Shares(other_language=30, in_house=50)


@pytest.mark.parametrize(("item", "quantity", "rate", "ceiling"), RATED)
def test_other_languages_may_cost_more_and_our_own_interpreters_less(item, quantity, rate, ceiling) -> None:
    line = Spent(item=item, amount=Decimal(ceiling + 1), quantity=Decimal(quantity), rate=rate)
    (found,) = compare(NORMS, party("B", 5, 2), [line], SHARES)
    assert (found.ceiling, found.over) == (ceiling, 1)


def test_lines_that_are_reckoned_otherwise_are_added_up_each_by_its_own_share() -> None:
    lines = [
        Spent(item="translation_in", amount=Decimal(3_000_000), quantity=Decimal(10)),
        Spent(item="translation_in", amount=Decimal(780_000), quantity=Decimal(2), rate="language"),
    ]
    (found,) = compare(NORMS, party("B", 5, 2), lines, SHARES)
    assert (found.ceiling, found.over) == (3_780_000, 0)


def test_without_a_rule_nothing_is_added_and_of_our_own_people_no_ceiling_is_known() -> None:
    lines = [
        Spent(item="translation_in", amount=Decimal(1), quantity=Decimal(10), rate="language"),
        Spent(item="interpreting", amount=Decimal(1), quantity=Decimal(4), rate="in_house"),
    ]
    found = {each.item: (each.ceiling, each.standing) for each in compare(NORMS, party("B", 5, 2), lines)}
    assert found == {"translation_in": (3_000_000, KNOWN), "interpreting": (None, UNKNOWN)}


def test_the_special_class_never_has_a_ceiling_of_zero() -> None:
    (found,) = compare(NORMS, party("special", 5, 2, "guest"), [Spent(item="hotel", amount=Decimal(1))])
    assert (found.ceiling, found.standing, found.over) == (None, BY_SCHEME, 0)


@pytest.mark.parametrize("wrong", [{"guests": 0}, {"days": 0}, {"deputies": -1}, {"nights": -1}])
def test_a_party_of_nobody_is_none(wrong: dict[str, int]) -> None:
    values = {"guests": 1, "days": 1} | wrong
    with pytest.raises(ValueError, match="at least one"):
        Party(guest_class="A", mode="full", starts_on=NEW, **values)  # type: ignore[arg-type]
