"""How the files of this room become known to the engine (called from AppConfig.ready)."""

from __future__ import annotations

from agreements.workflows.agreement_kinds import agreement_kind
from agreements.workflows.amendment import amendment_kind
from agreements.workflows.commitment import commitment_kind
from agreements.workflows.need import need_kind
from agreements.workflows.project import project_kind
from agreements.workflows.question import question_kind
from agreements.workflows.treaty_report import treaty_report_kind
from intlcoop.workflow import registry


def register() -> None:
    registry.register(agreement_kind())
    registry.register(amendment_kind())
    registry.register(commitment_kind())
    registry.register(treaty_report_kind())
    registry.register(project_kind())
    registry.register(question_kind())
    registry.register(need_kind())
