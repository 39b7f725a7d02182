"""What the pages of administration have in common: who gets in, and how a form is answered."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied, ValidationError
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.people.forms import add_refusal
from intlcoop.people.models import User
from intlcoop.web.display import Crumb
from intlcoop.web.lists import ListPage


def administrator(request: HttpRequest) -> User:
    """The person who asks, if an administrator; raises PermissionDenied."""
    if not rules.has_perm("people.manage", request.user):
        raise PermissionDenied(gettext("Only an administrator changes people, units and offices."))
    return request.user  # type: ignore[return-value]  # an administrator is logged in


def reader(request: HttpRequest) -> None:
    """Administrators and auditors read these pages; raises PermissionDenied for others."""
    if not rules.has_perm("people.enter_administration", request.user):
        raise PermissionDenied(gettext("Administration is open to administrators and auditors."))


def crumbs(*more: Crumb, request: HttpRequest | None = None) -> list[Crumb]:
    """The way back; without the page of administration for a reader of one list who may not enter it."""
    if request is not None and not rules.has_perm("people.enter_administration", request.user):
        return list(more)
    return [Crumb(_("Administration"), reverse("people:administration")), *more]


class RegisterList(ListPage):
    """A list of administration.

    `add` is (label, url name) of the act that adds a row, `change` the url name of the page that changes one, where rows
    have no page of their own; both are for administrators, auditors only read.
    """

    template_name = "people/register_list.html"
    add: tuple[Any, str] | None = None
    change = ""

    def check_reader(self, request: HttpRequest) -> None:
        """Raises PermissionDenied for whom the list is not."""
        reader(request)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        self.check_reader(request)
        return super().dispatch(request, *args, **kwargs)

    @cached_property
    def may_manage(self) -> bool:
        return rules.has_perm("people.manage", self.request.user)

    def get_empty_action(self) -> tuple[Any, str] | None:
        return (self.add[0], reverse(self.add[1])) if self.add and self.may_manage else None

    def url_of(self, row: Any) -> str:
        if not self.change:
            return super().url_of(row)
        return reverse(self.change, args=[row.pk]) if self.may_manage else ""

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {
            "crumbs": crumbs(request=self.request),
            "add": self.get_empty_action(),
        }


def answer(
    request: HttpRequest,
    form: BaseForm,
    write: Callable[..., Any],
    *,
    heading: Any,
    said: Any,
    back: str,
    to: str = "",
    trail: Sequence[Crumb] = (),
    verb: Any = "",
    note: Any = "",
    remove_url: str = "",
) -> HttpResponse:
    """Show a form, or write what was typed with `write(**fields)` and go on to `to` (else `back`)."""
    if request.method == "POST" and form.is_valid():
        try:
            write(**form.cleaned_data)
        except ValidationError as refusal:
            add_refusal(form, refusal)
        else:
            messages.success(request, said)
            return redirect(to or back)
    page = {"form": form, "heading": heading, "back": back, "verb": verb or gettext("Save"), "note": note}
    page["remove_url"] = remove_url
    return render(request, "people/form.html", page | {"crumbs": crumbs(*trail, request=request)})
