"""The closed lists of approval: kinds of steps, what can come of one, and what a decision binds."""

from __future__ import annotations

from enum import nonmember

from django.db import models
from django.utils.translation import gettext_lazy as _


class StepKind(models.TextChoices):
    ENDORSE = "endorse", _("Endorse")
    OPINION = "opinion", _("Give an opinion")
    APPRAISE = "appraise", _("Appraise")
    APPROVE = "approve", _("Approve")
    EXTERNAL_PERMISSION = "external_permission", _("Ask permission outside the ministry")
    DRAFT_DECISION = "draft_decision", _("Draft the decision")
    SIGN = "sign", _("Sign the decision")
    ISSUE = "issue", _("Number and issue the decision")
    COPY = "copy", _("Receive a copy")

    #: The second phase of a route: approval is over, the decision is being made out.
    DECISION_PHASE = nonmember(("draft_decision", "sign", "issue"))
    #: Steps in which somebody says yes to the whole: a route without one is no route.
    APPROVING = nonmember(("approve", "external_permission", "sign"))


class RuleRole(models.TextChoices):
    """What a route rule gives: the route itself (the first that fits wins), or steps besides (every one that fits)."""

    ROUTE = "route", _("Route")
    ADDITION = "addition", _("Additional steps")


class Phase(models.TextChoices):
    APPROVAL = "approval", _("Approval")
    DECISION = "decision", _("Decision")


class StepState(models.TextChoices):
    PENDING = "pending", _("To come")
    OPEN = "open", _("Waiting")
    DONE = "done", _("Done")
    STOPPED = "stopped", _("Stopped")


class Outcome(models.TextChoices):
    AGREE = "agree", _("Agreed")
    DISAGREE = "disagree", _("Disagreed")
    RETURN = "return", _("Returned for completion")
    REJECT = "reject", _("Rejected")
    NO_ANSWER = "no_answer", _("Overdue, no answer")
    SENT = "sent", _("Copy sent")
    NOT_NEEDED = "not_needed", _("Not needed")

    #: Written by the engine itself when a step opens; nobody has decided anything.
    AUTOMATIC = nonmember(("sent", "not_needed"))


class Facet(models.TextChoices):
    """The parts of a file that a decision can bind."""

    PEOPLE = "people", _("Members")
    TIME_PLACE = "time_place", _("Time and place")
    MONEY = "money", _("Money")
    PROGRAMME = "programme", _("Programme")


class Change(models.TextChoices):
    """What a new version of a facet is to the one that was decided on."""

    SAME = "same", _("unchanged")
    LESS = "less", _("less than decided")
    MORE = "more", _("more than decided")


class PaperKind(models.TextChoices):
    DECISION = "decision", _("Decision")
    SUBMISSION = "submission", _("Submission")
    REPORT = "report", _("Report")


OUTCOMES_OF = {
    StepKind.OPINION: (Outcome.AGREE, Outcome.DISAGREE),
    StepKind.EXTERNAL_PERMISSION: (Outcome.AGREE, Outcome.REJECT),
    StepKind.ISSUE: (Outcome.AGREE, Outcome.RETURN),
    StepKind.DRAFT_DECISION: (Outcome.AGREE, Outcome.RETURN),
    StepKind.COPY: (),
}
USUAL_OUTCOMES = (Outcome.AGREE, Outcome.RETURN, Outcome.REJECT)


#: Steps on which a decision may leave out a part of what it binds, and agree to the rest.
DECIDES_PARTS = (StepKind.ENDORSE, StepKind.APPRAISE, StepKind.APPROVE)


def outcomes_of(kind: str) -> tuple[Outcome, ...]:
    """What the holder of a step of this kind may decide."""
    return OUTCOMES_OF.get(StepKind(kind), USUAL_OUTCOMES)
