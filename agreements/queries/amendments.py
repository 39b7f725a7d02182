"""What the engine and the pages ask of a change of an agreement: its facts, content, summary, old and new side by side."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.choices import AgreementFile, ChangeAct
from agreements.models import AgreementAmendment
from agreements.queries.agreements import AgreementFacts, facts_of, parties_text, term_text
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.file_numbers import shown
from intlcoop.workflow.comparing import Comparison, compare
from intlcoop.workflow.models import CaseAttachment
from intlcoop.workflow.registry import Related, Summary

if TYPE_CHECKING:
    from django.db.models import QuerySet

    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case


def change_of(case: Case) -> AgreementAmendment:
    return (
        AgreementAmendment.objects.select_related("agreement__case")
        .prefetch_related("agreement__parties__partner")
        .get(case=case)
    )


def amendment_facts(case: Case) -> AgreementFacts:
    """Those of the agreement, with the procedure of the change."""
    change = change_of(case)
    return facts_of(change.agreement, change.procedure)


def amendment_content(case: Case) -> dict[str, Any]:
    change = change_of(case)
    drafts = CaseAttachment.objects.current().filter(case=case, kind__in=AgreementFile.BINDING).order_by("sha256")
    return {
        "programme": {
            "act": change.act,
            "procedure": change.procedure,
            "new_text": change.new_text,
            "term": [change.term_kind, str(change.expires_on or ""), str(change.review_on or "")],
            "drafts": list(drafts.values_list("sha256", flat=True)),
        },
        "wording": {"title": case.title, "what": change.what, "reason": change.reason, "old_text": change.old_text},
    }


def readable_amendment(content: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    said, bound = content.get("wording", {}), content.get("programme", {})
    term = bound.get("term", ["", "", ""])
    return [
        (_("What is to happen"), [str(dict(ChangeAct.choices).get(bound.get("act", ""), ""))]),
        (_("Which provisions"), [said.get("what", "")]),
        (_("New wording"), bound.get("new_text", "").splitlines()),
        (_("Reason"), said.get("reason", "").splitlines()),
        (_("New day of expiry"), [term[1]]),
    ]


def amendment_particulars(change: AgreementAmendment) -> list[tuple[str, Any, str]]:
    agreement = change.agreement
    found: list[tuple[str, Any, str]] = [
        (_("Agreement"), f"{shown(agreement.case.number)} · {agreement.case.title}", agreement.get_absolute_url()),
        (_("What is to happen"), change.get_act_display(), ""),
        (_("With"), parties_text(agreement), ""),
        (_("Done by the other side"), _("yes") if change.by_partner else "", ""),
        (_("Procedure"), change.get_procedure_display(), ""),
        (_("Which provisions"), change.what, ""),
        (_("Term so far"), term_text(agreement), ""),
        (_("New day of expiry"), table_date(change.expires_on) if change.expires_on else "", ""),
        (_("Reason"), change.reason, ""),
        (_("Document"), document_text(change), ""),
        (_("In force from"), table_date(change.effective_on) if change.effective_on else "", ""),
        (_("Unit"), change.case.unit, ""),
    ]
    needed = {_("Reason"), _("Agreement"), _("What is to happen")}
    return [line for line in found if line[1] or line[0] in needed]


def document_text(change: AgreementAmendment) -> str:
    day = table_date(change.document_on) if change.document_on else ""
    return ", ".join(filter(None, (change.document_number, day)))


def amendment_summary(case: Case) -> Summary:
    change = change_of(case)
    return Summary(
        title=case.title,
        where=parties_text(change.agreement),
        when=table_date(change.effective_on) if change.effective_on else "",
        who="",
        url=reverse("agreements:amendment", args=[case.number]),
        on=change.effective_on,
        lines=(
            (_("Agreement"), shown(change.agreement.case.number)),
            (_("What is to happen"), str(change.get_act_display())),
        ),
    )


def amendment_decision_facts(case: Case) -> list[tuple[str, Any]]:
    change = change_of(case)
    change.case = case
    return [(label, value) for label, value, _url in amendment_particulars(change)]


def amendment_against(case: Case) -> list[Comparison]:
    """Old and new wording side by side, for whoever decides."""
    change = change_of(case)
    if change.act == ChangeAct.AMEND:
        return compare([(_("Wording"), change.old_text.splitlines())], [(_("Wording"), change.new_text.splitlines())])
    if change.act == ChangeAct.EXTEND:
        new = table_date(change.expires_on) if change.expires_on else str(change.get_term_kind_display())
        return compare([(_("Term"), [term_text(change.agreement)])], [(_("Term"), [new])])
    return []


def amendment_history(case: Case) -> Related:
    return Related(rows=[case.amendment])


def amendment_edit_url(case: Case) -> str:
    return reverse("agreements:amendment_edit", args=[case.number])


def changes_for_all(user: User) -> QuerySet[Any]:
    """A change that came into force is part of the agreement: whoever reads every concluded one reads it."""
    rows = AgreementAmendment.objects.in_force().filter(agreement__is_secret=False)
    return rows.values("case") if user.is_active else rows.none().values("case")
