"""People: list, one person, add, change, password, close and open the account."""

from __future__ import annotations

from functools import partial

import rules
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db.models import Prefetch, QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST, require_safe

from intlcoop.people import offices, services
from intlcoop.people.filters import PersonFilter
from intlcoop.people.forms import NewPersonForm, PasswordForm, PersonForm
from intlcoop.people.models import Appointment, Substitution, User
from intlcoop.people.views.shared import RegisterList, administrator, answer, crumbs, reader
from intlcoop.web.display import Crumb, Fact
from intlcoop.web.lists import ListColumn
from intlcoop.web.retained import typed


def offices_now(person: User) -> str:
    """Titles and units of today, as loaded by `PersonList.rows`."""
    held = person.held_today  # type: ignore[attr-defined]
    return "; ".join(f"{offices.title_of(each, get_language() or 'vi')}, {each.unit}" for each in held)


class PersonList(RegisterList):
    model = User
    title = _("People")
    search_label = _("Name, user name, e-mail")
    empty_text = _("Nobody is recorded yet.")
    filterset_class = PersonFilter
    default_sort = "ten"
    add = (_("Add a person"), "people:person_create")
    columns = [
        ListColumn(name="ten", label=_("Full name"), value="full_name", sort=["sort_key"], key=True, width=28),
        ListColumn(name="tai_khoan", label=_("User name"), value="username", sort=["username"]),
        ListColumn(name="chuc_vu", label=_("Office today"), value=offices_now, width=48),
        ListColumn(name="thu", label=_("E-mail"), value="email", width=28),
        ListColumn(
            name="tinh_trang",
            label=_("Account"),
            value=lambda person: "" if person.is_active else _("Account closed"),
            template="people/_account_state.html",
        ),
    ]

    def rows(self) -> QuerySet[User]:
        today = Appointment.objects.on(timezone.localdate()).select_related("unit")
        people: QuerySet[User] = User.objects.visible_to(self.request.user)
        return people.prefetch_related(Prefetch("appointments", today, to_attr="held_today"))

    def search(self, queryset: QuerySet[User], text: str) -> QuerySet[User]:
        return queryset.matching(text)  # type: ignore[attr-defined, no-any-return]


def trail(person: User | None = None) -> list[Crumb]:
    more = [Crumb(person, person.get_absolute_url())] if person else []
    return [Crumb(_("People"), reverse("people:person_list")), *more]


@require_safe
def person(request: HttpRequest, pk: int) -> HttpResponse:
    reader(request)
    shown = get_object_or_404(User.objects.visible_to(request.user), pk=pk)
    held = Appointment.objects.of(shown).select_related("unit", "person").order_by("-valid_from")
    away = Substitution.objects.filter(person=shown).select_related("substitute", "person")
    facts = [
        Fact(_("User name"), shown.username),
        Fact(_("E-mail"), shown.email),
        Fact(_("Language"), shown.get_language_display()),
        Fact(
            _("Password"),
            _("a password is set") if shown.has_usable_password() else _("none: this person cannot log in"),
        ),
        Fact(_("Last login"), shown.last_login and timezone.localtime(shown.last_login).strftime("%H:%M, %d/%m/%Y")),
    ]
    context = {"person": shown, "facts": facts, "held": held, "away": away, "crumbs": crumbs(*trail())}
    context["may_manage"] = rules.has_perm("people.manage", request.user)
    context["languages"] = shown.languages.all()
    context["may_keep_languages"] = rules.has_perm("people.keep_languages", request.user)
    context["add_language"] = reverse("people:language_create", query={"nguoi": str(shown.pk)})
    context["is_self"] = shown.pk == request.user.pk
    return render(request, "people/person.html", context)


def person_create(request: HttpRequest) -> HttpResponse:
    actor = administrator(request)
    made: list[User] = []

    def write(**fields: str) -> None:
        made.append(services.create_person(**fields, actor=actor))

    form = NewPersonForm(typed(request))
    response = answer(
        request,
        form,
        write,
        heading=_("Add a person"),
        said=gettext("The person has been added. Now record an appointment."),
        back=reverse("people:person_list"),
        trail=trail(),
    )
    return redirect(made[0]) if made else response


def person_change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = administrator(request)
    shown = get_object_or_404(User.objects.visible_to(actor), pk=pk)
    return answer(
        request,
        PersonForm(typed(request), instance=shown),
        partial(services.update_person, shown, actor=actor),
        heading=_("Change a person"),
        said=gettext("The change has been saved."),
        back=shown.get_absolute_url(),
        trail=trail(shown),
    )


def person_password(request: HttpRequest, pk: int) -> HttpResponse:
    actor = administrator(request)
    shown = get_object_or_404(User.objects.visible_to(actor), pk=pk)
    return answer(
        request,
        PasswordForm(request.POST or None),
        partial(services.set_password, shown, actor=actor),
        heading=_("Set a new password"),
        said=gettext("The new password is set. Sessions opened with the old one have ended."),
        back=shown.get_absolute_url(),
        trail=trail(shown),
    )


@require_POST
def person_account(request: HttpRequest, pk: int) -> HttpResponse:
    """Close the account, or open it again."""
    actor = administrator(request)
    shown = get_object_or_404(User.objects.visible_to(actor), pk=pk)
    opened = request.POST.get("mo") == "1"
    try:
        services.update_person(shown, is_active=opened, actor=actor)
    except ValidationError as refusal:
        messages.error(request, " ".join(refusal.messages))
    else:
        said = gettext("The account is open again.") if opened else gettext("The account is closed.")
        messages.success(request, said)
    return redirect(shown)
