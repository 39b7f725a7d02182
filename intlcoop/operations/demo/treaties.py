"""The convention of the articles with its fifth report and the scheme to defend it, and one made-up report that is under way."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from typing import Any

from django.utils import timezone

from agreements.models import Convention, Mechanism, TreatyReport
from agreements.series import parse_known_day
from agreements.services.treaties import (
    create_convention,
    create_treaty_report,
    save_consultations,
    save_papers,
    save_scheme,
)
from intlcoop.operations.demo.clock import at
from intlcoop.people.models import OrgUnit, User
from intlcoop.workflow import engine

CEMA_2021 = "Buổi làm việc của Bộ trưởng, Chủ nhiệm Ủy ban Dân tộc với Vụ Hợp tác quốc tế (10/05/2021)"
CEMA_2022 = "Tổng kết công tác năm 2022 của Vụ Hợp tác quốc tế, Ủy ban Dân tộc (09/12/2022)"
WRITTEN = dt.date(2021, 5, 10)


def build(people: Mapping[str, User]) -> None:
    cerd_scheme(cerd_report(people["htqt"]), people["htqt"])
    _living(people["htqt"])


def paper(kind: str, when: str = "", **more: Any) -> dict[str, Any]:
    known = parse_known_day(when)
    return {"kind": kind, "issued_on": known.day, "precision": known.precision, **more}


def cerd_report(actor: User) -> TreatyReport:
    """What the article of 2021 says, and no more: the report was submitted."""
    unit = OrgUnit.objects.get(code="HTQT")
    fields = {
        "name_vi": "Công ước quốc tế về xóa bỏ mọi hình thức phân biệt chủng tộc",
        "name_en": "International Convention on the Elimination of All Forms of Racial Discrimination",
        "short_name": "CERD",
        "mechanism": Mechanism.objects.filter(short_name="LHQ").first(),
        "unit": unit,
    }
    convention = create_convention(actor=actor, fields=fields, is_sample=True)
    with at(WRITTEN):
        report = create_treaty_report(
            convention,
            actor=actor,
            unit=unit,
            title="Báo cáo quốc gia lần thứ 5 của Việt Nam về thực thi Công ước CERD giai đoạn 2013-2019",
            fields={"number": 5, "from_year": 2013, "until_year": 2019, "source_text": CEMA_2021},
            is_sample=True,
        )
        asked = {"body": "Các bộ, ngành liên quan (nguồn không nêu tên)"}
        save_consultations(report, [asked], actor=actor)
        submission = paper("submission", issuer="Ủy ban Dân tộc", title="Trình Thủ tướng Chính phủ phê duyệt Báo cáo")
        save_papers(report, [submission | {"source_text": CEMA_2021}], actor=actor)
        for name in ("consult", "submit"):
            engine.fire(report.case, name, actor=actor)
    return report


def cerd_scheme(report: TreatyReport, actor: User) -> None:
    """What the article of 2022 adds: the scheme to defend it, another paper, was approved (X-05)."""
    with at(dt.date(2022, 12, 9)):
        chain = [
            paper("submission", "2022", issuer="Ủy ban Dân tộc", title="Tờ trình về Đề án bảo vệ Báo cáo CERD 5"),
            paper("decision", "2022", issuer="Thủ tướng Chính phủ", title="Phê duyệt Đề án bảo vệ Báo cáo CERD 5"),
        ]
        scheme = {"title": "Đề án bảo vệ Báo cáo CERD 5", "source_text": CEMA_2022}
        rows = [row | {"source_text": CEMA_2022} for row in chain]
        save_scheme(report, actor=actor, fields=scheme, rows=rows)


def _living(actor: User) -> TreatyReport:
    """Due soon: one body answered, one still has time, one is silent."""
    today, unit = timezone.localdate(), OrgUnit.objects.get(code="CSDP")
    fields = {
        "name_vi": "Công ước khu vực về phát triển vùng (minh họa)", "short_name": "CƯ-MH", "unit": unit,
        "body": "Ban Thư ký Công ước (minh họa)", "cycle_years": 4,
    }  # fmt: skip
    convention: Convention = create_convention(actor=actor, fields=fields, is_sample=True)
    with at(today - dt.timedelta(days=60)):
        report = create_treaty_report(
            convention,
            actor=actor,
            unit=unit,
            title="Báo cáo quốc gia lần thứ 2 về thực hiện Công ước khu vực về phát triển vùng (minh họa)",
            fields={
                "number": 2, "from_year": today.year - 4, "until_year": today.year - 1,
                "due_on": today + dt.timedelta(days=45),
            },
            is_sample=True,
        )  # fmt: skip
    sent = today - dt.timedelta(days=30)
    bodies = [
        {"body": "Cơ quan thứ nhất (minh họa)", "due_on": today - dt.timedelta(days=10),
         "answered_on": today - dt.timedelta(days=12), "answer": "Nhất trí với dự thảo, bổ sung số liệu năm gần nhất."},
        {"body": "Cơ quan thứ hai (minh họa)", "due_on": today + dt.timedelta(days=7)},
        {"body": "Cơ quan thứ ba (minh họa)", "due_on": today - dt.timedelta(days=5)},
    ]  # fmt: skip
    save_consultations(report, [row | {"sent_on": sent, "sent_number": "minh họa"} for row in bodies], actor=actor)
    engine.fire(report.case, "consult", actor=actor)
    return report
