"""Appointments, leaders in charge and titles, as administrators keep them."""

from __future__ import annotations

from functools import partial

from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from intlcoop.people import services
from intlcoop.people.filters import AppointmentFilter, SupervisionFilter
from intlcoop.people.forms import (
    AppointmentChangeForm,
    AppointmentForm,
    SupervisionChangeForm,
    SupervisionForm,
    TitleForm,
)
from intlcoop.people.models import Appointment, OfficeTitle, Supervision, User
from intlcoop.people.offices import title_of
from intlcoop.people.views.people import trail as person_trail
from intlcoop.people.views.shared import RegisterList, administrator, answer
from intlcoop.web.display import Crumb
from intlcoop.web.lists import ListColumn
from intlcoop.web.retained import typed

FROM_UNTIL = [
    ListColumn(name="tu", label=_("From"), value="valid_from", sort=["valid_from"], kind="date"),
    ListColumn(name="den", label=_("Until"), value="valid_until", sort=["valid_until"], kind="date"),
]


class AppointmentList(RegisterList):
    model = Appointment
    title = _("Appointments")
    search_label = _("Name, user name, e-mail")
    empty_text = _("No appointment is recorded yet. Open a person to record one.")
    filterset_class = AppointmentFilter
    change = "people:appointment_change"
    default_sort = "nguoi"
    columns = [
        ListColumn(name="nguoi", label=_("Person"), value="person", sort=["person__sort_key"], key=True, width=28),
        ListColumn(
            name="chuc_vu", label=_("Office title"), value=lambda row: title_of(row, get_language() or "vi"), width=28
        ),
        ListColumn(name="vai_tro", label=_("Role"), value="get_role_display", sort=["role"]),
        ListColumn(name="don_vi", label=_("Unit"), value="unit", sort=["unit__position", "unit__sort_key"], width=40),
        *FROM_UNTIL,
    ]

    def rows(self) -> QuerySet[Appointment]:
        return Appointment.objects.visible_to(self.request.user).select_related("person", "unit")

    def search(self, queryset: QuerySet[Appointment], text: str) -> QuerySet[Appointment]:
        return queryset.filter(person__in=User.objects.matching(text))


def appointment_create(request: HttpRequest, pk: int) -> HttpResponse:
    actor = administrator(request)
    person = get_object_or_404(User.objects.visible_to(actor), pk=pk)
    form = AppointmentForm(
        typed(request), instance=Appointment(person=person), initial={"valid_from": timezone.localdate()}
    )
    return answer(
        request,
        form,
        partial(services.appoint, person, actor=actor),
        heading=_("Appointment of %(person)s") % {"person": person},
        said=gettext("The appointment has been recorded."),
        back=person.get_absolute_url(),
        trail=person_trail(person),
    )


def appointment_change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = administrator(request)
    rows = Appointment.objects.visible_to(actor).select_related("person", "unit")
    row = get_object_or_404(rows, pk=pk)
    return answer(
        request,
        AppointmentChangeForm(typed(request), instance=row),
        partial(services.update_appointment, row, actor=actor),
        heading=str(row),
        said=gettext("The change has been saved."),
        back=row.person.get_absolute_url(),
        trail=person_trail(row.person),
        note=_("To end the appointment, give its last day. Another role or unit is a new appointment."),
    )


class SupervisionList(RegisterList):
    model = Supervision
    title = _("Leaders in charge")
    empty_text = _("Nobody is in charge of a unit yet: every Deputy Minister may act for all.")
    filterset_class = SupervisionFilter
    change = "people:supervision_change"
    add = (_("Put somebody in charge"), "people:supervision_create")
    fixed_order = ("unit__position", "unit__sort_key", "-valid_from", "pk")
    columns = [
        ListColumn(name="don_vi", label=_("Unit"), value="unit", key=True, width=40),
        ListColumn(name="lanh_dao", label=_("Deputy Minister"), value="deputy_minister", width=28),
        *FROM_UNTIL,
    ]

    def rows(self) -> QuerySet[Supervision]:
        return Supervision.objects.visible_to(self.request.user).select_related("unit", "deputy_minister")


def supervision_create(request: HttpRequest) -> HttpResponse:
    actor = administrator(request)
    return answer(
        request,
        SupervisionForm(typed(request), initial={"valid_from": timezone.localdate()}),
        partial(services.set_supervision, actor=actor),
        heading=_("Put somebody in charge"),
        said=gettext("The leader in charge has been recorded."),
        back=reverse("people:supervision_list"),
        trail=[Crumb(_("Leaders in charge"), reverse("people:supervision_list"))],
        note=_("Who was in charge until now is so until the day before."),
    )


def supervision_change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = administrator(request)
    rows = Supervision.objects.visible_to(actor).select_related("unit", "deputy_minister")
    row = get_object_or_404(rows, pk=pk)
    return answer(
        request,
        SupervisionChangeForm(typed(request), instance=row),
        partial(services.update_supervision, row, actor=actor),
        heading=str(row),
        said=gettext("The change has been saved."),
        back=reverse("people:supervision_list"),
        trail=[Crumb(_("Leaders in charge"), reverse("people:supervision_list"))],
    )


class TitleList(RegisterList):
    model = OfficeTitle
    change = "people:title_change"
    title = _("Titles of offices")
    fixed_order = ("role", "unit_type", "pk")
    columns = [
        ListColumn(name="ten", label=_("Title in Vietnamese"), value="title_vi", key=True, width=28),
        ListColumn(name="ten_anh", label=_("Title in English"), value="title_en", width=28),
        ListColumn(name="vai_tro", label=_("Role"), value="get_role_display", width=28),
        ListColumn(name="loai", label=_("Type of unit"), value="get_unit_type_display", width=28),
    ]


def title_change(request: HttpRequest, pk: int) -> HttpResponse:
    actor = administrator(request)
    row = get_object_or_404(OfficeTitle.objects.visible_to(actor), pk=pk)
    where = row.get_unit_type_display() or gettext("any unit")
    return answer(
        request,
        TitleForm(typed(request), instance=row),
        partial(services.rename_office, row, actor=actor),
        heading=_("Change a title"),
        said=gettext("The title has been changed."),
        back=reverse("people:title_list"),
        trail=[Crumb(_("Titles of offices"), reverse("people:title_list"))],
        note=f"{row.get_role_display()} · {where}",
    )
