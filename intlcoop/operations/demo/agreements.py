"""Sample agreements: those that the articles name or only count, some that end soon, one on every stage of its way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from agreements import services
from agreements.choices import (
    AgreementFile,
    AgreementKind,
    DatePrecision,
    InNameOf,
    PartnerKind,
    Regime,
    TermKind,
    TextLanguage,
)
from agreements.models import InternationalAgreement, Partner
from agreements.services.past_agreements import PastAgreement, add_past_agreements
from delegations.choices import DatePrecision as TripPrecision
from delegations.choices import Mode, Purpose
from delegations.models import OutboundDelegation
from delegations.services.importing import PastMember, PastTrip, add_past_trips
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.exporting.docx import build_docx
from intlcoop.exporting.papers import Head, Paper, Paragraph, Signature
from intlcoop.operations.demo import walking
from intlcoop.operations.demo.clock import at
from intlcoop.operations.demo.drafting import draft_decision
from intlcoop.people.choices import Rank
from intlcoop.people.models import OrgUnit, User
from intlcoop.people.offices import kept_rosters
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import add_working_days
from intlcoop.workflow import engine
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.models import Case
from intlcoop.workflow.recording import Upload

DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
CAMBODIA = "Bộ Lễ nghi và Tôn giáo Campuchia"
#: F000-10: 06 agreements with agencies of 5 countries; the source names neither the agencies nor the countries.
COUNTED_IN = ("LA", "LA", "KH", "CN", "TH", "MM")
SOURCE_2021 = (
    "Nhập từ nguồn: bài viết ngày 10/05/2021. Nguồn chỉ nêu 06 thỏa thuận với 5 quốc gia; nước ghi ở đây là minh họa."
)
SOURCE_2022 = "Nhập từ nguồn: tổng kết năm 2022 của Ủy ban Dân tộc. Nguồn không ghi ngày ký."


def build(people: Mapping[str, User]) -> int:
    """The agreements of the demo; returns how many."""
    made = past(people) + cambodia(people["quantri"], OrgUnit.objects.get(code="HTQT"))
    draft(people)
    under_way(people)
    signed_lately(people)
    planned(people)
    return made + 4


def past(people: Mapping[str, User]) -> int:
    icd, archives = (OrgUnit.objects.get(code=code) for code in ("HTQT", "VTLT"))
    today = timezone.localdate()
    rows = [
        PastAgreement(
            title="Bản ghi nhớ hợp tác về văn thư, lưu trữ (minh họa)",
            title_en="Memorandum of Understanding on records and archives (sample)",
            unit=archives, in_name_of=InNameOf.CUC, partners=(Partner.objects.get(name_vi="Cơ quan Lưu trữ quốc gia Pháp"),),
            year=today.year - 4, signed_on=today - dt.timedelta(days=4 * 365 + 20),
            effective_on=today - dt.timedelta(days=4 * 365 + 20), term_kind=TermKind.AUTO_RENEWED, renewal_months=24,
            expires_on=today + dt.timedelta(days=45), languages=(TextLanguage.VI, TextLanguage.FR),
            cooperation=tuple(CooperationField.objects.filter(code="records_archives")),
            content="Trao đổi tài liệu lưu trữ, chuyên gia (minh họa).", original_kept="Lưu trữ cơ quan", is_sample=True,
            comment="Nhập từ hồ sơ lưu (minh họa).",
        ),
        PastAgreement(
            title="Bản ghi nhớ hợp tác về phát triển vùng (minh họa)",
            title_en="Memorandum of Understanding on regional development (sample)",
            unit=icd, partners=(Partner.objects.get(name_vi="Mặt trận Lào xây dựng đất nước"),), year=today.year - 5,
            signed_on=today - dt.timedelta(days=5 * 365 - 60), effective_on=today - dt.timedelta(days=5 * 365 - 60),
            term_kind=TermKind.FIXED, expires_on=today + dt.timedelta(days=60), languages=(TextLanguage.VI, TextLanguage.LO),
            content="Trao đổi đoàn, bồi dưỡng cán bộ (minh họa).", original_kept="Lưu trữ cơ quan", is_sample=True,
            comment="Nhập từ hồ sơ lưu (minh họa).",
        ),
    ]  # fmt: skip
    return past_of_2021(people, icd) + len(add_past_agreements(rows, actor=people["quantri"]))


def past_of_2021(people: Mapping[str, User], icd: OrgUnit) -> int:
    """F000-10: one placeholder for each agreement that the source only counts."""
    rows = [
        PastAgreement(
            title="Thỏa thuận hợp tác về công tác dân tộc (nguồn không nêu tên; minh họa)",
            kind=AgreementKind.COOPERATION_AGREEMENT, unit=icd, partners=(partner,), year=2021,
            signed_precision=DatePrecision.UNKNOWN, unnamed_in_source=True, is_sample=True, comment=SOURCE_2021,
        )
        for partner in counted_partners(people["htqt"])
    ]  # fmt: skip
    return len(add_past_agreements(rows, actor=people["quantri"]))


def counted_partners(actor: User) -> list[Partner]:
    """One placeholder per country; the first country has two of the six."""
    countries = {country.iso2: country for country in Country.objects.filter(iso2__in=COUNTED_IN)}
    made: dict[str, Partner] = {}
    for number, code in enumerate(dict.fromkeys(COUNTED_IN), start=1):
        name = f"Cơ quan công tác dân tộc số {number} (nguồn không nêu tên; minh họa)"
        made[code] = services.create_partner(
            name_vi=name, kind=PartnerKind.FOREIGN_MINISTRY, country=countries[code], actor=actor
        )
        made[code].is_sample = True
        made[code].save(update_fields=["is_sample"])
    return [made[code] for code in COUNTED_IN]


def cambodia(actor: User, unit: OrgUnit) -> int:
    """F001-05: signed while the Minister accompanied the Prime Minister to Cambodia in 2022; trip and paper are linked."""
    trip = OutboundDelegation.objects.filter(
        mode=Mode.ACCOMPANYING, legs__country__iso2="KH", departs_on__year=2022
    ).first()
    if trip is None:
        row = PastTrip(
            line=1, title="Tháp tùng Thủ tướng Chính phủ thăm chính thức Campuchia (minh họa)", unit=unit,
            departs_on=dt.date(2022, 1, 1), returns_on=dt.date(2022, 12, 31), precision=TripPrecision.YEAR,
            mode=Mode.ACCOMPANYING, principal="Thủ tướng Chính phủ", purpose=Purpose.SIGNING,
            purpose_text="Tham gia đoàn chính thức; ký Bản ghi nhớ hợp tác song phương.",
            members=(PastMember(full_name="Bộ trưởng, Chủ nhiệm", post="Bộ trưởng, Chủ nhiệm", rank=Rank.MINISTER),),
            places=((Country.objects.get(iso2="KH"), ""),),
        )  # fmt: skip
        trip = add_past_trips([row], source="tổng kết năm 2022", actor=actor)[0]
        trip.case.is_sample = True
        trip.case.save(update_fields=["is_sample"])
    partner = Partner.objects.filter(name_vi=CAMBODIA).first() or services.create_partner(
        name_vi=CAMBODIA,
        name_en="Ministry of Cults and Religion of Cambodia",
        kind=PartnerKind.FOREIGN_MINISTRY,
        country=Country.objects.get(iso2="KH"),
        actor=actor,
    )
    rows = [
        PastAgreement(
            title=f"Bản ghi nhớ hợp tác song phương giữa Ủy ban Dân tộc và {CAMBODIA}",
            unit=unit, partners=(partner,), year=2022, signed_on=dt.date(2022, 1, 1), signed_precision=DatePrecision.YEAR,
            signed_country=Country.objects.get(iso2="KH"), signed_during=trip.case, is_sample=True, comment=SOURCE_2022,
        )
    ]  # fmt: skip
    return len(add_past_agreements(rows, actor=actor))


# --- on their way ---------------------------------------------------------------------------------------------------


def draft(people: Mapping[str, User]) -> InternationalAgreement:
    """A title, a partner, and much left to complete."""
    partner = Partner.objects.get(name_vi="Cơ quan Lưu trữ Liên bang Nga")
    return services.create_agreement(
        "Kế hoạch hợp tác về lưu trữ giai đoạn tới (minh họa)",
        OrgUnit.objects.get(code="VTLT"),
        actor=people["luutru"],
        fields={"kind": AgreementKind.COOPERATION_PLAN, "in_name_of": InNameOf.CUC},
        parties=[{"partner": partner}],
        is_sample=True,
    )


def planned(people: Mapping[str, User]) -> InternationalAgreement:
    """In the signing plan of next year, not yet submitted."""
    today = timezone.localdate()
    return services.create_agreement(
        "Bản ghi nhớ hợp tác về giảm nghèo vùng dân tộc thiểu số (minh họa)",
        OrgUnit.objects.get(code="HTQT"),
        actor=people["htqt"],
        fields={
            "title_en": "Memorandum of Understanding on poverty reduction in ethnic minority areas (sample)",
            "languages": [TextLanguage.VI, TextLanguage.EN],
            "intended_on": dt.date(today.year + 1, 4, 15),
            "intended_place": "Hà Nội (dự kiến)",
        },
        parties=[{"partner": Partner.objects.get(short_name="ADB")}],
        is_sample=True,
    )


def under_way(people: Mapping[str, User]) -> None:
    """Submitted by the university under its own rules; the ICD is asked for its opinion."""
    today = timezone.localdate()
    partner = Partner.objects.get(short_name="UNICEF")
    fields = {
        "regime": Regime.COOPERATION_PAPER,
        "in_name_of": InNameOf.UNIT,
        "kind": AgreementKind.MOU,
        "title_en": "Memorandum of Understanding on student exchange (sample)",
        "languages": [TextLanguage.VI],
        "content": "Trao đổi sinh viên, giảng viên (minh họa).",
        "term_kind": TermKind.FIXED,
        "expires_on": today + dt.timedelta(days=3 * 365),
        "intended_on": today + dt.timedelta(days=30),
    }
    with kept_rosters(), at(add_working_days(today, -2, calendar())):
        made = filed("Bản ghi nhớ về trao đổi sinh viên (minh họa)", "DHPT", people["truonghoc"], partner, fields)
        walk(made.case, people, steps=1)


def signed_lately(people: Mapping[str, User]) -> None:
    """Signed two weeks ago in the ministry's name: the report to the Prime Minister is due."""
    today, days = timezone.localdate(), calendar()
    partner = Partner.objects.get(short_name="UNDP")
    fields = {
        "kind": AgreementKind.MOU,
        "title_en": "Memorandum of Understanding on digital transformation in ethnic areas (sample)",
        "languages": [TextLanguage.VI, TextLanguage.EN],
        "purpose": "Hỗ trợ chuyển đổi số tại vùng đồng bào dân tộc thiểu số (minh họa).",
        "content": "Tư vấn chính sách, đào tạo cán bộ, thí điểm dịch vụ công (minh họa).",
        "assessment": "Phù hợp pháp luật; khả thi về nguồn lực (minh họa).",
        "term_kind": TermKind.FIXED,
        "expires_on": today + dt.timedelta(days=3 * 365),
        "intended_on": today - dt.timedelta(days=14),
    }
    start = add_working_days(today, -22, days)
    with kept_rosters():
        with at(start):
            title = "Bản ghi nhớ về chuyển đổi số vùng đồng bào dân tộc thiểu số (minh họa)"
            made = filed(title, "CSDP", people["chuyenvien"], partner, fields)
        with at(add_working_days(start, 4, days)):
            walk(made.case, people)
        with at(add_working_days(today, -10, days)):
            sign(InternationalAgreement.objects.get(pk=made.pk), people)


def filed(title: str, unit: str, actor: User, partner: Partner, fields: dict[str, object]) -> InternationalAgreement:
    actor = User.objects.get(pk=actor.pk)
    made = services.create_agreement(
        title,
        OrgUnit.objects.get(code=unit),
        actor=actor,
        fields=fields,
        parties=[{"partner": partner}],
        is_sample=True,
    )
    for kind in (AgreementFile.DRAFT_VI, AgreementFile.DRAFT_FOREIGN):
        services.attach_to(made.case, upload(f"{kind}.docx"), kind, actor=actor)
    engine.fire(Case.objects.get(pk=made.case.pk), "submit", actor=actor)
    return made


def walk(case: Case, people: Mapping[str, User], *, steps: int = 99) -> None:
    def person(username: str) -> User:
        return User.objects.get(pk=people[username].pk)

    done = 0
    while done < steps and (waiting := walking.open_steps(Case.objects.get(pk=case.pk))):
        opinion: dict[str, Any] = (
            {"comment": "Nhất trí với dự thảo (minh họa)."} if waiting[0].kind == StepKind.OPINION else {}
        )
        walking.agree(waiting[0], person, draft=draft_decision, **opinion)
        done += 1


def sign(agreement: InternationalAgreement, people: Mapping[str, User]) -> None:
    minister, recorder = people["botruong"], User.objects.get(pk=people["htqt"].pk)
    today = timezone.localdate()
    fields = {
        "signed_on": today,
        "signed_place": "Hà Nội",
        "signer": minister,
        "signer_name": minister.full_name,
        "signer_title": "Bộ trưởng",
        "authority": "office",
        "effective_on": today,
        "original_kept": "Lưu trữ cơ quan, Văn phòng Bộ",
    }
    scan: dict[str, Upload] = {AgreementFile.SIGNED: Upload(file=upload("ban-ky.docx"))}
    services.write_signing(agreement, actor=recorder, fields=fields, uploads=scan)
    engine.fire(Case.objects.get(pk=agreement.case.pk), "sign", actor=recorder)


def upload(name: str) -> SimpleUploadedFile:
    paper = Paper(
        head=Head(issuer="Bộ Dân tộc và Phát triển vùng"),
        title="Bản ghi nhớ",
        subject="Văn bản minh họa",
        blocks=(Paragraph("Nội dung minh họa, không phải văn bản thật."),),
        signature=Signature(title="Bộ trưởng"),
    )
    return SimpleUploadedFile(name, build_docx(paper), DOCX)
