"""Made-up projects, one at each stage: mobilised, in appraisal, approved and asleep, running with a report sent, closed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.utils import timezone

from agreements.aid import AidNature, ProjectKind
from agreements.models import ForeignFundedProject, Partner, Programme
from agreements.services import project_reports
from agreements.services import projects as services
from agreements.workflows.project import PROJECT
from intlcoop.catalogues.models import Currency
from intlcoop.operations.demo.programmes import LIVING
from intlcoop.people.models import OrgUnit, User
from intlcoop.workflow import engine

GOALS = "Nâng cao năng lực cán bộ, trao đổi kinh nghiệm quốc tế (minh họa)."
MECHANISM = "Chủ dự án tiếp nhận, quản lý theo quy định (minh họa)."


class Builder:
    def __init__(self, people: Mapping[str, User]) -> None:
        self.people, self.today = people, timezone.localdate()
        self.units = {unit.code: unit for unit in OrgUnit.objects.filter(code__in=("HTQT", "CSDP", "VTLT"))}
        self.currencies = {each.code: each for each in Currency.objects.all()}
        self.programme = Programme.objects.filter(name_vi=LIVING).first()

    def make(
        self, title: str, donor: str, amounts: tuple[tuple[str, str, str], ...], places: tuple[str, ...], **fields: Any
    ) -> ForeignFundedProject:
        filer, unit = fields.pop("filer", "chuyenvien"), fields.pop("unit", "CSDP")
        partner = Partner.objects.filter(short_name=donor).first()
        rows = [
            {"source": source, "amount": Decimal(amount), "currency": self.currencies[code]}
            for source, amount, code in amounts
        ]
        values = {"goals": GOALS, "mechanism": MECHANISM, "programme": self.programme} | fields
        return services.create_project(
            f"{title} (minh họa)",
            self.units[unit],
            actor=self.people[filer],
            fields=values,
            donors=[{"partner": partner}] if partner else [],
            amounts=rows,
            localities=places,
            is_sample=True,
        )

    def take_in(self, project: ForeignFundedProject) -> ForeignFundedProject:
        """As from records: approved, and begun when it says so."""
        engine.apply(engine.lock(project.case), PROJECT["import"], actor=None, comment="Nhập từ hồ sơ lưu (minh họa).")
        return ForeignFundedProject.objects.select_related("case__unit", "case__created_by").get(pk=project.pk)

    def ago(self, days: int) -> dt.date:
        return self.today - dt.timedelta(days=days)


def build(people: Mapping[str, User]) -> None:
    make = Builder(people)
    undp, care, adb = "UNDP", "CARE", "ADB"
    make.make(
        "Dự án chuyển đổi số trong quản lý chương trình phát triển vùng", undp, (("grant", "850000", "USD"),),
        ("Lào Cai", "Gia Lai"), goals="", mechanism="",
        mobilising="Đã làm việc với văn phòng đại diện; nhà tài trợ đề nghị gửi đề cương trước (minh họa).",
    )  # fmt: skip
    make.make(
        "Dự án hỗ trợ sinh kế cho phụ nữ vùng cao", care, (("grant", "120000", "EUR"),), ("Lào Cai",),
        nature=AidNature.NGO, starts_on=make.ago(-60), ends_on=make.ago(-800),
        mobilising="Chờ văn bản nhất trí của nhà tài trợ (minh họa).",
    )  # fmt: skip
    make.take_in(make.make(
        "Khoản viện trợ thiết bị số hóa tài liệu lưu trữ", adb, (("grant", "60000", "USD"),), ("Hà Nội",),
        kind=ProjectKind.NON_PROJECT, filer="luutru" if "luutru" in people else "chuyenvien", unit="VTLT",
        starts_on=make.ago(180), ends_on=make.ago(-200), approved_on=make.ago(230), programme=None,
    ))  # fmt: skip
    running = make.take_in(make.make(
        "Dự án bồi dưỡng cán bộ làm công tác phát triển vùng", undp,
        (("grant", "1200000", "USD"), ("counterpart", "2500000000", "VND")), ("Gia Lai", "Lào Cai"),
        nature=AidNature.TECHNICAL, starts_on=make.ago(300), ends_on=make.ago(-700), approved_on=make.ago(330),
        started_on=make.ago(300), decision_number="201/QĐ-BNV (minh họa)", decided_on=make.ago(330),
    ))  # fmt: skip
    first = running.reports.first()
    if first is not None and first.period_from <= make.today:
        spent = {"source": "grant", "currency": make.currencies["USD"], "planned": Decimal(300_000)}
        said = {"filed_on": make.today, "document": "35/BC-CSDP (minh họa)", "content": "Đúng tiến độ (minh họa)."}
        project_reports.file_report(
            first, actor=people["chuyenvien"], fields=said, disbursements=[spent | {"actual": Decimal(270_000)}]
        )
    over = make.take_in(make.make(
        "Dự án tăng cường năng lực đối thoại chính sách", adb, (("grant", "400000", "USD"),), ("Hà Nội",),
        starts_on=make.ago(1500), ends_on=make.ago(400), approved_on=make.ago(1530), started_on=make.ago(1500),
        decision_number="118/QĐ-BNV (minh họa)", decided_on=make.ago(1530), closed_on=None, programme=None,
    ))  # fmt: skip
    services.write_act(
        over,
        actor=people["htqt"],
        rule="agreements.keep_project",
        fields={"closed_on": make.ago(390), "result": "Hoàn thành các khóa bồi dưỡng (minh họa)."},
    )
    engine.apply(engine.lock(over.case), PROJECT["close"], actor=people["htqt"])
