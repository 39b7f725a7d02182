"""Who comes to an event: the list with invitation and answer, one person, rows pasted from a sheet."""

from __future__ import annotations

from functools import partial
from typing import Any

import rules
from django.contrib import messages
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import cached_property
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext, pgettext_lazy
from django.views.decorators.http import require_http_methods, require_POST

from delegations.event_choices import Answer, EventPart, EventSide, EventState
from delegations.filters import EventPeopleFilter
from delegations.forms.event_parts import PasteForm, PersonForm
from delegations.models import EventPerson, InternationalEvent
from delegations.queries.event_parts import headcount
from delegations.services import event_parts as services
from delegations.views.event_finding import event_page, visible_event
from intlcoop.vietnamese.folding import fold
from intlcoop.web.display import Badge, Tone
from intlcoop.web.lists import ListColumn, ListPage
from intlcoop.web.retained import typed
from intlcoop.workflow import doors
from intlcoop.workflow.doors import LARGEST_ID, person_of
from intlcoop.workflow.refusals import NotAllowed, Refused

METHODS = ["GET", "HEAD", "POST"]
TONES = {
    Answer.ACCEPTED: Tone.DONE,
    Answer.ONLINE: Tone.DONE,
    Answer.SENDS_OTHER: Tone.DONE,
    Answer.INVITED: Tone.WAITING,
    Answer.DECLINED: Tone.LATE,
    Answer.NOT_INVITED: Tone.QUIET,
}


def answer_badge(person: EventPerson) -> Badge:
    return Badge(person.get_answer_display(), TONES[Answer(person.answer)])


def may_write(request: HttpRequest, event: InternationalEvent) -> bool:
    allowed = rules.has_perm("delegations.edit_event", person_of(request), event)
    return bool(allowed and event.case.state in services.PEOPLE_IN)


class PeopleList(ListPage):
    """The list of one event, with search, filters and export: it goes to protocol and to the door."""

    model = EventPerson
    template_name = "delegations/events/people.html"
    title = gettext_lazy("People of the event")
    search_label = gettext_lazy("Name, post, body")
    filterset_class = EventPeopleFilter
    default_sort = "stt"
    empty_text = gettext_lazy("Nobody in the list yet.")
    columns = (
        ListColumn(name="stt", label=gettext_lazy("No."), value=lambda row: row.position + 1, kind="int", sort=["position"]),
        ListColumn(name="ho_ten", label=gettext_lazy("Full name"), value="full_name", sort=["full_name"], key=True, width=30),
        ListColumn(
            name="vai_tro", label=gettext_lazy("Part in the event"), value=lambda row: EventPart(row.part).label
        ),
        ListColumn(name="chuc_vu", label=gettext_lazy("Post"), value="post", named=True, width=30),
        ListColumn(name="co_quan", label=gettext_lazy("Body"), value="body", named=True, sort=["body"], width=30),
        ListColumn(name="nuoc", label=pgettext_lazy("event", "Country"), value="country"),
        ListColumn(name="ben", label=gettext_lazy("Side"), value=lambda row: EventSide(row.side).label, screen=False),
        ListColumn(name="cap", label=gettext_lazy("Rank"), value=lambda row: row.get_rank_display(), screen=False, width=40),
        ListColumn(name="tham_luan", label=gettext_lazy("Subject of the speech"), value="subject", screen=False, width=40),
        ListColumn(name="ngay_moi", label=gettext_lazy("Invited on"), value="invited_on", kind="date", screen=False),
        ListColumn(
            name="tra_loi", label=gettext_lazy("Answer"), value=answer_badge, sort=["answer"], template="delegations/_badge.html",
            export_value=lambda row: row.get_answer_display(),
        ),
        ListColumn(name="co_mat", label=gettext_lazy("Was there"), value="attended", screen=False),
        ListColumn(name="ghi_chu", label=gettext_lazy("Note"), value="note", screen=False, width=30),
    )  # fmt: skip

    @cached_property
    def event(self) -> InternationalEvent:
        return visible_event(self.request, self.kwargs["number"])

    def rows(self) -> QuerySet[EventPerson]:
        return EventPerson.objects.filter(event=self.event).select_related("country")

    def search(self, queryset: QuerySet[Any], text: str) -> QuerySet[Any]:
        """Names stand in any script: as they are written, and without accents in the Latin one."""
        words = [word for word in text.split() if word]
        for word in words:
            queryset = queryset.filter(
                Q(full_name__icontains=word) | Q(post__icontains=word) | Q(body__icontains=word) | plain(word)
            )
        return queryset

    def url_of(self, row: Any) -> str:
        return reverse("delegations:event_person", args=[self.event.case.number, row.pk])

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        writes = may_write(self.request, self.event)
        more = event_page(
            self.event, headcount=headcount(self.event), may_write=writes, may_invite=writes and ready(self.event)
        )
        return super().get_context_data(**kwargs) | more


def plain(word: str) -> Q:
    """Without accents: by the ids of the rows whose folded name has the word."""
    folded = fold(word)
    return Q(pk__in=EventPerson.objects.answering(folded).values("pk")) if folded else Q(pk__in=[])


def ready(event: InternationalEvent) -> bool:
    """Invitations go out once the event is permitted; one that we attend has no invitations of ours."""
    return event.is_hosted and event.case.state in (EventState.PERMITTED, EventState.HELD, EventState.REPORT_DUE)


def person_in(event: InternationalEvent, pk: int) -> EventPerson:
    found = event.people.select_related("country").filter(pk=pk).first() if pk <= LARGEST_ID else None
    if found is None:
        raise Http404
    found.event = event
    return found


@require_http_methods(METHODS)
def person(request: HttpRequest, number: str, pk: int | None = None) -> HttpResponse:
    """Somebody new, or one who stands in the list."""
    event = visible_event(request, number)
    if not may_write(request, event):
        return doors.refused_page(request, event.case, _("This file can no longer be changed here."))
    found = person_in(event, pk) if pk is not None else EventPerson(event=event)
    form = PersonForm(typed(request), instance=found)
    if request.method == "POST" and form.is_valid():
        act = partial(services.save_person, found, actor=person_of(request), fields=form.values)
        to = reverse("delegations:event_people", args=[number])
        if answer := doors.carried_out(request, event.case, form, act, said=_("The list is saved."), to=to):
            return answer
    heading = found.full_name if found.pk else _("Add a person")
    back = reverse("delegations:event_people", args=[number])
    context = event_page(event, form=form, heading=heading, back=back, person=found if found.pk else None)
    return render(request, "delegations/events/person.html", context)


@require_http_methods(METHODS)
def paste(request: HttpRequest, number: str) -> HttpResponse:
    event = visible_event(request, number)
    if not may_write(request, event):
        return doors.refused_page(request, event.case, _("This file can no longer be changed here."))
    form = PasteForm(typed(request))
    back = reverse("delegations:event_people", args=[number])
    if request.method == "POST" and form.is_valid() and (answer := pasted(request, event, form, back)):
        return answer
    context = event_page(event, form=form, heading=_("Paste a list from a sheet"), verb=_("Add to the list"), back=back)
    return render(request, "workflow/_file_form.html", context)


def pasted(request: HttpRequest, event: InternationalEvent, form: PasteForm, back: str) -> HttpResponse | None:
    try:
        added, known = services.add_people(event, form.people, actor=person_of(request))
    except NotAllowed as refusal:
        return doors.forbidden_page(request, event.case, refusal)
    except Refused as refusal:
        form.add_error("rows", refusal.reasons)
        return None
    text = ngettext("%(n)s person added.", "%(n)s people added.", added) % {"n": added}
    if known:
        text += " " + _("%(n)s stood in the list already.") % {"n": known}
    messages.success(request, text)
    return redirect(back)


@require_POST
def remove(request: HttpRequest, number: str, pk: int) -> HttpResponse:
    event = visible_event(request, number)
    found = person_in(event, pk)
    act = partial(services.remove_person, found, actor=person_of(request))
    return doors.carry_out(request, event.case, act) or redirect("delegations:event_people", number)


@require_POST
def invite(request: HttpRequest, number: str) -> HttpResponse:
    """Note that the invitations went out today to all who have none yet."""
    event = visible_event(request, number)
    try:
        n = services.invite_everybody(event, actor=person_of(request))
    except NotAllowed as refusal:
        return doors.forbidden_page(request, event.case, refusal)
    except Refused as refusal:
        messages.error(request, " ".join(refusal.reasons))
    else:
        messages.success(request, ngettext("%(n)s invitation noted.", "%(n)s invitations noted.", n) % {"n": n})
    return redirect("delegations:event_people", number)
