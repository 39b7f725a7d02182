"""How is a count written in a document? Below ten with a zero in front: "05 đoàn", "hơn 20 đoàn" (domain A5)."""

from __future__ import annotations

from enum import StrEnum

from intlcoop.vietnamese.numbers import format_number


class Qualifier(StrEnum):
    """How exact a stated total is; the values are those of the report's JSON."""

    MORE_THAN = "more_than"
    AT_LEAST = "at_least"
    ABOUT = "about"


WORDS = {Qualifier.MORE_THAN: "hơn", Qualifier.AT_LEAST: "ít nhất", Qualifier.ABOUT: "khoảng"}


def count(number: int, qualifier: str | None = None) -> str:
    """5 -> "05", 12 -> "12", 1234 -> "1.234", 0 -> "0"; with a qualifier "hơn 20".

    For documents only: a dashboard shows the plain number. Raises ValueError for a negative count.
    """
    if number < 0:
        raise ValueError("a count is not negative")
    figure = f"{number:02d}" if 0 < number < 10 else format_number(number)
    return f"{WORDS[Qualifier(qualifier)]} {figure}" if qualifier else figure


def count_of(number: int, noun: str, qualifier: str | None = None) -> str:
    """5 and "đoàn" -> "05 đoàn". Vietnamese nouns have no plural."""
    return f"{count(number, qualifier)} {noun}"
