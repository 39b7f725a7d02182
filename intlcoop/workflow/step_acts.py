"""From a pressed button on the page of a step to the service that decides it, by the kind of the step."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest
from django.utils import timezone

from intlcoop.audit.requests import facts_of
from intlcoop.people import offices
from intlcoop.workflow import deciding, doors, leaving_out, papers, recording, wording
from intlcoop.workflow.choices import Outcome, StepKind, outcomes_of
from intlcoop.workflow.deciding import OfficialNumber
from intlcoop.workflow.doors import person_of, request_key, version_in
from intlcoop.workflow.forms import DecideForm, IssueForm, PaperDecisionForm, ReplyForm
from intlcoop.workflow.models import Decision, Step
from intlcoop.workflow.process import Process


def is_outside(step: Step) -> bool:
    """Whether a body outside decides, whose answer is recorded."""
    return (step.acting_office or step.office) in offices.OUTSIDE


def form_for(step: Step, data: Any, files: Any, request: HttpRequest) -> Any:
    """The form beneath the facts: a comment, or the particulars that this kind of step asks for."""
    if is_outside(step):
        return ReplyForm(data, files, actor=person_of(request), where=facts_of(request))
    if step.kind == StepKind.ISSUE:
        paper = papers.current_paper(step.case)
        initial = {"symbol": paper.symbol if paper else "", "issued_on": timezone.localdate()}
        return IssueForm(data, files, actor=person_of(request), where=facts_of(request), initial=initial)
    return DecideForm(data, parts=leaving_out.parts_of(step))


def act_for(request: HttpRequest, step: Step, outcome: str, form: Any) -> Decision:
    """Decide as the button says. Raises what the engine raises."""
    sent: dict[str, Any] = {
        "actor": person_of(request),
        "request_id": request_key(request),
        "expected_version": version_in(request),
    }
    values = getattr(form, "cleaned_data", {})
    comment = values.get("comment", "")
    complete = form.is_valid()
    if outcome == Outcome.RETURN:
        target = form.target if complete else None
        return deciding.decide(step, outcome, comment=comment, returned_to=target, **sent)
    if is_outside(step) and complete:
        return recording.record_reply(
            step,
            outcome,
            particulars=form.particulars,
            outside=form.outside,
            scan=doors.upload_in(form, "scan", request),
            comment=comment,
            **sent,
        )
    if step.kind == StepKind.ISSUE and complete:
        number = OfficialNumber(number=values["number"], symbol=values["symbol"], issued_on=values["issued_on"])
        scan = doors.upload_in(form, "scan", request)
        return recording.issue(step, outcome, official_number=number, scan=scan, comment=comment, **sent)
    left_out = form.left_out if isinstance(form, DecideForm) and complete else {}
    return deciding.decide(step, outcome, comment=comment, left_out=left_out, **sent)


def record_paper(request: HttpRequest, step: Step, form: PaperDecisionForm) -> Decision:
    scan = doors.upload_in(form, "scan", request)
    assert scan is not None
    return recording.record_paper_decision(
        step,
        form.cleaned_data["outcome"],
        actor=person_of(request),
        decided_by=form.person,
        decided_on=form.cleaned_data["decided_on"],
        note=form.cleaned_data["comment"],
        scan=scan,
        returned_to=form.target if form.cleaned_data["outcome"] == Outcome.RETURN else None,
        left_out=form.left_out,
        request_id=request_key(request),
    )


def buttons_of(step: Step, process: Process) -> dict[str, Any]:
    """(value, label) of the outcomes: the first one primary, the one that ends the file apart."""
    onwards = process.onwards(step)
    values = outcomes_of(step.kind)
    labels = [(each.value, wording.outcome_label(step, each, onwards)) for each in values]
    return {
        "primary_button": labels[0],
        "other_buttons": [pair for pair in labels[1:] if pair[0] == Outcome.DISAGREE],
        "may_return": Outcome.RETURN in values,
        "reject_button": next((pair for pair in labels if pair[0] == Outcome.REJECT), None),
    }
