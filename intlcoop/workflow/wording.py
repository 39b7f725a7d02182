"""What a step is called, and what the button says with which somebody decides it.

"HTQT thẩm định", "Trình Bộ trưởng" are labels of the current step, never states of a file. A button is named by the verb of
the office: what will happen when it is pressed.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.people import offices
from intlcoop.vietnamese.numbers import format_number
from intlcoop.web.display import Badge, Tone
from intlcoop.workflow.choices import Outcome, StepKind, StepState
from intlcoop.workflow.models import Case, Decision, LeftOut, RouteRuleStep, Step

_LABELS: dict[tuple[str, str], Any] = {
    (StepKind.ENDORSE, offices.UNIT_HEAD): _("The unit's head endorses"),
    (StepKind.APPRAISE, offices.ICD_OFFICER): _("The ICD appraises"),
    (StepKind.APPRAISE, offices.ICD_HEAD): _("The head of the ICD appraises"),
    (StepKind.OPINION, offices.FINANCE): _("Planning and Finance gives its opinion"),
    (StepKind.OPINION, offices.LEGAL): _("Legal Affairs gives its opinion"),
    (StepKind.OPINION, offices.ORG_PERSONNEL): _("Personnel and Organisation gives its opinion"),
    (StepKind.APPROVE, offices.DEPUTY_MINISTER): _("Submitted to the Deputy Minister in charge"),
    (StepKind.APPROVE, offices.MINISTER): _("Submitted to the Minister"),
    (StepKind.EXTERNAL_PERMISSION, offices.PRIME_MINISTER): _("Permission of the Prime Minister"),
    (StepKind.DRAFT_DECISION, offices.ORG_PERSONNEL): _("Drafting the decision"),
    (StepKind.SIGN, offices.MINISTER): _("Signing the decision"),
    (StepKind.SIGN, offices.DEPUTY_MINISTER): _("Signing the decision"),
    (StepKind.ISSUE, offices.CLERK): _("Numbering and issuing the decision"),
}

#: What agreeing says when the file goes on to this office.
_ONWARDS: dict[str, Any] = {
    offices.ICD_OFFICER: _("Agree, send to the ICD"),
    offices.ICD_HEAD: _("Appraised, submit to the head of the ICD"),
    offices.DEPUTY_MINISTER: _("Agree, submit to the Deputy Minister"),
    offices.MINISTER: _("Agree, submit to the Minister"),
    offices.PRIME_MINISTER: _("Agree, ask the Prime Minister's permission"),
}

_AGREE: dict[str, Any] = {
    StepKind.ENDORSE: _("Agree"),
    StepKind.OPINION: _("Agree"),
    StepKind.APPRAISE: _("Appraised"),
    StepKind.APPROVE: _("Approve"),
    StepKind.EXTERNAL_PERMISSION: _("Record: permitted"),
    StepKind.DRAFT_DECISION: _("Draft finished, submit for signature"),
    StepKind.SIGN: _("Sign the decision"),
    StepKind.ISSUE: _("Number and issue"),
    StepKind.COPY: _("Noted"),
}

_OPEN: dict[str, Any] = {
    StepKind.ENDORSE: _("Look and decide"),
    StepKind.OPINION: _("Give the opinion"),
    StepKind.APPRAISE: _("Appraise the file"),
    StepKind.APPROVE: _("Look and decide"),
    StepKind.EXTERNAL_PERMISSION: _("Record the reply"),
    StepKind.DRAFT_DECISION: _("Draft the decision"),
    StepKind.SIGN: _("Look and sign"),
    StepKind.ISSUE: _("Number and issue"),
    StepKind.COPY: _("Noted"),
}


def step_label(step: Step | RouteRuleStep) -> str:
    """ "HTQT thẩm định"; a step of another kind of route reads "<verb> · <office>"."""
    if step.kind == StepKind.EXTERNAL_PERMISSION and step.body:
        return gettext("Permission of %(body)s") % {"body": step.body}
    if label := _LABELS.get((step.kind, step.office)):
        return str(label)
    body = step.body or offices.office_label(step.office)
    if step.kind == StepKind.OPINION:
        return gettext("Opinion of %(body)s") % {"body": body}
    return f"{step.get_kind_display()} · {body}"


def conditional_words(*, only_if_disagreed: bool) -> str:
    """Under which condition a step to come opens at all; empty for one that always does."""
    return gettext("Only after a disagreeing opinion of the same round; else passed over.") if only_if_disagreed else ""


def without_office(label: str, acting: str) -> str:
    """Who acts, for a place where the label that stands beside it ends with the office already."""
    office, _colon, names = acting.partition(": ")
    return names if label.endswith(office) else acting


def not_yet(step: Step) -> str:
    """Why a step to come cannot be acted on; empty for one whose turn has come, or is over."""
    if step.state != StepState.PENDING or step.superseded_at is not None:
        return ""
    waiting = ", ".join(step_label(each) for each in Step.objects.open().filter(case=step.case_id).order_by("position"))
    return gettext("It is not the turn of this step yet. The file waits for: %(steps)s.") % {"steps": waiting or "–"}


def open_label(step: Step) -> str:
    """The button on the file's page that leads to the step: it decides nothing yet."""
    return str(_OPEN[step.kind])


def outcome_label(step: Step, outcome: str, onwards: Sequence[Step] = ()) -> str:
    """The button that decides. `onwards`: the steps that open when this one agrees."""
    if outcome == Outcome.AGREE:
        bound = (
            _ONWARDS.get(onwards[0].office) if onwards and step.kind in (StepKind.ENDORSE, StepKind.APPRAISE) else None
        )
        if step.kind == StepKind.APPROVE and onwards and onwards[0].kind == StepKind.EXTERNAL_PERMISSION:
            bound = _ONWARDS[offices.PRIME_MINISTER]
        return str(bound or _AGREE[step.kind])
    if outcome == Outcome.REJECT and step.kind == StepKind.EXTERNAL_PERMISSION:
        return gettext("Record: not permitted")
    words = {
        Outcome.DISAGREE: gettext("Disagree"),
        Outcome.RETURN: gettext("Return for completion"),
        Outcome.REJECT: gettext("Reject"),
    }
    return words[Outcome(outcome)]


def decided_words(decision: Decision) -> str:
    """What came of a step, both names included where a recorder wrote it down."""
    outcome = str(decision.get_outcome_display())
    if names := [row.label for row in decision.left_out.all()]:
        outcome = gettext("%(outcome)s, without: %(names)s") % {"outcome": outcome, "names": "; ".join(names)}
        totals = [words for row in decision.left_out.all() for words in totals_words(row)]
        outcome = ". ".join([outcome, *totals])
    if not decision.on_paper or decision.recorded_by is None:
        return outcome
    values = {"outcome": outcome, "day": f"{decision.decided_on:%d/%m/%Y}", "recorder": decision.recorded_by.full_name}
    if decision.decided_by is None:
        return gettext("%(outcome)s; reply of %(day)s, recorded by %(recorder)s") % values
    values["office"] = decision.decided_by_title
    return gettext("%(outcome)s: %(office)s decided on paper on %(day)s; recorded by %(recorder)s") % values


def totals_words(row: LeftOut) -> list[str]:
    """The totals that followed a decision, before and after: "Kinh phí đề nghị: 150.000.000 VND → 120.000.000 VND"."""
    labels = {
        "people": gettext("Number of people"),
        "asked": gettext("Money asked for"),
        "estimated": gettext("Cost estimate"),
    }
    found = []
    for total in row.snapshot.get("totals", ()):
        label, code = labels[total["of"]], total["currency"]
        before, after = (
            " ".join(filter(None, (format_number(Decimal(total[key])), code))) for key in ("before", "after")
        )
        if before != after:
            found.append(
                gettext("%(label)s: %(before)s → %(after)s") % {"label": label, "before": before, "after": after}
            )
        elif total["of"] == "asked" and not row.snapshot.get("has_estimate"):
            text = gettext("%(label)s: %(before)s, not computed again because the file has no cost estimate")
            found.append(text % {"label": label, "before": before})
    return found


def state_badge(case: Case, state_label: str, open_steps: Sequence[Step]) -> Badge:
    """The word of the status line: the current step's while the file is under way, else its state's."""
    if open_steps:
        return Badge(" · ".join(dict.fromkeys(step_label(step) for step in open_steps)), Tone.WAITING)
    return Badge(state_label, _TONES.get(case.state, Tone.INFO))


_TONES: dict[str, Tone] = {
    "planned": Tone.QUIET,
    "draft": Tone.QUIET,
    "returned": Tone.WAITING,
    "report_due": Tone.WAITING,
    "filed": Tone.WAITING,
    "completed": Tone.DONE,
    "accepted": Tone.DONE,
    "approved": Tone.DONE,
    "decided": Tone.DONE,
    "in_force": Tone.DONE,
    "held": Tone.DONE,
    "claimed": Tone.WAITING,
    "kept": Tone.DONE,
    "dropped": Tone.QUIET,
    "postponed": Tone.QUIET,
    "cancelled": Tone.QUIET,
    "rejected": Tone.LATE,
}
