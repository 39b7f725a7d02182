"""Sample partners: the kinds of bodies that the articles name, a group of donors, people with made-up names, a merger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

from django.utils import timezone

from agreements.choices import DatePrecision, DealingKind, NameKind, PartnerKind, PartnerTier
from agreements.models import Partner
from agreements.services import create_partner, merge_partners, record_dealing, save_contact, save_group
from intlcoop.catalogues.models import CooperationField, Country
from intlcoop.people.models import OrgUnit, User

SAMPLE = "(minh họa)"


@dataclass(frozen=True, slots=True, kw_only=True)
class PartnerRow:
    """One sample. `units`: codes of the units of ours that work with it; `other`: names by which it is known besides."""

    name: str
    english: str = ""
    short: str = ""
    kind: str
    country: str = ""
    tier: str = ""
    here: bool = False
    units: tuple[str, ...] = ()
    other: tuple[str, ...] = ()
    fields: tuple[str, ...] = ()
    needs: str = ""
    capacity: str = ""
    parent: str = ""


ROWS = (
    PartnerRow(
        name="Bộ Lễ nghi và Tôn giáo Campuchia", english="Ministry of Cults and Religion of Cambodia", country="KH",
        kind=PartnerKind.FOREIGN_MINISTRY, tier=PartnerTier.TRADITIONAL, units=("HTQT",), other=("Bộ Tôn giáo Campuchia",),
        fields=("religion",), needs=f"Trao đổi kinh nghiệm quản lý nhà nước về tôn giáo {SAMPLE}.",
        capacity=f"Tiếp nhận đoàn nghiên cứu, cung cấp chuyên gia {SAMPLE}.",
    ),
    PartnerRow(
        name="Ủy ban Dân tộc Nhà nước Trung Quốc", english="State Ethnic Affairs Commission of China", country="CN",
        kind=PartnerKind.FOREIGN_MINISTRY, tier=PartnerTier.TRADITIONAL, units=("HTQT", "CSDP"),
    ),
    PartnerRow(
        name="Mặt trận Lào xây dựng đất nước", english="Lao Front for National Construction", country="LA",
        kind=PartnerKind.FOREIGN_MINISTRY, tier=PartnerTier.STRATEGIC, units=("HTQT", "CSDP"), other=("MTLXDĐN",),
    ),
    PartnerRow(
        name="Bộ Nội vụ Lào", english="Ministry of Home Affairs of Laos", short="MOHA", country="LA",
        kind=PartnerKind.FOREIGN_MINISTRY, tier=PartnerTier.STRATEGIC, units=("HTQT",),
    ),
    PartnerRow(
        name="Bộ Ngoại giao Ai-len", english="Department of Foreign Affairs of Ireland", country="IE",
        kind=PartnerKind.FOREIGN_MINISTRY, tier=PartnerTier.NEW, units=("HTQT",),
    ),
    PartnerRow(
        name="Đại sứ quán Ai-len tại Việt Nam", english="Embassy of Ireland in Viet Nam", country="IE",
        kind=PartnerKind.EMBASSY, here=True, units=("HTQT",), parent="Bộ Ngoại giao Ai-len",
    ),
    PartnerRow(
        name="Đại sứ quán Cộng hòa Ấn Độ tại Việt Nam", english="Embassy of the Republic of India in Viet Nam",
        country="IN", kind=PartnerKind.EMBASSY, here=True, units=("HTQT",),
    ),
    PartnerRow(
        name="Đại sứ quán New Zealand tại Việt Nam", english="Embassy of New Zealand in Viet Nam", country="NZ",
        kind=PartnerKind.EMBASSY, here=True, units=("HTQT",),
    ),
    PartnerRow(
        name="Đại sứ quán Australia tại Việt Nam", english="Embassy of Australia in Viet Nam", country="AU",
        kind=PartnerKind.EMBASSY, here=True, units=("HTQT",), other=("Đại sứ quán Úc",),
    ),
    PartnerRow(
        name="Chương trình Phát triển Liên hợp quốc", english="United Nations Development Programme", short="UNDP",
        kind=PartnerKind.UN_AGENCY, tier=PartnerTier.STRATEGIC, here=True, units=("HTQT", "CSDP"),
        needs=f"Số liệu và phản hồi chính sách từ địa phương {SAMPLE}.",
        capacity=f"Chuyên gia chuyển đổi số, hỗ trợ kỹ thuật và kết nối nhà tài trợ {SAMPLE}.",
    ),
    PartnerRow(
        name="Quỹ Nhi đồng Liên hợp quốc", english="United Nations Children's Fund", short="UNICEF",
        kind=PartnerKind.UN_AGENCY, here=True, units=("CSDP",),
    ),
    PartnerRow(
        name="Quỹ Dân số Liên hợp quốc", english="United Nations Population Fund", short="UNFPA",
        kind=PartnerKind.UN_AGENCY, here=True, units=("CSDP",),
    ),
    PartnerRow(
        name="Ngân hàng Phát triển Châu Á", english="Asian Development Bank", short="ADB", kind=PartnerKind.IFI,
        tier=PartnerTier.STRATEGIC, here=True, units=("HTQT", "KHTC"),
        capacity=f"Vốn vay, hỗ trợ kỹ thuật {SAMPLE}.",
    ),
    PartnerRow(
        name="Ngân hàng Thế giới", english="World Bank", short="WB", kind=PartnerKind.IFI, here=True, units=("KHTC",),
    ),
    PartnerRow(
        name="Tổ chức CARE Quốc tế", english="CARE International", short="CARE", kind=PartnerKind.INGO, here=True,
        units=("CSDP",), tier=PartnerTier.TRADITIONAL,
    ),
    PartnerRow(
        name="Cơ quan Lưu trữ quốc gia Pháp", english="National Archives of France", country="FR",
        kind=PartnerKind.ARCHIVE, tier=PartnerTier.TRADITIONAL, units=("VTLT",), fields=("records_archives",),
    ),
    PartnerRow(
        name="Cơ quan Lưu trữ quốc gia Hoa Kỳ", english="National Archives of the United States", country="US",
        kind=PartnerKind.ARCHIVE, units=("VTLT",), fields=("records_archives",),
    ),
    PartnerRow(
        name="Cơ quan Lưu trữ Liên bang Nga", english="Federal Archival Agency of Russia", short="Rosarkhiv", country="RU",
        kind=PartnerKind.ARCHIVE, units=("VTLT",), fields=("records_archives",),
    ),
)  # fmt: skip

GROUP = "Nhóm Đối tác phát triển hỗ trợ vùng dân tộc thiểu số và miền núi"
MEMBERS = ("UNDP", "UNICEF", "UNFPA", "ADB", "WB", "CARE")
#: (form of address, name, short name or name of the partner, post, first year, last year or None)
PEOPLE = (
    ("Bà", "Clara Vidal (minh họa)", "UNDP", "Trưởng Đại diện thường trú", 2024, None),
    ("Ông", "Henrik Sample (minh họa)", "UNDP", "Trưởng Đại diện thường trú", 2020, 2023),
    ("Ông", "Tomás Exemplar (minh họa)", "ADB", "Giám đốc Quốc gia tại Việt Nam", 2023, None),
    ("Bà", "Sophea Vidu (minh họa)", "Bộ Lễ nghi và Tôn giáo Campuchia", "Vụ trưởng Vụ Hợp tác quốc tế", 2021, None),
    ("Bà", "Margaux Modèle (minh họa)", "Cơ quan Lưu trữ quốc gia Pháp", "Trưởng phòng Đối ngoại", 2022, None),
)
#: (partner, days from today, kind, what, unit)
DEALINGS = (
    ("UNDP", -40, DealingKind.MEETING, "Làm việc về hợp tác chuyển đổi số vùng dân tộc thiểu số (minh họa)", "HTQT"),
    ("UNDP", -310, DealingKind.EXCHANGE, "Trao đổi công văn về dự thảo kế hoạch hợp tác năm (minh họa)", "HTQT"),
    ("ADB", -75, DealingKind.MEETING, "Giám đốc Quốc gia chào xã giao Lãnh đạo Bộ (minh họa)", "HTQT"),
    ("CARE", -120, DealingKind.MEETING, "Họp kỹ thuật về sinh kế cộng đồng (minh họa)", "CSDP"),
    (
        "Cơ quan Lưu trữ quốc gia Pháp",
        -200,
        DealingKind.EXCHANGE,
        "Trao đổi danh mục tài liệu số hóa (minh họa)",
        "VTLT",
    ),
)


def build(people: Mapping[str, User]) -> int:
    """The address book; returns how many partners were made."""
    keeper, staff = people["htqt"], people["chuyenvien"]
    units = {unit.code: unit for unit in OrgUnit.objects.all()}
    countries = {country.iso2: country for country in Country.objects.all()}
    fields = {field.code: field for field in CooperationField.objects.all()}
    made: dict[str, Partner] = {}
    for row in ROWS:
        partner = create_partner(
            actor=keeper, name_vi=row.name, name_en=row.english, short_name=row.short, kind=row.kind,
            country=countries.get(row.country), tier=row.tier, in_viet_nam=row.here, needs=row.needs,
            capacity=row.capacity, parent=made.get(row.parent), fields=[fields[code] for code in row.fields],
            names=[{"name": name, "kind": NameKind.ALIAS} for name in row.other],
            units=[{"unit": units[code]} for code in row.units], is_sample=True,
        )  # fmt: skip
        made[row.name] = made[row.short or row.name] = partner
    _people(made, keeper)
    _past(made, units)
    _group(made, keeper)
    _proposals(made, keeper, staff, units)
    return len(ROWS)


def _people(made: Mapping[str, Partner], keeper: User) -> None:
    for honorific, name, partner, title, first, last in PEOPLE:
        post = {
            "partner": made[partner],
            "title_vi": title,
            "since": dt.date(first, 1, 1),
            "until": dt.date(last, 12, 31) if last else None,
        }
        save_contact(None, actor=keeper, honorific=honorific, full_name=name, posts=[post], is_sample=True)


def _past(made: Mapping[str, Partner], units: Mapping[str, OrgUnit]) -> None:
    today = timezone.localdate()
    for partner, days, kind, title, unit in DEALINGS:
        on = today + dt.timedelta(days=days)
        record_dealing(made[partner], on=on, kind=kind, title=title, unit=units[unit], is_sample=True)
    on = dt.date(today.year - 4, 1, 1)
    title = "Tiếp nhận bản sao tài liệu lưu trữ (minh họa)"
    archive = made["Cơ quan Lưu trữ quốc gia Pháp"]
    record_dealing(
        archive, on=on, kind=DealingKind.EXCHANGE, title=title, unit=units["VTLT"], precision=DatePrecision.YEAR,
        is_sample=True,
    )  # fmt: skip


def _group(made: Mapping[str, Partner], keeper: User) -> None:
    since = dt.date(timezone.localdate().year - 3, 1, 1)
    members = [{"partner": made[name], "since": since} for name in MEMBERS]
    members[0]["role"] = "Đồng chủ trì (minh họa)"
    note = "Nhóm các đối tác phát triển họp với Bộ về hỗ trợ vùng dân tộc thiểu số và miền núi (minh họa)."
    save_group(None, actor=keeper, name_vi=GROUP, short_name="Nhóm ĐTPT", note=note, members=members, is_sample=True)


def _proposals(made: Mapping[str, Partner], keeper: User, staff: User, units: Mapping[str, OrgUnit]) -> None:
    """One proposal that is a double, one that is new, and one that was merged already."""
    doubles = (
        ("UNICEP Viet Nam", PartnerKind.UN_AGENCY),
        ("Viện Nghiên cứu phát triển vùng cao (minh họa)", PartnerKind.NGO),
    )
    for name, kind in doubles:
        create_partner(actor=staff, name_vi=name, kind=kind, units=[{"unit": units["CSDP"]}], is_sample=True)
    double = create_partner(actor=staff, name_vi="Ngân hàng phát triển Á châu", kind=PartnerKind.IFI, is_sample=True)
    merge_partners(double, made["ADB"], actor=keeper, reason="Nhập trùng (minh họa)")
