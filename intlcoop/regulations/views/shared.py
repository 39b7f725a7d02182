"""What these pages have in common: who reads, who changes, and how a form is answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.people.forms import add_refusal
from intlcoop.people.models import User
from intlcoop.web.display import Crumb


def reader(request: HttpRequest) -> None:
    if not rules.has_perm("regulations.view", request.user):
        raise Http404


def may_manage(request: HttpRequest) -> bool:
    return rules.has_perm("regulations.manage", request.user)


def manager(request: HttpRequest) -> User:
    """The person who asks, if they may change rules; raises PermissionDenied."""
    if not may_manage(request):
        raise PermissionDenied(
            gettext("Rules and days off are changed by administrators and by the head of the department in charge.")
        )
    return request.user  # type: ignore[return-value]  # a manager is logged in


def crumbs(*more: Crumb) -> list[Crumb]:
    return [Crumb(_("Rules and parameters"), reverse("regulations:rule_list")), *more]


def answer(
    request: HttpRequest,
    form: BaseForm,
    write: Callable[..., Any],
    *,
    heading: Any,
    said: Any,
    back: str,
    trail: Sequence[Crumb] = (),
    verb: Any = "",
    note: Any = "",
    then: Callable[[Any], None] = lambda written: None,
    template: str = "regulations/form.html",
    more: dict[str, Any] | None = None,
) -> HttpResponse:
    """Show a form, or write what was typed with `write(**fields)`, look at the result with `then` and go `back`."""
    if request.method == "POST" and form.is_valid() and written(request, form, write, said, then):
        return redirect(back)
    page = {"form": form, "heading": heading, "back": back, "verb": verb or gettext("Save"), "note": note}
    page |= {"crumbs": crumbs(*trail)} | (more or {})
    return render(request, template, page, status=422 if form.is_bound and form.errors else 200)


def written(
    request: HttpRequest, form: BaseForm, write: Callable[..., Any], said: Any, then: Callable[[Any], None]
) -> bool:
    """Whether what was typed was written; else the form says why not."""
    try:
        result = write(**form.cleaned_data)
    except ValidationError as refusal:
        add_refusal(form, refusal)
        return False
    messages.success(request, said)
    then(result)
    return True
