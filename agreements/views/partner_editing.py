"""Adding, proposing, correcting, confirming a partner; partners like it are shown before one is entered twice (F5, F9)."""

from __future__ import annotations

from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from agreements import services
from agreements.forms import PartnerForm
from agreements.models import Partner
from agreements.queries.alike import Alike, partners_like
from agreements.views.asking import allowed, chosen_at, crumbs, found_partner, is_key, is_stale, way_back
from intlcoop.catalogues.models import Country
from intlcoop.people.models import OrgUnit
from intlcoop.people.principals import principal_of
from intlcoop.web.retained import typed
from intlcoop.workflow.refusals import NotAllowed, Refused

METHODS = ["GET", "HEAD", "POST"]
NAMES = ("name_vi", "name_en", "name_native", "short_name")


@require_http_methods(METHODS)
def partner_create(request: HttpRequest) -> HttpResponse:
    actor = allowed("agreements.add_partner", request.user)
    keeps = rules.has_perm("agreements.confirm_partner", actor)
    form = PartnerForm(typed(request), keeps_list=keeps)
    heading = _("Add a partner") if keeps else _("Propose a new partner")
    if request.method == "POST" and form.is_valid():
        doubles = [] if "van_them" in request.POST else partners_like(form.all_names, form.cleaned_data["country"])
        if doubles:
            return show(request, form, heading, doubles=doubles, asked=True)
        values = form.values
        if not keeps:
            # The unit that proposes a partner is the first to work with it.
            named = {row["unit"].pk for row in values["units"]}
            values["units"] += [{"unit": unit} for unit in own_units(actor) if unit.pk not in named]
        return written(request, form, heading, lambda: services.create_partner(actor=actor, **values))
    return show(request, form, heading)


def own_units(user: Any) -> list[OrgUnit]:
    """The units in which the proposer works: they are the first to work with the partner."""
    ids = {held.unit_id for held in principal_of(user).appointments}
    return list(OrgUnit.objects.on(timezone.localdate()).filter(pk__in=ids))


@require_http_methods(METHODS)
def partner_change(request: HttpRequest, pk: int) -> HttpResponse:
    partner = found_partner(request, pk)
    refusal = _("Only the department of international cooperation changes this partner now.")
    actor = allowed("agreements.change_partner", request.user, partner, refusal=refusal)
    keeps = rules.has_perm("agreements.confirm_partner", actor)
    form = PartnerForm(typed(request), instance=partner, keeps_list=keeps)
    heading = _("Change a partner")
    if request.method == "POST" and form.is_valid() and not is_stale(request, form):
        act = lambda: services.update_partner(form.instance, actor=actor, **form.values)  # noqa: E731
        return written(request, form, heading, act)
    return show(request, form, heading)


def written(request: HttpRequest, form: PartnerForm, heading: str, act: Any) -> HttpResponse:
    """Save it; a name that is taken or a circle in the tree is answered beside its field."""
    try:
        partner = act()
    except services.PartnerExists as refusal:
        form.add_error("name_vi", str(refusal))
        return show(request, form, heading, doubles=[Alike(refusal.partner, 1.0)])
    except Refused as refusal:
        form.add_error("parent", str(refusal))
        return show(request, form, heading)
    text = _(
        "“%(name)s” has been proposed and can be chosen at once; the department of international cooperation checks it."
    )
    if not partner.is_proposed:
        text = _("The partner “%(name)s” has been saved.")
    messages.success(request, text % {"name": partner})
    page = way_back(request)
    return redirect(chosen_at(page, partner) if page else partner)


def show(
    request: HttpRequest, form: PartnerForm, heading: str, *, doubles: list[Alike] | None = None, asked: bool = False
) -> HttpResponse:
    """The form with all that was typed. `asked`: the partners like it have to be looked at before it is added."""
    partner = Partner.objects.filter(pk=form.instance.pk).first() if form.instance.pk else None
    context = {
        "form": form,
        "heading": heading,
        "crumbs": crumbs(partner),
        "partner": partner,
        "doubles": doubles or [],
        "asked": asked,
        "back": way_back(request),
        "keeps_list": "tier" in form.fields,
    }
    return render(request, "agreements/partner_form.html", context)


@require_safe
def alike(request: HttpRequest) -> HttpResponse:
    """While a name is being typed: partners that are probably the same, as a fragment."""
    actor = allowed("agreements.add_partner", request.user)
    names = [request.GET.get(name, "")[:200] for name in NAMES]
    country, without = request.GET.get("country", ""), request.GET.get("tru", "")
    where = Country.objects.filter(pk=country).first() if is_key(country) else None
    itself = Partner.objects.visible_to(actor).filter(pk=without).first() if is_key(without) else None
    doubles = partners_like(names, where, without=itself)
    return render(request, "agreements/_alike.html", {"doubles": doubles, "back": way_back(request)})


@require_POST
def partner_confirm(request: HttpRequest, pk: int) -> HttpResponse:
    """The department takes a proposal into the list."""
    partner = found_partner(request, pk)
    try:
        services.confirm_partner(partner, actor=request.user)  # type: ignore[arg-type]
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        messages.warning(request, str(refusal))
    else:
        messages.success(request, _("“%(name)s” has been taken into the address book.") % {"name": partner})
    return redirect(partner)


@require_POST
def partner_delete(request: HttpRequest, pk: int) -> HttpResponse:
    """Take out a row that nothing refers to; else say what does."""
    partner = found_partner(request, pk)
    try:
        services.delete_partner(partner, actor=request.user)  # type: ignore[arg-type]
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    except Refused as refusal:
        for reason in refusal.reasons:
            messages.error(request, reason)
        return redirect(partner)
    messages.success(request, _("“%(name)s” has been deleted.") % {"name": partner})
    return redirect("agreements:partner_list")


@require_POST
def partner_join(request: HttpRequest, pk: int) -> HttpResponse:
    """A unit of ours says that it works with this partner."""
    partner = found_partner(request, pk)
    chosen = request.POST.get("don_vi", "")
    unit = OrgUnit.objects.filter(pk=chosen).first() if is_key(chosen) else None
    if unit is None:
        messages.warning(request, _("Choose the unit first."))
        return redirect(partner)
    try:
        services.join_partner(partner, unit, actor=request.user)  # type: ignore[arg-type]
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    text = _("%(unit)s is written down as working with “%(name)s”.")
    messages.success(request, text % {"unit": unit, "name": partner})
    return redirect(f"{partner.get_absolute_url()}#don-vi")
