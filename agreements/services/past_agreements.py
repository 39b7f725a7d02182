"""Taking over agreements of the past: many at once, each with where it was read."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from django.db import transaction

from agreements.choices import AgreementKind, DatePrecision, DealingKind, InNameOf, Regime
from agreements.models import AgreementParty, Dealing, InternationalAgreement, Partner
from agreements.queries.agreements import content_of
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.catalogues.searching import search_text
from intlcoop.people.models import OrgUnit
from intlcoop.workflow.models import Case
from intlcoop.workflow.past import PastFile, move_past_files, open_past_files, record_past

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: In force, signed but not yet in force, expired, ended before its time: the transition that says so.
STANDINGS = {
    "in_force": "import",
    "signed": "import_signed",
    "expired": "import_expired",
    "terminated": "import_ended",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class PastAgreement:
    """One agreement of the past. `year` numbers its file when the day of signing is not known."""

    title: str
    unit: OrgUnit
    partners: tuple[Partner, ...]
    year: int
    standing: str = "in_force"
    regime: str = Regime.INTERNATIONAL_AGREEMENT
    kind: str = AgreementKind.MOU
    in_name_of: str = InNameOf.MINISTRY
    title_en: str = ""
    title_native: str = ""
    languages: tuple[str, ...] = ()
    content: str = ""
    cooperation: tuple[CooperationField, ...] = ()
    signed_on: dt.date | None = None
    signed_precision: str = DatePrecision.DAY
    signed_place: str = ""
    signed_country: Country | None = None
    signed_during: Case | None = None
    signer_name: str = ""
    signer_title: str = ""
    effective_on: dt.date | None = None
    term_kind: str = ""
    expires_on: dt.date | None = None
    renewal_months: int | None = None
    review_on: dt.date | None = None
    original_kept: str = ""
    is_secret: bool = False
    unnamed_in_source: bool = False
    is_sample: bool = False
    comment: str = ""
    signatories: tuple[str, ...] = field(default=())


#: What is written into the row as it was read.
WRITTEN = (
    "regime", "kind", "in_name_of", "title_en", "title_native", "content", "signed_on", "signed_precision", "signed_place",
    "signed_country", "signed_during", "signer_name", "signer_title", "effective_on", "term_kind", "expires_on",
    "renewal_months", "review_on", "original_kept", "is_secret", "unnamed_in_source",
)  # fmt: skip


@transaction.atomic
def add_past_agreements(rows: Sequence[PastAgreement], *, actor: User) -> list[InternationalAgreement]:
    """Write these agreements as concluded files, each moved by the one transition that names where it was read.

    The caller has checked right and doubles. A number of queries that does not depend on the number of agreements.
    """
    rows = sorted(rows, key=lambda row: row.signed_on or dt.date(row.year, 1, 1))
    files = [PastFile(title=row.title, unit=row.unit, year=row.year, is_sample=row.is_sample) for row in rows]
    cases = open_past_files("agreement", files, actor=actor)
    made = InternationalAgreement.objects.bulk_create(
        InternationalAgreement(case=case, languages=list(row.languages), search_text=_searched(row), **_fields(row))
        for case, row in zip(cases, rows, strict=True)
    )
    pairs = list(zip(made, rows, strict=True))
    AgreementParty.objects.bulk_create(party for one, row in pairs for party in _parties(one, row))
    through = InternationalAgreement.fields.through
    through.objects.bulk_create(
        through(internationalagreement=one, cooperationfield=each) for one, row in pairs for each in row.cooperation
    )
    Dealing.objects.bulk_create(dealing for one, row in pairs for dealing in _dealings(one, row))
    whole = InternationalAgreement.objects.filter(pk__in=[one.pk for one in made]).select_related("case", "programme")
    contents = {
        one.case_id: content_of(one, one.case, drafts=[]) for one in whole.prefetch_related("parties", "fields")
    }
    record_past(cases, contents, actor=actor)
    for standing, transition in STANDINGS.items():
        chosen = [(case, row) for case, row in zip(cases, rows, strict=True) if row.standing == standing]
        if chosen:
            move_past_files(
                [case for case, _row in chosen], transition, [row.comment for _case, row in chosen], actor=actor
            )
    return made


def _fields(row: PastAgreement) -> dict[str, Any]:
    ended = row.expires_on if row.standing == "expired" else None
    return {name: getattr(row, name) for name in WRITTEN} | {"ended_on": ended}


def _searched(row: PastAgreement) -> str:
    names = [text for each in row.partners for text in (each.name_vi, each.name_en, each.short_name)]
    return search_text(row.title, row.title_en, row.title_native, *names)


def _parties(one: InternationalAgreement, row: PastAgreement) -> list[AgreementParty]:
    signed = [*row.signatories, *[""] * len(row.partners)]
    return [
        AgreementParty(agreement=one, partner=partner, signatory=signed[place][:160], position=place)
        for place, partner in enumerate(row.partners)
    ]


def _dealings(one: InternationalAgreement, row: PastAgreement) -> list[Dealing]:
    """The signing, where its day is known at least to the year."""
    if row.signed_on is None or row.signed_precision == DatePrecision.UNKNOWN:
        return []
    return [
        Dealing(
            partner=partner,
            agreement=one,
            case=one.case,
            unit=row.unit,
            kind=DealingKind.SIGNING,
            on=row.signed_on,
            precision=row.signed_precision,
            title=row.title[:300],
            is_sample=row.is_sample,
        )
        for partner in row.partners
    ]
