"""Everything that whoever decides a step needs to know, on one page: the case in a few lines, warnings, earlier opinions, law."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from intlcoop.web.display import Fact
from intlcoop.workflow import registry, wording
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.forms import DraftForm
from intlcoop.workflow.models import Step
from intlcoop.workflow.pages import cautions_of
from intlcoop.workflow.papers_shown import attachments_of, papers_of
from intlcoop.workflow.process import Process, binds_words, line_of
from intlcoop.workflow.step_cautions import step_cautions
from intlcoop.workflow.versions import changed_since

if TYPE_CHECKING:
    from intlcoop.people.models import User


def step_context(step: Step, user: User) -> dict[str, Any]:
    process = Process(step.case)
    kind = registry.kind_of(step.case)
    lines = kind.decision_facts(step.case) if kind.decision_facts else kind.summary(step.case).lines
    return {
        "step": step,
        "step_label": wording.step_label(step),
        "process": process,
        "facts": [Fact(label, value) for label, value in lines],
        "cautions": [*step_cautions(step, process, user), *cautions_of(step.case, user)],
        "sections": kind.context(step.case, user),
        "opinions": [line_of(decision.step, process) for decision in process.decided()],
        "changed": changed_since(step, process),
        "against": kind.against(step.case),
        "binds": binds_words(step),
        "waits_for": process.acting(step),
        "stands_in": process.stands_in(step, user),
        "days_left": process.days_left(step),
        "papers": papers_of(process, user),
        "attachments": attachments_of(step.case),
        "is_drafting": step.kind == StepKind.DRAFT_DECISION,
        "draft_form": DraftForm(actor=user) if step.kind == StepKind.DRAFT_DECISION else None,
        "has_drafter": registry.drafter_of(step.case) is not None,
    }
