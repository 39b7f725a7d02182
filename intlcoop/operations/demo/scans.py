"""The papers on which the planning of the sample years rests: the orientation, and the call to the units. Words only, made up."""

from __future__ import annotations

import datetime as dt
import io
from collections.abc import Mapping

from docx import Document

from delegations.choices import PlanPaperKind
from delegations.models import PlanPaper, PlanYear
from intlcoop.documents.services import store_own_file
from intlcoop.people.models import User


def build(people: Mapping[str, User]) -> int:
    """Two papers of next year, one of this; returns how many."""
    years = list(PlanYear.objects.filter(is_sample=True).order_by("year"))
    for opened in years:
        day = opened.orientation_date or dt.date(opened.year - 1, 11, 2)
        _keep(
            opened, PlanPaperKind.ORIENTATION, opened.orientation_number, day, opened.orientation_title, people["htqt"]
        )
    if years:
        title = f"Đề nghị đề xuất kế hoạch hợp tác quốc tế năm {years[-1].year} (minh họa)"
        day = years[-1].orientation_date or dt.date(years[-1].year - 1, 11, 2)
        _keep(years[-1], PlanPaperKind.CALL, "25/BDP-HTQT", day, title, people["vanthu"])
    return len(years) + bool(years)


def _keep(opened: PlanYear, kind: str, number: str, day: dt.date, title: str, actor: User) -> None:
    paper = PlanPaper(year=opened, kind=kind, number=number, dated=day, note="minh họa")
    store_own_file(_words(title, number), paper, name=f"{kind}-{opened.year}.docx", kind="docx", actor=actor)


def _words(title: str, number: str) -> bytes:
    document, out = Document(), io.BytesIO()
    document.add_heading(title, level=1)
    document.add_paragraph(f"Số: {number}")
    document.add_paragraph("Văn bản minh họa của bộ mẫu, không có giá trị pháp lý.")
    document.save(out)
    return out.getvalue()
