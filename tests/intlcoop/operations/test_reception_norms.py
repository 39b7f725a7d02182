"""`manage.py reception_norms` over the rows that `migrate` loads (contracts.md)."""

from __future__ import annotations

import io
import json
from typing import Any

import pytest
from django.core.management import call_command
from django.core.management.base import CommandError

pytestmark = pytest.mark.django_db


def asked(*more: str, guest_class: str = "B", mode: str = "guest", on: str = "2026-06-01") -> dict[str, Any]:
    out = io.StringIO()
    call_command(
        "reception_norms", "--guest-class", guest_class, "--guests", "5", "--days", "2", "--mode", mode, "--on", on,
        "--json", *more, stdout=out,
    )  # fmt: skip
    return json.loads(out.getvalue())


def amounts(answer: dict[str, Any]) -> dict[str, Any]:
    return {f"{row['item']}.{row['part']}": row["amount"] for row in answer["ceilings"]}


def test_guests_of_class_b_who_pay_for_themselves() -> None:
    answer = asked()
    assert amounts(answer) == {
        "banquet.any": 10_000_000,
        "drinks.any": 3_200_000,
        "flowers.head": 1_000_000,
        "gifts.head": 1_800_000,
        "gifts.member": 4_000_000,
    }
    assert (answer["norm"], answer["total"]) == ("35/2026/TT-BTC", 20_000_000)
    assert all("35/2026/TT-BTC" in row["citation"] for row in answer["ceilings"])


def test_the_old_norm_holds_only_where_approval_and_beginning_precede_the_change() -> None:
    assert amounts(asked(mode="full", on="2026-05-17"))["meals.any"] == 10_000_000
    assert amounts(asked(mode="full", on="2026-05-18"))["meals.any"] == 20_000_000
    assert amounts(asked("--approved-on", "2026-05-18", mode="full", on="2026-05-17"))["meals.any"] == 20_000_000
    assert amounts(asked("--approved-on", "2026-05-01", mode="full", on="2026-05-18"))["meals.any"] == 20_000_000


def test_heads_of_state_are_received_by_their_scheme() -> None:
    answer = asked(guest_class="special", mode="full")
    assert {row["text"] for row in answer["ceilings"]} == {"theo đề án"}
    assert answer["total"] is None


@pytest.mark.parametrize("wrong", [("--guests", "0"), ("--days", "x"), ("--on", "18-05-2026"), ("--guest-class", "D")])
def test_bad_values_are_refused_in_words(wrong: tuple[str, str]) -> None:
    with pytest.raises(CommandError):
        asked(*wrong)
