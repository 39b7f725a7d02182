"""Languages of the staff: the list with its figures, one's own, writing one down."""

from __future__ import annotations

from functools import cached_property, partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Prefetch, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext, pgettext_lazy
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from intlcoop.people import languages, offices
from intlcoop.people.filters import LanguageFilter
from intlcoop.people.forms import LanguageForm, OwnLanguageForm
from intlcoop.people.models import Appointment, StaffLanguage, User
from intlcoop.people.views.shared import RegisterList, answer
from intlcoop.web.display import Crumb
from intlcoop.web.lists import ListColumn
from intlcoop.web.retained import typed

METHODS = ["GET", "HEAD", "POST"]
LARGEST_ID = 2**63 - 1


def offices_of(row: StaffLanguage) -> str:
    held = row.person.held_today  # type: ignore[attr-defined]  # loaded by `rows`
    return "; ".join(f"{offices.title_of(each, get_language() or 'vi')}, {each.unit}" for each in held)


class LanguageList(RegisterList):
    model = StaffLanguage
    template_name = "people/language_list.html"
    title = _("Languages of the staff")
    search_label = _("Name of the person")
    empty_text = _("No language is written down yet. Each person writes down their own under “My account”.")
    filterset_class = LanguageFilter
    default_sort = "ngon_ngu"
    columns = [
        ListColumn(
            name="nguoi", label=_("Full name"), value="person.full_name", sort=["person__sort_key"], key=True, width=28
        ),
        ListColumn(name="ngon_ngu", label=_("Language spoken"), value="name", sort=["key", "person__sort_key"]),
        ListColumn(name="chuc_vu", label=_("Office today"), value=offices_of, width=48),
        ListColumn(
            name="trinh_do", label=pgettext_lazy("language", "Level"), value="get_level_display", sort=["level"]
        ),
        ListColumn(name="chung_chi", label=_("Certificate"), value="certificate", width=30),
        ListColumn(name="phien_dich", label=_("Interprets"), value=lambda row: _("yes") if row.interprets else ""),
        ListColumn(
            name="boi_duong", label=_("Wants training"), value=lambda row: _("yes") if row.wants_training else ""
        ),
        ListColumn(name="tinh_den", label=_("As of"), value="told_on", kind="date", sort=["told_on"], screen=False),
    ]

    def check_reader(self, request: HttpRequest) -> None:
        if not rules.has_perm("people.view_languages", request.user):
            raise PermissionDenied(
                gettext("The departments of cooperation and personnel read the languages of the staff.")
            )

    @cached_property
    def may_manage(self) -> bool:
        return rules.has_perm("people.keep_languages", self.request.user)

    add = (_("Write down a language"), "people:language_create")
    change = "people:language_change"

    def known(self) -> Any:
        return StaffLanguage.objects.visible_to(self.request.user).of_those_here(timezone.localdate())

    def rows(self) -> QuerySet[StaffLanguage]:
        held = Appointment.objects.on(timezone.localdate()).select_related("unit")
        found: QuerySet[StaffLanguage] = self.known().select_related("person")
        return found.prefetch_related(Prefetch("person__appointments", held, to_attr="held_today"))

    def search(self, queryset: Any, text: str) -> Any:
        return queryset.filter(person__in=User.objects.matching(text))

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        return super().get_context_data(**kwargs) | {"figures": languages.figures(self.known())}


def back_of(request: HttpRequest, person: Any) -> str:
    """One's own page for one's own language, else the list."""
    return reverse("people:profile") if person == request.user else reverse("people:language_list")


def trail(request: HttpRequest, person: Any) -> list[Crumb]:
    own = person == request.user
    return [Crumb(_("My account") if own else _("Languages of the staff"), back_of(request, person))]


@require_http_methods(METHODS)
def create(request: HttpRequest) -> HttpResponse:
    """For anybody, by those who keep them all."""
    actor: Any = request.user
    if not rules.has_perm("people.keep_languages", actor):
        raise PermissionDenied(gettext("Each person writes down their own languages under “My account”."))

    def write(person: User, **fields: Any) -> None:
        languages.save_language(None, person=person, actor=actor, **fields)

    chosen = request.GET.get("nguoi", "")
    initial = {"person": chosen} if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10 else None
    return answer(
        request,
        LanguageForm(typed(request), initial=initial),
        write,
        heading=_("Write down a language"),
        said=gettext("The language is written down."),
        back=reverse("people:language_list"),
        trail=trail(request, None),
    )


@require_http_methods(METHODS)
def own(request: HttpRequest) -> HttpResponse:
    me: Any = request.user
    return answer(
        request,
        OwnLanguageForm(typed(request)),
        partial(languages.save_language, None, person=me, actor=me),
        heading=_("A language that I speak"),
        said=gettext("The language is written down."),
        back=reverse("people:profile"),
        trail=trail(request, me),
    )


def visible_language(request: HttpRequest, pk: int) -> StaffLanguage:
    rows = StaffLanguage.objects.visible_to(request.user).select_related("person")
    found = rows.filter(pk=pk).first() if pk <= LARGEST_ID else None
    if found is None:
        raise Http404
    if not rules.has_perm("people.keep_language", request.user, found.person):
        raise PermissionDenied(languages.whose())
    return found


@require_http_methods(METHODS)
def change(request: HttpRequest, pk: int) -> HttpResponse:
    row, actor = visible_language(request, pk), request.user
    fresh = visible_language(request, pk)  # the form writes into `row` while it looks
    return answer(
        request,
        OwnLanguageForm(typed(request), instance=row),
        partial(languages.save_language, fresh, person=fresh.person, actor=actor),  # type: ignore[arg-type]
        heading=_("Change a language"),
        said=gettext("The change has been saved."),
        back=back_of(request, fresh.person),
        trail=trail(request, fresh.person),
        note=str(fresh.person),
        remove_url=reverse("people:language_remove", args=[fresh.pk]),
    )


@require_POST
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    row = visible_language(request, pk)
    back = back_of(request, row.person)
    languages.remove_language(row, actor=request.user)  # type: ignore[arg-type]
    messages.success(request, gettext("The language is taken out; the history keeps it."))
    return redirect(back)
