"""The pages of commitments: list, one commitment, write down, change, report as carried out."""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case as Choose
from django.db.models import F, Q, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agreements import services
from agreements.choices import CommitmentState
from agreements.filters import CommitmentFilter
from agreements.forms.commitment import ClaimForm, CommitmentForm
from agreements.models import Commitment
from agreements.queries import commitments as queries
from agreements.queries.partner_sections import section_of
from agreements.views.commitment_origin import Origin, origin_of
from agreements.workflows import claim_commitment
from intlcoop.audit.requests import facts_of
from intlcoop.vietnamese.folding import fold
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of, request_key, upload_in, version_in
from intlcoop.workflow.models import Case
from intlcoop.workflow.pages import case_context
from intlcoop.workflow.refusals import NotAllowed, Refused

METHODS = ["GET", "HEAD", "POST"]


def crumbs() -> list[Crumb]:
    return [Crumb(_("Commitments"), reverse("agreements:commitment_list"))]


def visible_commitment(request: HttpRequest, number: str) -> Commitment:
    found = (
        Commitment.objects.visible_to(person_of(request))
        .select_related("case__unit", "case__created_by", "partner", "agreement__case", "programme", "born_in")
        .select_related("owner", "verifier")
        .filter(case__number=number)
        .first()
    )
    if found is None:
        raise Http404
    return found


def number_of_agreement(row: Commitment) -> str:
    return shown(row.agreement.case.number) if row.agreement else ""


class CommitmentList(ListPage):
    model = Commitment
    template_name = "agreements/commitment_list.html"
    title = gettext_lazy("Commitments")
    search_label = gettext_lazy("Number, what is promised, partner, document")
    filterset_class = CommitmentFilter
    #: What is still to be done stands first, the most urgent on top; then what was carried out last.
    fixed_order = (
        Choose(When(case__state__in=CommitmentState.UNFINISHED, then=Value(0)), default=Value(1)),
        Choose(When(case__state__in=CommitmentState.UNFINISHED, then=F("due_on"))).asc(nulls_last=True),
        F("done_on").desc(nulls_last=True),
        "-pk",
    )
    empty_text = gettext_lazy("No commitment yet. Write down what was promised in an agreement or at a meeting.")

    @cached_property
    def clock(self) -> queries.Clock:
        return queries.Clock()

    @cached_property
    def columns(self) -> tuple[ListColumn, ...]:  # type: ignore[override]  # the clock is read once per page
        clock = self.clock
        return (
            ListColumn(name="so", label=_("Number"), value=lambda row: shown(row.case.number), sort=["case__number"], key=True),
            ListColumn(
                name="noi_dung", label=_("What is promised"), value="case.title", sort=["case__fold"], wide=True, width=60,
                template="agreements/_commitment_title.html",
            ),
            ListColumn(name="ben", label=_("Whose promise"), value="get_side_display", screen=False),
            ListColumn(name="doi_tac", label=_("Partner"), value="partner", screen=False, width=36),
            ListColumn(name="thoa_thuan", label=_("Agreement"), value=number_of_agreement, screen=False),
            ListColumn(name="don_vi", label=_("Unit"), value="case.unit", screen=False, width=32),
            ListColumn(
                name="nguoi", label=_("Who sees to it"), value="owner", sort=["owner__sort_key"], width=24,
                template="agreements/_commitment_owner.html", named=True,
            ),
            ListColumn(name="han", label=_("Carry out by"), value="due_on", kind="date", sort=["due_on"]),
            ListColumn(
                name="tinh_trang", label=_("Status"), sort=["case__state"], template="agreements/_commitment_state.html",
                value=lambda row: {"badge": clock.badge(row), "days_left": clock.days_left(row)},
                export_value=lambda row: clock.words(row, overdue=True), width=24,
            ),
            ListColumn(name="ngay_xong", label=_("Carried out on"), value="done_on", kind="date", screen=False),
            ListColumn(name="ket_qua", label=_("Result"), value="result", screen=False, width=60),
            ListColumn(name="van_ban", label=_("Domestic document"), value="domestic_document", screen=False, width=40),
            ListColumn(name="xac_nhan", label=_("Who verifies"), value="verifier", screen=False, width=24),
        )  # fmt: skip

    def rows(self) -> QuerySet[Commitment]:
        return Commitment.objects.visible_to(person_of(self.request)).for_list()

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        if wanted := normalise_number(text):
            return queryset.filter(Q(case__number__startswith=wanted) | Q(agreement__case__number__startswith=wanted))
        condition = Q()
        for word in fold(text).split():
            condition &= Q(case__fold__contains=word) | Q(partner__search_text__contains=word)
        return queryset.filter(condition | Q(domestic_document__icontains=text))

    def get_empty_action(self) -> tuple[Any, str] | None:
        url = queries.new_url(person_of(self.request))
        return (_("Write down a commitment"), url) if url else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"add_url": queries.new_url(person_of(self.request))}


@require_safe
def commitment(request: HttpRequest, number: str) -> HttpResponse:
    found = visible_commitment(request, number)
    user, clock = person_of(request), queries.Clock()
    context = case_context(found.case, user)
    may_edit = rules.has_perm("agreements.change_commitment", user, found.case)
    context |= {
        "commitment": found,
        "crumbs": crumbs(),
        "facts": facts_of_commitment(found, user, clock),
        "badge": clock.badge(found),
        "days_left": clock.days_left(found),
        "links": [{"label": _("Edit"), "url": queries.edit_url(found.case)}] if may_edit else [],
        "has_menu": any(not action.primary for action in context["actions"]),
        "says": kept_words(found),
        "plan": section_of("ke-hoach", found.partner, user) if found.partner else None,
    }
    return render(request, "agreements/commitment.html", context)


def facts_of_commitment(found: Commitment, user: Any, clock: queries.Clock) -> list[Fact]:
    born, agreement = found.born_in, found.agreement
    readable = Case.objects.visible_to(user).filter(
        pk__in=[each.pk for each in (born, agreement and agreement.case) if each]
    )
    open_to = set(readable.values_list("pk", flat=True))
    facts = [
        Fact(_("Whose promise"), found.get_side_display()),
        Fact(_("Partner"), found.partner, found.partner.get_absolute_url() if found.partner else ""),
        Fact(_("Carry out by"), queries.due_words(found, clock) or _("no day was named")),
        Fact(_("Unit that answers for it"), found.case.unit),
        Fact(_("Who sees to it"), found.owner),
        Fact(_("Who verifies"), found.verifier or _("the head of the unit or the department of cooperation")),
    ]
    if agreement is not None:
        url = agreement.get_absolute_url()
        facts.append(file_fact(_("Agreement"), agreement.case, url, is_open=agreement.case_id in open_to))
    if born is not None and (agreement is None or born.pk != agreement.case_id):
        url = reverse("workflow:file", args=[born.number])
        facts.append(file_fact(_("Made in"), born, url, is_open=born.pk in open_to))
    if found.source_text:
        facts.append(Fact(_("Made in"), found.source_text))
    if found.programme is not None:
        facts.append(Fact(_("Scheme or programme"), found.programme))
    return [
        *facts,
        Fact(_("Domestic document"), found.domestic_document),
        Fact(_("Written down by"), found.case.created_by),
    ]


def file_fact(label: str, case: Case, url: str, *, is_open: bool) -> Fact:
    """Another file: its title for whoever may read it, else the number alone."""
    number = shown(case.number)
    return Fact(label, f"{number} · {case.title}", url) if is_open else Fact(label, number)


def kept_words(found: Commitment) -> str:
    """Who verified it, and when."""
    if found.case.state != CommitmentState.KEPT:
        return ""
    change = found.case.status_changes.filter(transition="verify").order_by("-pk").first()
    if change is None:
        return ""
    day = f"{timezone.localtime(change.at):%d/%m/%Y}"
    return _("Verified by %(name)s on %(day)s.") % {"name": change.actor_name, "day": day}


@require_http_methods(METHODS)
def create(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    if not rules.has_perm("agreements.add_commitment", user):
        raise PermissionDenied(_("You may not write down commitments."))
    origin = origin_of(request)
    form = CommitmentForm(typed(request), actor=user, initial=origin.initial)
    if request.method == "POST" and form.is_valid() and (answer := created(request, form, origin)):
        return answer
    return render(request, "agreements/commitment_form.html", {"form": form, "crumbs": crumbs(), "origin": origin.case})


def created(request: HttpRequest, form: CommitmentForm, origin: Origin) -> HttpResponse | None:
    fields = form.values
    if origin.case is not None and fields["born_in"] == origin.case:
        fields["born_key"] = origin.key
    try:
        made = services.create_commitment(
            form.cleaned_data["title"], form.cleaned_data["unit"], actor=person_of(request), fields=fields
        )
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        form.add_error(None, refusal.reasons)
        return None
    messages.success(request, _("The commitment is written down as %(number)s.") % {"number": made.case.number})
    return redirect(made)


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    found, user = visible_commitment(request, number), person_of(request)
    if not rules.has_perm("agreements.change_commitment", user, found.case):
        return doors.refused_page(request, found.case, _("This commitment can no longer be changed here."))
    form = CommitmentForm(typed(request), actor=user, instance=found)
    if request.method == "POST" and form.is_valid():
        fresh = visible_commitment(request, number)
        if answer := changed(request, fresh, form):
            return answer
    version = version_in(request) or found.case.version
    page = {"form": form, "crumbs": crumbs(), "commitment": found, "case": found.case, "version": version}
    return render(request, "agreements/commitment_form.html", page)


def changed(request: HttpRequest, found: Commitment, form: CommitmentForm) -> HttpResponse | None:
    act = partial(
        services.update_commitment,
        found,
        actor=person_of(request),
        title=form.cleaned_data["title"],
        fields=form.values,
        due_reason=form.cleaned_data["due_reason"],
        expected_version=version_in(request),
    )
    return doors.carried_out(request, found.case, form, act, said=_("The commitment is saved."), to=found)


@require_http_methods(METHODS)
def claim(request: HttpRequest, number: str) -> HttpResponse:
    """ "Báo cáo đã hoàn thành": result, day and evidence, then it waits for a second person."""
    found, user = visible_commitment(request, number), person_of(request)
    if found.case.state != CommitmentState.OPEN or not rules.has_perm("agreements.claim_commitment", user, found.case):
        return doors.refused_page(request, found.case, _("You may not report this commitment as carried out."))
    initial = {"done_on": timezone.localdate(), "result": found.result, "domestic_document": found.domestic_document}
    form = ClaimForm(typed(request), request.FILES or None, actor=user, where=facts_of(request), initial=initial)
    if request.method == "POST" and form.is_valid() and (answer := claimed(request, found, form)):
        return answer
    version = version_in(request) or found.case.version
    page = {"form": form, "commitment": found, "case": found.case, "version": version}
    page["crumbs"] = [*crumbs(), Crumb(shown(found.case.number), found.get_absolute_url())]
    return render(request, "agreements/commitment_claim.html", page)


def claimed(request: HttpRequest, found: Commitment, form: ClaimForm) -> HttpResponse | None:
    data = form.cleaned_data
    act = partial(
        claim_commitment,
        found,
        actor=person_of(request),
        result=data["result"],
        done_on=data["done_on"],
        domestic_document=data["domestic_document"],
        evidence=upload_in(form, "evidence", request),
        request_id=request_key(request),
        expected_version=version_in(request),
    )
    said = _("Reported. It counts as carried out once a second person has verified it.")
    return doors.carried_out(request, found.case, form, act, said=said, to=found)
