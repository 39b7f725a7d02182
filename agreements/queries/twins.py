"""Is this paper in the register already, under another language's title or another spelling?

Two papers look alike when they have a partner in common and either their titles share most of the words that tell papers
apart (English ones are read as their Vietnamese equivalents), or they are of one kind and of one day. Years and numbers in
titles must be the same: a plan for 2024 is not the plan for 2025.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from agreements.choices import AgreementState
from agreements.models import InternationalAgreement
from intlcoop.catalogues.models import CooperationField
from intlcoop.vietnamese.folding import fold

#: So much of the words of both titles together has to be common to both.
LIKE = 0.6
#: Names of kinds of papers, which tell no paper from another, and English words as their Vietnamese equivalents.
KINDS = (
    "memorandum of understanding", "cooperation agreement", "agreement on cooperation", "cooperation plan",
    "plan of cooperation", "cooperation programme", "cooperation program", "letter of intent", "bien ban ghi nho",
    "ban ghi nho", "thoa thuan hop tac", "thoa thuan", "ke hoach hop tac", "chuong trinh hop tac", "y dinh thu",
)  # fmt: skip
EQUIVALENTS = {
    "archives and records": "van thu luu tru", "records and archives": "van thu luu tru", "archives": "luu tru",
    "archival": "luu tru", "archive": "luu tru", "records": "van thu", "training": "dao tao", "fostering": "boi duong",
    "education": "giao duc", "ethnic minorities": "dan toc thieu so", "ethnic affairs": "dan toc", "ethnic": "dan toc",
    "religious affairs": "ton giao", "religion": "ton giao", "religious": "ton giao", "cults": "nghi le",
    "administrative reform": "cai cach hanh chinh", "public administration": "hanh chinh cong",
    "civil service": "cong vu", "civil servants": "cong chuc", "research": "nghien cuu", "science": "khoa hoc",
    "students": "sinh vien", "exchange": "trao doi", "local government": "chinh quyen dia phuong", "youth": "thanh nien",
}  # fmt: skip
NOISE_WORDS = (
    "ve giua va voi cua cho trong tai cac nhung linh vuc hop tac nuoc bo viet nam "
    "on between and with of the for in a an field fields cooperation mou bgn republic ministry vietnam"
)
NOISE = frozenset(NOISE_WORDS.split())
SHOWN = 5


@dataclass(frozen=True, slots=True)
class Twin:
    agreement: InternationalAgreement
    partner: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """What two papers are compared by."""

    titles: tuple[frozenset[str], ...]
    kind: str
    on: dt.date | None

    def to(self, other: Likeness) -> bool:
        if self.on is not None and self.on == other.on and self.kind == other.kind:
            return True
        return any(alike(mine, theirs) for mine in self.titles for theirs in other.titles)


def twins_of(agreement: InternationalAgreement) -> list[Twin]:
    """Other papers with a partner of this one that look like it; at most five."""
    partners = {party.partner_id: party.partner for party in agreement.parties.select_related("partner")}
    book = Book(partners.values())
    return _twins(book.likeness(agreement), book, partners, without=[agreement.pk, agreement.renews_id])


def twins_among(titles: Iterable[str], kind: str, on: dt.date | None, partners: Mapping[int, Any]) -> list[Twin]:
    """The same for a paper that is no row yet: a line of a sheet."""
    book = Book(partners.values())
    mine = Likeness(titles=book.words(titles), kind=kind, on=on)
    return _twins(mine, book, partners, without=[])


class Book:
    """What titles are read with: fields of cooperation in both languages, and the names of the partners, which both have."""

    def __init__(self, partners: Iterable[Any]) -> None:
        fields = {fold(each.name_en): fold(each.name_vi) for each in CooperationField.objects.all()}
        self.equivalents = sorted((EQUIVALENTS | fields).items(), key=lambda pair: -len(pair[0]))
        names = {fold(name) for each in partners for name in (each.name_vi, each.name_en, each.short_name) if name}
        self.left_out = sorted({*KINDS, *names}, key=len, reverse=True)

    def likeness(self, agreement: InternationalAgreement) -> Likeness:
        on = agreement.signed_on or agreement.intended_on
        return Likeness(titles=self.words([agreement.case.title, agreement.title_en]), kind=agreement.kind, on=on)

    def words(self, titles: Iterable[str]) -> tuple[frozenset[str], ...]:
        return tuple(self.words_of(title) for title in titles if title.strip())

    def words_of(self, title: str) -> frozenset[str]:
        folded = f" {fold(title)} "
        for phrase in self.left_out:
            folded = folded.replace(f" {phrase} ", " ")
        for english, vietnamese in self.equivalents:
            folded = folded.replace(f" {english} ", f" {vietnamese} ")
        return frozenset(folded.split()) - NOISE


def alike(mine: frozenset[str], theirs: frozenset[str]) -> bool:
    """Whether two titles say the same; those of which only the kind is left say nothing else."""
    if not mine or not theirs:
        return mine == theirs
    if {word for word in mine if word.isdecimal()} != {word for word in theirs if word.isdecimal()}:
        return False
    return len(mine & theirs) / len(mine | theirs) >= LIKE


def _twins(mine: Likeness, book: Book, partners: Mapping[int, Any], *, without: list[int | None]) -> list[Twin]:
    left_out = [pk for pk in without if pk]
    others = (
        InternationalAgreement.objects.filter(parties__partner__in=list(partners))
        .exclude(pk__in=left_out)
        .exclude(renews__in=left_out)
        .exclude(case__state__in=AgreementState.GIVEN_UP)
        .select_related("case")
        .prefetch_related("parties__partner")
        .order_by("pk")
        .distinct()
    )
    found = []
    for other in others:
        if mine.to(book.likeness(other)):
            common = next(party.partner for party in other.parties.all() if party.partner_id in partners)
            found.append(Twin(other, str(common)))
    return found[:SHOWN]
