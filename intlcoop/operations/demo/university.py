"""The university of article 002: 53 partners and 23 memoranda, as numbered placeholders (F002-32); it is not merged here."""

from __future__ import annotations

from collections.abc import Mapping

from agreements.choices import AgreementKind, DatePrecision, InNameOf, PartnerKind, Regime
from agreements.likeness import traces
from agreements.models import Partner, PartnerUnit
from agreements.services.past_agreements import PastAgreement, add_past_agreements
from intlcoop.catalogues.searching import search_text
from intlcoop.people.models import OrgUnit, User
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.sorting import sort_key

UNIT = "DHPT"
PARTNERS, MEMORANDA = 53, 23
SOURCE = (
    "Nhập từ nguồn: bài viết về hoạt động đối ngoại; nguồn chỉ nêu số lượng 53 đối tác, 23 biên bản ghi nhớ (minh họa)."
)


def build(people: Mapping[str, User], code: str = UNIT) -> int:
    """The placeholders; returns how many memoranda."""
    unit = OrgUnit.objects.get(code=code)
    partners = Partner.objects.bulk_create(partner(number, people["htqt"]) for number in range(1, PARTNERS + 1))
    PartnerUnit.objects.bulk_create(PartnerUnit(partner=each, unit=unit, is_sample=True) for each in partners)
    rows = [
        PastAgreement(
            title=f"Biên bản ghi nhớ hợp tác số {number:02d} của Trường (minh họa)",
            unit=unit,
            partners=(partners[number - 1],),
            year=2022,
            regime=Regime.COOPERATION_PAPER,
            kind=AgreementKind.MOU,
            in_name_of=InNameOf.UNIT,
            signed_precision=DatePrecision.UNKNOWN,
            unnamed_in_source=True,
            is_sample=True,
            comment=SOURCE,
        )
        for number in range(1, MEMORANDA + 1)
    ]
    return len(add_past_agreements(rows, actor=people["quantri"]))


def partner(number: int, actor: User) -> Partner:
    """A placeholder: the source gives the number of partners and no name."""
    name = f"Đối tác số {number:02d} của Trường (nguồn không nêu tên; minh họa)"
    return Partner(
        name_vi=name,
        kind=PartnerKind.UNIVERSITY,
        proposed_by=actor,
        is_sample=True,
        folded_name=fold(name),
        sort_key=sort_key(name),
        search_text=search_text(name),
        likeness=traces([name]),
    )
