"""My own page: what I am in the ministry, in which language I read, who stands in for me."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from intlcoop.people import services
from intlcoop.people.absent import without_substitute
from intlcoop.people.forms import OwnSubstitutionForm, add_refusal
from intlcoop.people.models import Appointment, Substitution
from intlcoop.people.views.substitutions import asked_for
from intlcoop.web.retained import typed


def context_of(request: HttpRequest, form: OwnSubstitutionForm) -> dict[str, Any]:
    me: Any = request.user
    may_substitute = rules.has_perm("people.be_substituted", me)
    return {
        "held": Appointment.objects.of(me).select_related("unit", "person").order_by("-valid_from"),
        "away": Substitution.objects.filter(person=me).select_related("substitute"),
        "standing_in": Substitution.objects.filter(substitute=me).on(timezone.localdate()).select_related("person"),
        "may_substitute": may_substitute,
        "form": form,
        "languages": me.languages.all(),
        "unattended": without_substitute(timezone.localdate(), [me.pk]) if may_substitute else [],
        "today": timezone.localdate(),
    }


@require_safe
def profile(request: HttpRequest) -> HttpResponse:
    form = OwnSubstitutionForm(typed(request, action=reverse("people:own_substitution")), initial=asked_for(request))
    return render(request, "people/profile.html", context_of(request, form))


@require_POST
def own_substitution(request: HttpRequest) -> HttpResponse:
    """Let somebody stand in for me."""
    me: Any = request.user
    if not rules.has_perm("people.be_substituted", me):
        raise PermissionDenied(gettext("You lead nothing, so nobody needs to stand in for you."))
    form = OwnSubstitutionForm(request.POST)
    record = partial(services.record_substitution, me, actor=me)
    if form.is_valid():
        try:
            record(**form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, gettext("The substitution has been recorded."))
            return redirect("people:profile")
    return render(request, "people/profile.html", context_of(request, form), status=422)


@require_POST
def own_substitution_revoke(request: HttpRequest, pk: int) -> HttpResponse:
    row = get_object_or_404(Substitution, pk=pk, person=request.user)
    services.revoke_substitution(row, actor=row.person)
    messages.success(request, gettext("The substitution is revoked. Waiting files are back with you."))
    return redirect("people:profile")
