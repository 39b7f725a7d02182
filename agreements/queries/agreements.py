"""What the engine, the papers and the pages ask of an agreement: its facts, its content, its summary."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, cast

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.choices import (
    AgreementFile,
    AgreementState,
    Concern,
    DatePrecision,
    InNameOf,
    Procedure,
    Regime,
    TermKind,
    TextLanguage,
)
from agreements.models import AgreementDuty, AgreementParty, InternationalAgreement
from intlcoop.vietnamese.dates import Precision, known_date, table_date
from intlcoop.vietnamese.folding import fold
from intlcoop.workflow.choices import Outcome
from intlcoop.workflow.facts import fact
from intlcoop.workflow.models import CaseAttachment, Decision
from intlcoop.workflow.registry import Related, Summary

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

YES, NO = "yes", "no"


def _touches(label: Any, yes: Any, no: Any) -> Any:
    return fact(label, "%(values)s", ((YES, yes), (NO, no)), usual=NO, default=NO)


@dataclass(frozen=True, slots=True, kw_only=True)
class AgreementFacts:
    """All that a route rule may look at for an agreement and for its changes (Law 70/2020)."""

    in_name_of: str = fact(
        gettext_lazy("In the name of"),
        gettext_lazy("it is signed in the name of: %(values)s"),
        InNameOf.choices,
        usual=InNameOf.MINISTRY,
    )
    procedure: str = fact(
        gettext_lazy("Procedure"),
        gettext_lazy("the procedure is: %(values)s"),
        Procedure.choices,
        usual=Procedure.STANDARD,
        default=Procedure.STANDARD.value,
    )
    defence: str = _touches(
        Concern.DEFENCE.label, gettext_lazy("the draft touches defence"), gettext_lazy("it does not touch defence")
    )
    security: str = _touches(
        Concern.SECURITY.label,
        gettext_lazy("the draft touches security or public order"),
        gettext_lazy("it does not touch security"),
    )
    investment: str = _touches(
        Concern.INVESTMENT.label,
        gettext_lazy("the draft touches investment"),
        gettext_lazy("it does not touch investment"),
    )
    sensitive: str = _touches(
        Concern.SENSITIVE.label,
        gettext_lazy("the matter is politically or diplomatically sensitive"),
        gettext_lazy("the matter is not sensitive"),
    )


def agreement_facts(case: Case) -> AgreementFacts:
    return facts_of(InternationalAgreement.objects.get(case=case))


def facts_of(agreement: InternationalAgreement, procedure: str | None = None) -> AgreementFacts:
    touched = {concern: YES if concern in agreement.concerns else NO for concern in Concern.values}
    return AgreementFacts(in_name_of=agreement.in_name_of, procedure=procedure or agreement.procedure, **touched)


def legal_values(agreement: InternationalAgreement) -> dict[str, str]:
    """What the rules on dossiers and duties look at."""
    languages = set(agreement.languages)
    return {
        "regime": agreement.regime,
        "in_name_of": agreement.in_name_of,
        "procedure": agreement.procedure,
        "secret": YES if agreement.is_secret else NO,
        "vietnamese_text": YES if TextLanguage.VI in languages or not languages else NO,
        "foreign_text": YES if languages - {TextLanguage.VI} else NO,
        "disagreement": YES if somebody_disagreed(agreement.case) else NO,
    }


def somebody_disagreed(case: Case) -> bool:
    """Whether an opinion of the route as it stands disagreed."""
    return Decision.objects.filter(step__case=case, step__superseded_at__isnull=True, outcome=Outcome.DISAGREE).exists()


# --- content --------------------------------------------------------------------------------------------------------


def agreement_content(case: Case) -> dict[str, Any]:
    """The agreement by facets, as plain JSON. "wording" binds nothing; the drafts bind by their fingerprints."""
    agreement = (
        InternationalAgreement.objects.prefetch_related("parties", "fields").select_related("programme").get(case=case)
    )
    return content_of(agreement, case)


def content_of(agreement: InternationalAgreement, case: Case, *, drafts: list[str] | None = None) -> dict[str, Any]:
    parties = list(agreement.parties.all())
    if drafts is None:
        drafts = list(
            CaseAttachment.objects.current()
            .filter(case=case, kind__in=AgreementFile.BINDING)
            .order_by("sha256")
            .values_list("sha256", flat=True)
        )
    return {
        "programme": {
            "title": fold(case.title),
            "regime": agreement.regime,
            "kind": agreement.kind,
            "in_name_of": agreement.in_name_of,
            "procedure": agreement.procedure,
            "concerns": sorted(agreement.concerns),
            "parties": sorted(party.partner_id for party in parties),
            "term": [agreement.term_kind, str(agreement.expires_on or ""), agreement.renewal_months or 0],
            "languages": sorted(agreement.languages),
            "drafts": sorted(drafts),
        },
        "wording": {
            "title": case.title,
            "title_en": agreement.title_en,
            "title_native": agreement.title_native,
            "content": agreement.content,
            "purpose": agreement.purpose,
            "assessment": agreement.assessment,
            "opinions_taken_in": agreement.opinions_taken_in,
            "programme": str(agreement.programme or ""),
            "fields": [str(each) for each in agreement.fields.all()],
            "intended": [str(agreement.intended_on or ""), agreement.intended_place],
            "signatories": sorted(f"{party.partner_id}|{party.signatory}|{party.signatory_title}" for party in parties),
        },
    }


def readable_agreement(content: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """A version in words, for people who compare two of them."""
    said, bound = content.get("wording", {}), content.get("programme", {})
    return [
        (_("Vietnamese title of the text"), [said.get("title", "")]),
        (_("English title of the text"), [said.get("title_en", "")]),
        (_("Kind"), [_label(InternationalAgreement, "kind", bound.get("kind", ""))]),
        (_("In the name of"), [_label(InternationalAgreement, "in_name_of", bound.get("in_name_of", ""))]),
        (_("Need and purpose"), said.get("purpose", "").splitlines()),
        (_("Main content"), said.get("content", "").splitlines()),
        (_("Impact, lawfulness, feasibility"), said.get("assessment", "").splitlines()),
        (_("How the opinions were taken in"), said.get("opinions_taken_in", "").splitlines()),
    ]


def _label(model: Any, name: str, value: str) -> str:
    return str(dict(model._meta.get_field(name).choices).get(value, value))


# --- in words -------------------------------------------------------------------------------------------------------


def parties_text(agreement: InternationalAgreement) -> str:
    return "; ".join(str(party.partner) for party in agreement.parties.all())


def signed_text(agreement: InternationalAgreement) -> str:
    """ "17/08/2022", "tháng 8/2022", "ngày ký không ghi trong nguồn", or nothing while it is not signed."""
    if agreement.signed_on is not None:
        if agreement.signed_precision in (DatePrecision.MONTH, DatePrecision.YEAR):
            return known_date(agreement.signed_on, cast(Precision, agreement.signed_precision))
        return table_date(agreement.signed_on)
    if agreement.case.state in AgreementState.CONCLUDED:
        return _("day of signing not stated in the source")
    return ""


def signed_briefly(agreement: InternationalAgreement) -> str:
    """For a column that says already what day it is."""
    if agreement.signed_on is None and agreement.case.state in AgreementState.CONCLUDED:
        return _("not stated in the source")
    return signed_text(agreement)


def term_text(agreement: InternationalAgreement) -> str:
    match agreement.term_kind:
        case TermKind.FIXED if agreement.expires_on:
            return _("until %(day)s") % {"day": table_date(agreement.expires_on)}
        case TermKind.AUTO_RENEWED if agreement.expires_on:
            return _("until %(day)s, then renewed by itself for %(months)s months each time") % {
                "day": table_date(agreement.expires_on),
                "months": agreement.renewal_months or "…",
            }
        case TermKind.OPEN_ENDED:
            if agreement.review_on:
                return _("open-ended, to be reviewed on %(day)s") % {"day": table_date(agreement.review_on)}
            return _("open-ended")
    return ""


def agreement_summary(case: Case) -> Summary:
    agreement = InternationalAgreement.objects.prefetch_related("parties__partner").get(case=case)
    agreement.case = case
    on = agreement.signed_on or agreement.intended_on
    planned = _("planned %(day)s") % {"day": table_date(on)} if on else ""
    when = signed_text(agreement) if agreement.signed_on else planned
    lines = (
        (_("With"), parties_text(agreement)),
        (_("Kind"), str(agreement.get_kind_display())),
        (_("In the name of"), str(agreement.get_in_name_of_display())),
        (_("Unit"), str(case.unit)),
    )
    return Summary(
        title=case.title,
        where=parties_text(agreement),
        when=when,
        who=agreement.signer_name,
        url=reverse("agreements:agreement", args=[case.number]),
        on=on,
        lines=lines,
    )


def agreement_particulars(agreement: InternationalAgreement) -> list[tuple[str, Any, str]]:
    """(label, value, address) of all that the page of an agreement says at its top."""
    optional = [
        (_("Fields of cooperation"), ", ".join(str(each) for each in agreement.fields.all()), ""),
        (_("Programme that benefits"), agreement.programme, ""),
        (_("English title of the text"), agreement.title_en, ""),
        (_("Title in the partner's language"), agreement.title_native, ""),
        (_("Languages of the text"), languages_text(agreement), ""),
    ]
    return [
        (_("With"), parties_text(agreement), ""),
        (_("Kind"), agreement.get_kind_display(), ""),
        (_("In the name of"), agreement.get_in_name_of_display(), ""),
        *signing_particulars(agreement),
        (_("Unit"), agreement.case.unit, ""),
        (_("Legal regime"), agreement.get_regime_display(), ""),
        *(line for line in optional if line[1]),
    ]


def languages_text(agreement: InternationalAgreement) -> str:
    known = dict(TextLanguage.choices)
    return ", ".join(str(known.get(each, each)) for each in agreement.languages)


def signing_particulars(agreement: InternationalAgreement) -> list[tuple[str, Any, str]]:
    """What is planned while it is not signed; afterwards what happened."""
    if agreement.case.state not in AgreementState.CONCLUDED:
        planned = [table_date(agreement.intended_on) if agreement.intended_on else "", agreement.intended_place]
        procedure = [agreement.get_procedure_display(), agreement.procedure_reason]
        found = [(_("Signing planned"), ", ".join(filter(None, planned)), ""), (_("Term"), term_text(agreement), "")]
        if agreement.regime == Regime.INTERNATIONAL_AGREEMENT:
            found.append((_("Procedure"), ": ".join(filter(None, map(str, procedure))), ""))
        return found
    place = ", ".join(filter(None, (agreement.signed_place, str(agreement.signed_country or ""))))
    signer = ", ".join(filter(None, (agreement.signer_name, agreement.signer_title)))
    if agreement.authority_document:
        signer += f" ({agreement.authority_document})"
    found = [
        (_("Signed on"), signed_text(agreement), ""),
        (_("Place of signing"), place, ""),
        (_("Signed for us by"), signer, ""),
    ]
    if agreement.effective_on:
        found.append((_("In force from"), table_date(agreement.effective_on), ""))
    found.append((_("Term"), term_text(agreement), ""))
    if agreement.ended_on:
        found.append((_("Ended on"), table_date(agreement.ended_on), ""))
    found.append((_("Original kept at"), agreement.original_kept, ""))
    if agreement.published_on:
        found.append((_("Published on"), table_date(agreement.published_on), ""))
    return found


def decision_facts(case: Case) -> list[tuple[str, Any]]:
    """All that whoever decides has to see on one page."""
    agreement = InternationalAgreement.objects.prefetch_related("parties__partner", "fields").get(case=case)
    agreement.case = case
    with_whom, *lines = [(label, value) for label, value, _url in agreement_particulars(agreement)]
    return [
        with_whom,
        (_("Need and purpose"), agreement.purpose),
        (_("Main content"), agreement.content),
        *lines,
        (_("Impact, lawfulness, feasibility"), agreement.assessment),
    ]


def agreement_history(case: Case) -> Related:
    return Related(rows=[case.agreement], follow=[(AgreementParty, "agreement"), (AgreementDuty, "case")])


def agreement_edit_url(case: Case) -> str:
    return reverse("agreements:agreement_edit", args=[case.number])


def concluded_for_all(user: User) -> QuerySet[Any]:
    """What was concluded and is not secret is open to everybody with an account."""
    rows = InternationalAgreement.objects.filter(is_secret=False, case__state__in=AgreementState.CONCLUDED)
    return rows.values("case") if user.is_active else rows.none().values("case")


def matching_agreements(text: str) -> QuerySet[Any]:
    """Cases whose titles in any language or whose partners answer to a text."""
    return answering(InternationalAgreement.objects.all(), text).values("case")


def answering(rows: QuerySet[Any], text: str) -> QuerySet[Any]:
    """Those of which every word stands in a title or in a name that a partner has today, or had when it was written."""
    for word in fold(text).split():
        called = AgreementParty.objects.filter(partner__search_text__contains=word).order_by().values("agreement")
        rows = rows.filter(Q(search_text__contains=word) | Q(pk__in=called))
    return rows
