"""Series of meetings and their sessions: the register of all sessions, and typing them in."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from agreements.filters import SessionFilter
from agreements.forms.mechanisms import SeriesForm, SessionForm
from agreements.models import MeetingSeries, MeetingSession
from agreements.queries import mechanisms as queries
from agreements.services import meetings as services
from agreements.views.mechanisms import METHODS, ask, crumbs, visible_mechanism
from intlcoop.vietnamese.folding import fold
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.workflow.doors import person_of
from intlcoop.workflow.refusals import NotAllowed, Refused

SERIES_FORM = "agreements/mechanisms/small_form.html"


class SessionList(ListPage):
    """The register of sessions: what was held and attended, what is to come, what is to be checked."""

    model = MeetingSession
    template_name = "agreements/mechanisms/session_list.html"
    title = _("Sessions of mechanisms")
    search_label = _("Series, title, place")
    empty_text = _("No session yet. Open a mechanism and add one to a series of meetings.")
    filterset_class = SessionFilter
    default_sort = "-ngay"
    fixed_order = ("-number", "-pk")
    columns = [
        ListColumn(
            name="phien",
            label=_("Session"),
            value=queries.session_name,
            sort=["series__sort_key", "number"],
            key=True,
            wide=True,
            width=56,
        ),
        ListColumn(name="co_che", label=_("Mechanism of cooperation"), value="series.mechanism", width=32),
        ListColumn(name="loai", label=_("Kind of meeting"), value="series.get_kind_display", screen=False, width=28),
        ListColumn(name="ngay", label=_("Time of the session"), value=queries.session_when, sort=["on"], width=24),
        ListColumn(name="noi", label=_("Place of the session"), value="place", width=24),
        ListColumn(name="hinh_thuc", label=_("Format"), value="get_format_display", screen=False),
        ListColumn(name="vai_tro", label=_("Our part"), value="get_part_display"),
        ListColumn(name="don_vi", label=_("Unit that goes"), value="unit", screen=False, width=28),
        ListColumn(
            name="trang_thai",
            label=_("Status"),
            value=lambda row: row.get_status_display(),
            template="agreements/mechanisms/_session_state.html",
            sort=["status"],
        ),
        ListColumn(
            name="luu_y",
            label=_("To note"),
            value=lambda row: " ".join(queries.session_doubts(row, timezone.localdate())),
            screen=False,
            width=40,
        ),
        ListColumn(name="nguon", label=_("Source"), value="source_text", screen=False, width=40),
    ]

    def rows(self) -> QuerySet[MeetingSession]:
        rows = MeetingSession.objects.visible_to(self.request.user)
        return rows.select_related("series__mechanism", "unit")

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        return queryset.answering(fold(text))  # type: ignore[attr-defined]

    def url_of(self, row: MeetingSession) -> str:
        return f"{row.series.get_absolute_url()}"


def visible_series(request: HttpRequest, pk: int) -> MeetingSeries:
    rows = MeetingSeries.objects.visible_to(request.user).select_related("mechanism", "unit")
    if (found := rows.filter(pk=pk).first()) is None:
        raise Http404
    return found


def visible_session(request: HttpRequest, pk: int) -> MeetingSession:
    rows = MeetingSession.objects.visible_to(request.user).select_related("series__mechanism", "series__unit", "case")
    if (found := rows.filter(pk=pk).first()) is None:
        raise Http404
    return found


def ask_sessions(request: HttpRequest, series: MeetingSeries) -> None:
    if not rules.has_perm("agreements.record_session", request.user, series):
        raise PermissionDenied(
            gettext("The department of cooperation and the unit in charge write down the sessions of this series.")
        )


@require_http_methods(METHODS)
def series_create(request: HttpRequest, pk: int) -> HttpResponse:
    mechanism = visible_mechanism(request, pk)
    ask(request)
    blank = MeetingSeries(mechanism=mechanism)
    form = SeriesForm(typed(request), instance=blank)
    act = partial(services.create_series, mechanism, actor=person_of(request))
    return series_edit(request, blank, form, gettext("Add a series of meetings"), act)


@require_http_methods(METHODS)
def series_change(request: HttpRequest, pk: int) -> HttpResponse:
    series = visible_series(request, pk)
    ask(request)
    form = SeriesForm(typed(request), instance=series)
    act = partial(services.update_series, visible_series(request, pk), actor=person_of(request))
    return series_edit(request, series, form, gettext("Change a series of meetings"), act)


def series_edit(
    request: HttpRequest, series: MeetingSeries, form: SeriesForm, heading: str, act: Callable[..., MeetingSeries]
) -> HttpResponse:
    if request.method == "POST" and form.is_valid():
        try:
            saved = act(fields=form.values)
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, gettext("“%(name)s” has been saved.") % {"name": saved})
            return redirect(saved.get_absolute_url())
    page = {"form": form, "heading": heading, "kicker": series.mechanism, "crumbs": crumbs(series.mechanism)}
    return render(request, SERIES_FORM, page | {"back": series.mechanism.get_absolute_url()})


@require_http_methods(METHODS)
def session_create(request: HttpRequest, pk: int) -> HttpResponse:
    series = visible_series(request, pk)
    ask_sessions(request, series)
    blank = MeetingSession(series=series, unit=series.unit)
    form = SessionForm(typed(request), instance=blank, user=person_of(request))
    act = partial(services.create_session, series, actor=person_of(request))
    return session_edit(request, blank, form, gettext("Add a session"), act)


@require_http_methods(METHODS)
def session_change(request: HttpRequest, pk: int) -> HttpResponse:
    session = visible_session(request, pk)
    ask_sessions(request, session.series)
    form = SessionForm(typed(request), instance=session, user=person_of(request))
    act = partial(services.update_session, session, actor=person_of(request))
    return session_edit(request, session, form, gettext("Change a session"), act)


def session_edit(
    request: HttpRequest, session: MeetingSession, form: SessionForm, heading: str, act: Callable[..., MeetingSession]
) -> HttpResponse:
    series = session.series
    if request.method == "POST" and form.is_valid():
        try:
            saved = act(when=form.cleaned_data["when"], fields=form.values)
        except NotAllowed as refusal:
            raise PermissionDenied(str(refusal)) from refusal
        except Refused as refusal:
            form.add_error(None, refusal.reasons)
        else:
            messages.success(request, gettext("“%(name)s” has been saved.") % {"name": queries.session_name(saved)})
            return redirect(series.get_absolute_url())
    page = {"form": form, "heading": heading, "kicker": series, "crumbs": crumbs(series.mechanism), "session": session}
    return render(request, SERIES_FORM, page | {"back": series.get_absolute_url()})


@require_POST
def session_remove(request: HttpRequest, pk: int) -> HttpResponse:
    session = visible_session(request, pk)
    name, back = queries.session_name(session), session.series.get_absolute_url()
    try:
        services.remove_session(session, actor=person_of(request))
    except NotAllowed as refusal:
        raise PermissionDenied(str(refusal)) from refusal
    messages.success(request, gettext("“%(name)s” has been taken out. The history keeps it.") % {"name": name})
    return redirect(back)
