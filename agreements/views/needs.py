"""The pages of needs: the register, one need with the partners that may answer, writing down, saying that it is met."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_http_methods, require_safe

from agreements.filters.needs import NeedFilter
from agreements.forms.need import MatchForm, MetForm, NeedForm
from agreements.guidance import NeedState
from agreements.models import CooperationNeed, Partner
from agreements.queries import needs as queries
from agreements.services import needs as services
from agreements.views.asking import is_key
from agreements.workflows.need import meet_need
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.file_numbers import normalise_number, shown
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import person_of, request_key, version_in
from intlcoop.workflow.pages import case_context
from intlcoop.workflow.refusals import NotAllowed, Refused

METHODS = ["GET", "HEAD", "POST"]


def crumbs(need: CooperationNeed | None = None) -> list[Crumb]:
    first = [Crumb(_("Cooperation needs"), reverse("agreements:need_list"))]
    return [*first, Crumb(shown(need.case.number), need.get_absolute_url())] if need else first


def visible_need(request: HttpRequest, number: str) -> CooperationNeed:
    rows = CooperationNeed.objects.visible_to(person_of(request)).select_related("case__unit", "case__created_by")
    found = rows.filter(case__number=number).first()
    if found is None:
        raise Http404
    return found


class NeedList(ListPage):
    model = CooperationNeed
    template_name = "agreements/needs/list.html"
    title = gettext_lazy("Cooperation needs")
    search_label = gettext_lazy("Number, what is looked for")
    filterset_class = NeedFilter
    default_sort = "-so"
    empty_text = gettext_lazy(
        "No need yet. Write down what your unit looks for; the portal names partners that may answer."
    )
    columns = (
        ListColumn(name="so", label=gettext_lazy("Number"), value=lambda row: shown(row.case.number), sort=["case__number"],
                   key=True),
        ListColumn(name="nhu_cau", label=gettext_lazy("What is looked for"), value="case.title", sort=["case__fold"], wide=True,
                   width=60),
        ListColumn(name="loai", label=gettext_lazy("Kind"), value="get_kind_display", sort=["kind"], width=28),
        ListColumn(name="don_vi", label=gettext_lazy("Unit"), value="case.unit", sort=["case__unit__sort_key"], named=True,
                   width=32),
        ListColumn(name="linh_vuc", label=gettext_lazy("Fields"), screen=False, width=32,
                   value=lambda row: ", ".join(str(each) for each in row.fields.all())),
        ListColumn(name="doi_tac", label=gettext_lazy("Partners"), width=40,
                   value=lambda row: ", ".join(str(each.partner) for each in row.matches.all())),
        ListColumn(name="truoc_ngay", label=gettext_lazy("Needed by"), value="wanted_by", kind="date", screen=False),
        ListColumn(name="tinh_trang", label=gettext_lazy("Status"), sort=["case__state"], value=queries.badge, width=24,
                   template="agreements/invitations/_state.html", export_value=lambda row: queries.badge(row).label),
    )  # fmt: skip

    def rows(self) -> QuerySet[CooperationNeed]:
        rows = CooperationNeed.objects.visible_to(person_of(self.request)).select_related("case__unit")
        return rows.prefetch_related("fields", "matches__partner")

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        if wanted := normalise_number(text):
            return queryset.filter(case__number__startswith=wanted)
        return queries.answering(queryset, text)  # type: ignore[no-any-return]

    @property
    def add_url(self) -> str:
        may = rules.has_perm("agreements.add_need", self.request.user)
        return reverse("agreements:need_create") if may else ""

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (_("Write down a need"), self.add_url) if self.add_url else None

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"add_url": self.add_url}


@require_safe
def need(request: HttpRequest, number: str) -> HttpResponse:
    found, user = visible_need(request, number), person_of(request)
    context = case_context(found.case, user)
    unmet = found.case.state in NeedState.UNMET
    may_edit = rules.has_perm("agreements.change_need", user, found.case)
    context |= {
        "need": found,
        "crumbs": crumbs(),
        "facts": facts_of(found),
        "badge": queries.badge(found),
        "matches": queries.matches_of(found),
        "suggestions": queries.suggestions(found) if unmet else [],
        "may_name": unmet and rules.has_perm("agreements.name_partner", user, found.case),
        "links": [{"label": _("Edit"), "url": queries.edit_url(found.case)}] if may_edit else [],
        "has_menu": any(not action.primary for action in context["actions"]),
    }
    return render(request, "agreements/needs/need.html", context)


def facts_of(found: CooperationNeed) -> list[Fact]:
    case = found.case
    facts = [
        Fact(_("Unit"), f"{case.unit} · {case.created_by}"),
        Fact(_("What is looked for"), found.get_kind_display()),
    ]
    more = (
        (_("Fields of cooperation"), ", ".join(str(each) for each in found.fields.all())),
        (_("Countries that it looks to"), ", ".join(str(each) for each in found.countries.all())),
        (_("Needed by"), table_date(found.wanted_by) if found.wanted_by else ""),
    )
    return [*facts, *(Fact(label, value) for label, value in more if value)]


def form_page(
    request: HttpRequest, form: Any, heading: str, verb: str, found: CooperationNeed | None = None
) -> HttpResponse:
    page = {"form": form, "heading": heading, "verb": verb, "crumbs": crumbs(found)}
    page["back"] = found.get_absolute_url() if found else reverse("agreements:need_list")
    if found is not None:
        page |= {"case": found.case, "version": version_in(request) or found.case.version}
    return render(request, "agreements/needs/form.html", page)


@require_http_methods(METHODS)
def create(request: HttpRequest) -> HttpResponse:
    user = person_of(request)
    if not rules.has_perm("agreements.add_need", user):
        raise PermissionDenied(_("Needs are written down by those who work in a unit."))
    form = NeedForm(typed(request), actor=user)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            made = services.create_need(data["title"], data["unit"], actor=user, fields=form.values)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, _("The need is written down. Below are partners that may answer."))
            return redirect(made)
    return form_page(request, form, _("Write down a need"), _("Save"))


@require_http_methods(METHODS)
def edit(request: HttpRequest, number: str) -> HttpResponse:
    found, user = visible_need(request, number), person_of(request)
    if not rules.has_perm("agreements.change_need", user, found.case):
        return doors.refused_page(request, found.case, _("This need can no longer be changed here."))
    form = NeedForm(typed(request), actor=user, instance=found)
    if request.method == "POST" and form.is_valid():
        fresh = visible_need(request, number)
        act = partial(
            services.update_need, fresh, actor=user, title=form.cleaned_data["title"], fields=form.values,
            expected_version=version_in(request),
        )  # fmt: skip
        if answer := doors.carried_out(request, fresh.case, form, act, said=_("The need is saved."), to=fresh):
            return answer
    return form_page(request, form, _("Edit the need"), _("Save"), visible_need(request, number))


@require_http_methods(METHODS)
def met(request: HttpRequest, number: str) -> HttpResponse:
    found, user = visible_need(request, number), person_of(request)
    may = rules.has_perm("agreements.run_need", user, found.case)
    if found.case.state not in NeedState.UNMET or not may:
        return doors.refused_page(request, found.case, _("The unit or the department says that the need is met."))
    form = MetForm(typed(request), initial={"result": found.result})
    if request.method == "POST" and form.is_valid():
        act = partial(
            meet_need, found, actor=user, result=form.cleaned_data["result"], request_id=request_key(request),
            expected_version=version_in(request),
        )  # fmt: skip
        if answer := doors.carried_out(request, found.case, form, act, said=_("The need counts as met."), to=found):
            return answer
    return form_page(request, form, _("The need is met"), _("Save"), found)


@require_http_methods(METHODS)
def partner(request: HttpRequest, number: str) -> HttpResponse:
    """Name a partner, or write down what it said."""
    found, user = visible_need(request, number), person_of(request)
    if not rules.has_perm("agreements.name_partner", user, found.case):
        return doors.refused_page(request, found.case, _("Partners are named while the need is still to be met."))
    form = MatchForm(typed(request), initial=named_in(request, found))
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        act = partial(services.name_partner, found, data["partner"], actor=user, state=data["state"], note=data["note"])
        if answer := doors.carried_out(
            request, found.case, form, act, said=_("The partner is kept with the need."), to=found
        ):
            return answer
    return form_page(request, form, _("Partner for the need"), _("Save"), found)


def named_in(request: HttpRequest, found: CooperationNeed) -> dict[str, Any]:
    """`?doi_tac=` a partner: what is written of it already."""
    key = request.GET.get("doi_tac", "")
    its = Partner.objects.visible_to(person_of(request)).filter(pk=int(key)).first() if is_key(key) else None
    if its is None:
        return {}
    match = found.matches.filter(partner=its).first()
    return {"partner": its, **({"state": match.state, "note": match.note} if match else {})}
