"""The page of an agreement: what was agreed with whom, where it stands, what is owed, what changed."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from agreements import services
from agreements.choices import AgreementState, Regime
from agreements.forms.agreement import NewAgreementForm
from agreements.guards import agreement as guards
from agreements.guards.dossier import rule_day
from agreements.models import InternationalAgreement
from agreements.queries import agreements as queries
from agreements.queries.commitments import of_agreement
from agreements.queries.standing import marks_of, state_badge_of
from agreements.views.agreement_papers import last_print, papers_for
from agreements.views.duties import case_duties
from agreements.views.finding import agreement_page, visible_agreement
from intlcoop.people.principals import own_unit
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.actions import Action
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.models import Case
from intlcoop.workflow.pages import case_context, missing_from
from intlcoop.workflow.refusals import Refused

METHODS = ["GET", "HEAD", "POST"]
READY_STATES = (AgreementState.PROPOSED, AgreementState.RETURNED)
#: Which section of the form mends what a guard asks for.
MENDED_AT = {
    guards.title_is_allowed: "viec",
    guards.regime_fits: "viec",
    guards.has_parties: "parties",
    guards.has_languages: "viec",
    guards.has_term: "thoi-han",
    guards.short_procedure_has_reason: "trinh-tu",
    guards.dossier_is_complete: "tep",
    guards.is_not_there_twice: "giai-trinh",
}


@require_safe
def agreement(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_agreement(request, number)
    user = person_of(request)
    context = agreement_page(found, **case_context(found.case, user))
    context["crumbs"] = context["crumbs"][:1]
    if not context["process"].open:
        context["badge"] = state_badge_of(found)
    may_edit = rules.has_perm("workflow.edit_case", user, found.case)
    menu_links = menu_of(found, user)
    context |= {
        "facts": [Fact(*line) for line in queries.agreement_particulars(found)],
        "may_edit": may_edit,
        "links": links_of(found, may_edit=may_edit),
        "menu_links": menu_links,
        "has_menu": bool(menu_links) or any(not action.primary for action in context["actions"]),
        "missing": missing_of(found) if may_edit and found.case.state in READY_STATES else [],
        "marks": marks_of(found, timezone.localdate()),
        "dossier": guards.items_of(found, rule_day(found.case)) if found.case.state in guards_shown() else [],
        **case_duties(found.case, user),
        **ties_of(found, user),
        "made_papers": papers_for(found),
        "print": last_print(request, found),
        "changes": list(found.amendments.visible_to(user).select_related("case")),
        "commitments": of_agreement(found, user) if found.case.state in AgreementState.CONCLUDED else None,
    }
    return render(request, "agreements/agreement.html", context)


def guards_shown() -> tuple[str, ...]:
    """While the dossier still counts for something."""
    return (*READY_STATES, AgreementState.IN_APPROVAL, AgreementState.CLEARED)


def ties_of(agreement: InternationalAgreement, user: Any) -> dict[str, Any]:
    """Other files that this one is tied to, as far as this person may open them."""
    successors = InternationalAgreement.objects.filter(renews=agreement)
    wanted = [agreement.signed_during_id, agreement.renews.case_id if agreement.renews else None]
    wanted += [each.case_id for each in successors]
    cases = Case.objects.visible_to(user).filter(pk__in=[pk for pk in wanted if pk])
    visible: dict[int | None, Case] = {case.pk: case for case in cases}
    return {
        "during": visible.get(agreement.signed_during_id),
        "renews": visible.get(agreement.renews.case_id) if agreement.renews else None,
        "renewed_by": [visible[each.case_id] for each in successors if each.case_id in visible],
        "dealings": list(agreement.dealings.visible_to(user).select_related("partner", "unit", "case")[:12]),
    }


def links_of(agreement: InternationalAgreement, *, may_edit: bool) -> list[dict[str, Any]]:
    url = reverse("agreements:agreement_edit", args=[agreement.case.number])
    return [{"label": _("Edit"), "url": url}] if may_edit else []


def menu_of(agreement: InternationalAgreement, user: Any) -> list[Action]:
    """What may be begun from a concluded agreement besides its own transitions."""
    if not rules.has_perm("agreements.open_change", user, agreement.case):
        return []
    number = agreement.case.number
    change = Action(
        key="dieu-chinh",
        label=_("Amend, extend, suspend, terminate"),
        url=reverse("agreements:amendment_new", args=[number]),
    )
    return [
        change,
        Action(key="gia-han", label=_("Prepare a new agreement that carries it on"),
               url=reverse("agreements:agreement_renew", args=[number]), how="post"),
    ]  # fmt: skip


def missing_of(agreement: InternationalAgreement) -> list[tuple[str, str]]:
    if agreement.regime == Regime.TREATY:
        return []
    edit = reverse("agreements:agreement_edit", args=[agreement.case.number])
    return missing_from(agreement.case, guards.SUBMISSION_GUARDS, edit, MENDED_AT)


@require_http_methods(METHODS)
def new(request: HttpRequest) -> HttpResponse:
    """A title opens the file; everything else follows on the next page."""
    user = person_of(request)
    unit = own_unit(user)
    if unit is None or not rules.has_perm("agreements.add_agreement", user):
        raise PermissionDenied(_("You may not file agreements."))
    form = NewAgreementForm(typed(request), initial=services.usual_regime(unit))
    if request.method == "POST" and form.is_valid():
        fields = {name: form.cleaned_data[name] for name in ("regime", "in_name_of")}
        try:
            made = services.create_agreement(form.cleaned_data["title"], unit, actor=user, fields=fields)
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, _("The file is opened. Its number will not change."))
            return redirect("agreements:agreement_edit", made.case.number)
    crumbs = [Crumb(_("Agreements"), reverse("agreements:agreements"))]
    return render(request, "agreements/agreement_new.html", {"form": form, "unit": unit, "crumbs": crumbs})


@require_http_methods(METHODS)
def renew(request: HttpRequest, number: str) -> HttpResponse:
    """A new file that carries this agreement on, filled from it."""
    found = visible_agreement(request, number)
    if request.method != "POST":
        return redirect(found)
    made: list[InternationalAgreement] = []
    act = partial(services.renew_agreement, found, actor=person_of(request))
    try:
        if answer := doors.carry_out(request, found.case, lambda: made.append(act())):
            return answer
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
        return redirect(found)
    messages.success(
        request, _("Taken over from the old agreement, without days and documents. Complete the new file.")
    )
    return redirect("agreements:agreement_edit", made[0].case.number)
