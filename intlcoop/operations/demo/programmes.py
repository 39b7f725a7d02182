"""Schemes and programmes that the articles name; what they do not say (years, decisions) stays open."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from agreements.choices import ProgrammeKind
from agreements.models import Programme
from agreements.services.programmes import save_programme
from delegations.models import OutboundDelegation
from intlcoop.people.models import OrgUnit, User
from intlcoop.regulations.models import Instrument

K = ProgrammeKind
ETHNIC_AREAS = (
    "Đề án “Tăng cường hợp tác quốc tế hỗ trợ phát triển kinh tế - xã hội vùng đồng bào dân tộc thiểu số” đến năm 2025"
)
#: (name, kind, symbol of the decision, until year)
Named = tuple[str, str, str, int | None]
SCHEME_2025: Named = (ETHNIC_AREAS, K.SCHEME, "", 2025)
MULTILATERAL: Named = ("Đề án đẩy mạnh và nâng tầm đối ngoại đa phương đến năm 2030", K.SCHEME, "", 2030)
OF_ASEAN: tuple[Named, ...] = (
    ("Đề án thực hiện Tuyên bố ASEAN về vai trò của nền công vụ", K.SCHEME, "1439/QĐ-BNV", None),
    ("Kế hoạch hành động thực hiện mục tiêu Cộng đồng Văn hóa - Xã hội ASEAN đến năm 2025", K.ACTION_PROGRAMME,
     "2258/QĐ-BNV", 2025),
)  # fmt: skip
LIVING = "Chương trình mục tiêu quốc gia phát triển vùng (minh họa)"


def build(people: Mapping[str, User]) -> None:
    units = {unit.code: unit for unit in OrgUnit.objects.filter(code__in=("HTQT", "CSDP"))}
    save_named((SCHEME_2025, MULTILATERAL, *OF_ASEAN), people, units)
    living = save_programme(
        None,
        actor=people["htqt"],
        fields={
            "name_vi": LIVING,
            "kind": K.TARGET_PROGRAMME,
            "lead_unit": units["CSDP"],
            "goals": "Huy động nguồn lực và kinh nghiệm quốc tế cho giảm nghèo, bồi dưỡng cán bộ (minh họa).",
        },
        is_sample=True,
    )
    _link_trips(living)


def save_named(rows: Sequence[Named], people: Mapping[str, User], units: Mapping[str, OrgUnit]) -> None:
    """Led by the department of cooperation, with the decision as far as it is known."""
    papers = Instrument.objects.in_bulk(field_name="symbol")
    for name, kind, symbol, until in rows:
        fields = {"name_vi": name, "kind": kind, "until_year": until, "lead_unit": units["HTQT"]}
        save_programme(None, actor=people["htqt"], fields=fields | {"instrument": papers.get(symbol)}, is_sample=True)


def _link_trips(programme: Programme) -> None:
    """Two sample trips serve it; a queryset update, because decided files are not edited any more."""
    chosen = OutboundDelegation.objects.filter(case__is_sample=True).order_by("pk").values_list("pk", flat=True)[:2]
    OutboundDelegation.everything.filter(pk__in=list(chosen)).update(programme=programme)
