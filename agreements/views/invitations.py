"""The board of invitations: the list, one invitation with who signed up, putting one up, signing up (U002-04)."""

from __future__ import annotations

from functools import cached_property
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Case as Choose
from django.db.models import F, QuerySet, Value, When
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, pgettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements.filters.invitations import InvitationFilter
from agreements.forms.invitation import InvitationForm, SignUpAnswerForm, SignUpForm
from agreements.models import InvitationSignUp, OpenInvitation
from agreements.queries import invitations as queries
from agreements.services import invitations as services
from agreements.views.asking import found, is_stale
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.web.templatetags.ui import day_range, weekday_day
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import NotAllowed, Refused

METHODS = ["GET", "HEAD", "POST"]


def crumbs(invitation: OpenInvitation | None = None) -> list[Crumb]:
    first = [Crumb(_("Open invitations"), reverse("agreements:invitation_list"))]
    return [*first, Crumb(invitation.title, invitation.get_absolute_url())] if invitation else first


class InvitationList(ListPage):
    model = OpenInvitation
    template_name = "agreements/invitations/list.html"
    title = gettext_lazy("Open invitations")
    search_label = gettext_lazy("About what, who invites, where")
    filterset_class = InvitationFilter
    empty_text = gettext_lazy(
        "No invitation is open to your unit. The department puts them up here and tells the units."
    )

    @cached_property
    def today(self) -> Any:
        return timezone.localdate()

    @property
    def fixed_order(self) -> tuple[Any, ...]:  # type: ignore[override]  # what is still open depends on the day
        """Those that can still be taken up first, the most urgent on top; then the latest."""
        is_open = When(withdrawn_at__isnull=True, sign_up_by__gte=self.today, then=Value(0))
        until = Choose(When(withdrawn_at__isnull=True, sign_up_by__gte=self.today, then=F("sign_up_by")))
        return (Choose(is_open, default=Value(1)), until.asc(nulls_last=True), "-sign_up_by", "-pk")

    @cached_property
    def columns(self) -> tuple[ListColumn, ...]:  # type: ignore[override]  # the day is read once per page
        today = self.today
        return (
            ListColumn(name="noi_dung", label=_("Content"), value="title", sort=["title"], key=True, wide=True, width=60),
            ListColumn(name="loai", label=_("Kind"), value="get_kind_display", screen=False, width=24),
            ListColumn(name="ben_moi", label=_("Who invites"), value="host", named=True, width=40),
            ListColumn(name="o_dau", label=pgettext("invitation", "Place"), value=where_of, width=30),
            ListColumn(name="khi_nao", label=_("When"), value=lambda row: day_range(row.starts_on, row.ends_on),
                       sort=["starts_on"], width=26),
            ListColumn(name="dang_ky", label=_("Sign up until"), value="sign_up_by", kind="date", sort=["sign_up_by"]),
            ListColumn(name="so_don_vi", label=_("Units"), value="units_signed_up", kind="int", screen=False),
            ListColumn(name="tinh_trang", label=_("Status"), value=lambda row: queries.badge(row, today), width=20,
                       template="agreements/invitations/_state.html", export_value=lambda row: queries.badge(row, today).label),
        )  # fmt: skip

    def rows(self) -> QuerySet[OpenInvitation]:
        rows = queries.for_list(OpenInvitation.objects.visible_to(person_of(self.request)))
        return rows if self.request.GET.get("tinh_trang") == "da_go" else rows.standing()  # type: ignore[no-any-return]

    def search(self, queryset: Any, text: str) -> Any:
        return queryset.search(text)

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (_("Put up an invitation"), self.add_url) if self.add_url else None

    @cached_property
    def add_url(self) -> str:
        may = rules.has_perm("agreements.publish_invitation", self.request.user)
        return reverse("agreements:invitation_create") if may else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"add_url": self.add_url}


def where_of(row: OpenInvitation) -> str:
    places = dict.fromkeys(str(part) for part in (row.place, row.country) if part)
    return ", ".join(places) or str(row.get_format_display())


def visible_invitation(request: HttpRequest, pk: int) -> OpenInvitation:
    rows = OpenInvitation.objects.visible_to(person_of(request)).select_related("partner", "country", "unit", "author")
    return found(rows, pk)  # type: ignore[no-any-return]


@require_safe
def invitation(request: HttpRequest, pk: int) -> HttpResponse:
    return show(request, visible_invitation(request, pk))


def show(request: HttpRequest, its: OpenInvitation, form: Any = None, answering: int | None = None) -> HttpResponse:
    user, today = person_of(request), timezone.localdate()
    signed = queries.sign_ups_of(its, user)
    may_keep = rules.has_perm("agreements.publish_invitation", user, its)
    may_sign = its.sign_up_by >= today and rules.has_perm("agreements.sign_up", user, its)
    own = queries.own_sign_up(its, user)
    readable = set(
        Case.objects.visible_to(user).filter(pk__in=[row.trip_id for row in signed]).values_list("pk", flat=True)
    )
    context = {
        "invitation": its,
        "badge": queries.badge(its, today),
        "facts": facts_of(its),
        "crumbs": crumbs(),
        "lines": [(row, queries.answer_badge(row), row.trip_id in readable) for row in signed],
        "sees_all": rules.has_perm("agreements.see_sign_ups", user),
        "may_keep": may_keep,
        "own": own,
        "trip_url": queries.trip_url(its, user) if its.ends_on >= today and not (own and own.trip_id) else "",
        "sign_url": reverse("agreements:invitation_sign_up", args=[its.pk])
        if may_sign and own is None and queries.units_that_may(its, user, today).exists() else "",
    }  # fmt: skip
    return render(request, "agreements/invitations/invitation.html", context)


def facts_of(its: OpenInvitation) -> list[Fact]:
    partner = its.partner
    facts = [
        Fact(_("Kind"), its.get_kind_display()),
        Fact(_("Who invites"), its.host, partner.get_absolute_url() if partner else ""),
        Fact(_("When"), day_range(its.starts_on, its.ends_on)),
        *([Fact(pgettext("invitation", "Place"), where_of(its))] if its.place or its.country else []),
        Fact(_("Form"), its.get_format_display()),
        Fact(_("Sign up until"), weekday_day(its.sign_up_by)),
    ]
    units = ", ".join(str(unit) for unit in its.units.order_by("position", "sort_key"))
    more = [
        (_("Who may take part"), its.conditions),
        (_("Number of places"), its.seats or ""),
        (_("Who pays what"), its.who_pays),
        (_("Invitation letter"), its.letter),
        (_("Fields of cooperation"), ", ".join(str(field) for field in its.fields.all())),
        (_("Open to"), units or _("every unit")),
    ]
    return [*facts, *(Fact(label, value) for label, value in more if value)]


@require_http_methods(METHODS)
def create(request: HttpRequest) -> HttpResponse:
    if not rules.has_perm("agreements.publish_invitation", request.user):
        raise PermissionDenied(_("The department of international cooperation puts up invitations."))
    return edit(request, None)


@require_http_methods(METHODS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    its = visible_invitation(request, pk)
    if not rules.has_perm("agreements.publish_invitation", request.user, its):
        raise PermissionDenied(_("The department of international cooperation puts up invitations."))
    return edit(request, its)


def edit(request: HttpRequest, its: OpenInvitation | None) -> HttpResponse:
    form = InvitationForm(typed(request), instance=its or OpenInvitation())
    fresh = visible_invitation(request, its.pk) if its else None
    if request.method == "POST" and form.is_valid() and not is_stale(request, form):
        try:
            saved = services.save_invitation(fresh, actor=person_of(request), fields=form.values)
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            said = _("The invitation is saved.") if fresh else _("The invitation is on the board; the units are told.")
            messages.success(request, said)
            return redirect(saved)
    heading = _("Edit the invitation") if its else _("Put up an invitation")
    back = fresh.get_absolute_url() if fresh else reverse("agreements:invitation_list")
    page = {"form": form, "heading": heading, "crumbs": crumbs(fresh), "back": back}
    return render(request, "agreements/invitations/form.html", page | {"verb": _("Save") if its else _("Put it up")})


@require_POST
def take_down(request: HttpRequest, pk: int) -> HttpResponse:
    its = visible_invitation(request, pk)
    try:
        services.take_down_invitation(its, actor=person_of(request), reason=request.POST.get("comment", "")[:300])
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, _("The invitation is taken down; the units that signed up are told."))
    return redirect(its)


@require_http_methods(METHODS)
def sign_up(request: HttpRequest, pk: int) -> HttpResponse:
    its, user = visible_invitation(request, pk), person_of(request)
    if not rules.has_perm("agreements.sign_up", user, its):
        raise PermissionDenied(_("Only who works in a unit signs it up, while the invitation stands."))
    form = SignUpForm(typed(request), actor=user, invitation=its)
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.sign_up(
                its, data["unit"], actor=user, persons=data["persons"], names=data["names"], reason=data["reason"]
            )
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, _("Your unit has signed up. The department answers here."))
            return redirect(its)
    page = {"form": form, "heading": _("Sign up"), "crumbs": crumbs(its), "back": its.get_absolute_url()}
    page |= {"verb": _("Sign up"), "kicker": its.title}
    return render(request, "agreements/invitations/form.html", page)


def standing_sign_up(request: HttpRequest, pk: int, row: int) -> tuple[OpenInvitation, InvitationSignUp]:
    its = visible_invitation(request, pk)
    signed = next((each for each in queries.sign_ups_of(its, person_of(request)) if each.pk == row), None)
    if signed is None:
        raise Http404
    return its, signed


@require_POST
def withdraw(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    its, signed = standing_sign_up(request, pk, row)
    try:
        services.withdraw_sign_up(signed, actor=person_of(request))
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, _("The sign-up is taken back."))
    return redirect(its)


@require_http_methods(METHODS)
def answer(request: HttpRequest, pk: int, row: int) -> HttpResponse:
    its, signed = standing_sign_up(request, pk, row)
    if not rules.has_perm("agreements.publish_invitation", request.user, its):
        raise PermissionDenied(_("The department of international cooperation answers those who signed up."))
    form = SignUpAnswerForm(typed(request), initial={"answer": signed.answer, "note": signed.answer_note})
    if request.method == "POST" and form.is_valid():
        data = form.cleaned_data
        try:
            services.answer_sign_up(signed, actor=person_of(request), answer=data["answer"], note=data["note"])
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, _("%(unit)s is told of the answer.") % {"unit": signed.unit})
            return redirect(its)
    page = {"form": form, "heading": _("Answer the unit"), "crumbs": crumbs(its), "back": its.get_absolute_url()}
    page |= {"verb": _("Send the answer"), "kicker": f"{signed.unit} · {its.title}", "signed": signed}
    return render(request, "agreements/invitations/form.html", page)
