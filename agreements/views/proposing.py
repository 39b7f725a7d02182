"""From a form that asks for a partner to the proposal of one and back: nothing typed is lost (F9)."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from agreements.models import Partner
from agreements.queries.naming import written
from agreements.views.asking import is_key
from intlcoop.web import retained


def to_proposal(request: HttpRequest, data: QueryDict | None = None) -> HttpResponse:
    """Keep all that was typed (or `data` in its place), and go to where a partner is proposed."""
    data = (data or request.POST).copy()
    data.pop("propose", None)
    retained.keep(request, data=data, on_purpose=True)
    if request.FILES:
        messages.warning(request, _("Files could not be kept; please choose them again."))
    return redirect(f"{reverse('agreements:partner_create')}?ve={request.path}")


def chosen_partner(request: HttpRequest) -> Partner | None:
    """The partner with which somebody comes back ("?doi_tac=")."""
    text = request.GET.get("doi_tac", "") if request.method in ("GET", "HEAD") else ""
    if not is_key(text):
        return None
    return Partner.objects.visible_to(request.user).offered().filter(pk=int(text)).first()


def with_partner(request: HttpRequest, data: QueryDict | None, rows: str) -> QueryDict | None:
    """What was kept of the form, with the partner in the first blank of these rows, or in a new one."""
    partner = chosen_partner(request) if data is not None else None
    if partner is None or data is None:
        return data
    data, count = data.copy(), data.get(f"{rows}-TOTAL_FORMS", "")
    number = int(count) if is_key(count) else 0
    names = [f"{rows}-{place}-partner" for place in range(min(number, 100) + 1)]
    if (name := next(name for name in names if not data.get(name))) == names[-1]:
        data[f"{rows}-TOTAL_FORMS"] = str(len(names))
    data[name] = written(partner)
    data.pop(name.replace("-partner", "-DELETE"), None)  # a blank row is marked so by the page itself
    return data
