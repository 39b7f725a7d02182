"""The draft decision of a sample trip, as the personnel department would make it from the file."""

from __future__ import annotations

from intlcoop.exporting.docx import build_docx
from intlcoop.exporting.papers import Head, Paper, Paragraph
from intlcoop.people.models import User
from intlcoop.workflow.models import Case
from intlcoop.workflow.papers import save_draft


def draft_decision(case: Case, actor: User) -> None:
    subject = "Về việc cử đoàn đi công tác nước ngoài"
    paper = Paper(
        head=Head(issuer="Bộ Dân tộc và Phát triển vùng", symbol="QĐ-BDP"),
        title="QUYẾT ĐỊNH",
        subject=subject,
        blocks=(Paragraph(case.title),),
    )
    save_draft(case, build_docx(paper), subject=subject, symbol="QĐ-BDP", actor=actor)
