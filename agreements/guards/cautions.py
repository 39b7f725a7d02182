"""What whoever decides on an agreement should see: a title that only warns, papers that look alike, a short term."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.choices import AgreementState, Procedure
from agreements.guards import agreement as guards
from agreements.queries.agreements import somebody_disagreed
from agreements.queries.twins import twins_of
from intlcoop.regulations.choices import Severity

if TYPE_CHECKING:
    from intlcoop.workflow.models import Case


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One line of "Cảnh báo"; `number` leads to another file."""

    text: str
    citation: str = ""
    needs_check: bool = False
    number: str = ""
    #: What is said instead to whoever may not read the file of that number.
    closed_text: str = ""
    blocks: bool = False


def agreement_cautions(case: Case) -> list[Finding]:
    agreement = guards.of(case)
    found = []
    title = guards.title_problem(agreement, timezone.localdate())
    if title is not None:
        found.append(Finding(text=title[0], blocks=title[1].severity == Severity.BLOCK))
    for twin in twins_of(agreement):
        text = _("It looks like “%(title)s” with %(partner)s.") % {
            "title": twin.agreement.case.title,
            "partner": twin.partner,
        }
        closed = _("It looks like a paper with %(partner)s that you may not read.") % {"partner": twin.partner}
        if agreement.twin_reason:
            said = " " + _("The filer says: %(reason)s") % {"reason": agreement.twin_reason}
            text, closed = text + said, closed + said
        found.append(Finding(text=text, closed_text=closed, number=twin.agreement.case.number))
    if agreement.procedure == Procedure.SHORT:
        found.append(Finding(text=_("Shortened procedure: %(why)s") % {"why": agreement.procedure_reason or "…"}))
    if somebody_disagreed(case):
        found.append(
            Finding(
                text=_(
                    "An opinion disagreed. In the ministry's name it is signed only with the Prime Minister's consent."
                ),
                citation="Luật 70/2020/QH14, Điều 16, Điều 17",
            )
        )
    if case.state == AgreementState.IN_APPROVAL:
        found += [Finding(text=sentence, blocks=True) for sentence in guards.dossier_is_complete(case)]
    return found
