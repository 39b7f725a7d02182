"""What the engine, the papers and the pages ask of a visit: its facts, its content by facets, its summary."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from delegations.choices import DatePrecision
from delegations.models import InboundDelegation, InboundMember, PreparationItem
from delegations.queries.owing import report_due, term
from delegations.visit_choices import GuestPart, InboundState, VisitForm
from intlcoop.people.choices import Rank, UnitClass, UnitFunction
from intlcoop.people.offices import DEPUTY_MINISTER, rank_of
from intlcoop.people.principals import principal_of
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import calendar
from intlcoop.vietnamese.dates import known_date, table_date, table_range
from intlcoop.workflow.facts import fact
from intlcoop.workflow.registry import Related, Summary, Wait

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

YES, NO = "yes", "no"
BY_ICD, BY_UNIT = "icd", "unit"
DAY = dt.timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class InboundFacts:
    """All that a route rule may look at for a visit."""

    host_rank: str = fact(
        gettext_lazy("Who receives"),
        gettext_lazy("the guests are received by: %(values)s"),
        Rank.choices,
        usual=Rank.DIRECTOR,
    )
    form: str = fact(
        gettext_lazy("Form of the visit"),
        gettext_lazy("the form is: %(values)s"),
        VisitForm.choices,
        usual=VisitForm.FULL,
    )
    filed_by: str = fact(
        gettext_lazy("Who files"),
        gettext_lazy("filed by: %(values)s"),
        (
            (BY_ICD, gettext_lazy("the International Cooperation Department")),
            (BY_UNIT, gettext_lazy("another unit")),
        ),
        usual=BY_UNIT,
    )
    planned: str = fact(
        gettext_lazy("Annual plan"),
        "%(values)s",
        ((YES, gettext_lazy("the visit is in the plan")), (NO, gettext_lazy("the visit is out of plan"))),
        usual=NO,
    )
    unit_class: str = fact(
        gettext_lazy("Unit that files"),
        gettext_lazy("the unit that files is: %(values)s"),
        UnitClass.choices,
        usual=UnitClass.INTERNAL,
    )


def inbound_facts(case: Case) -> InboundFacts:
    visit = InboundDelegation.objects.get(case=case)
    return InboundFacts(
        host_rank=visit.host_rank or str(Rank.DIRECTOR),
        form=visit.form,
        filed_by=BY_ICD if case.unit.function == UnitFunction.ICD else BY_UNIT,
        planned=YES if visit.plan_line_id else NO,
        unit_class=case.unit.unit_class,
    )


# --- content ----------------------------------------------------------------------------------------------------------

#: What is written about a visit and binds nobody: it changes by the day until the guests have left.
WORDING = (
    "partner_text", "level", "guest_class", "persons", "purpose_text", "topics", "meeting_time", "meeting_place",
    "our_side", "languages", "interpreter", "request_number", "request_date", "visa", "out_of_plan_reason",
    "warning_reason", "arrival_flight", "arrival_time", "arrival_place", "met_by", "departure_flight",
    "departure_time", "departure_place", "seen_off_by", "hotel", "cars", "protocol_notes", "result", "recommendations",
)  # fmt: skip
GUEST = ("full_name", "honorific", "post", "body", "equivalent", "part", "dietary", "seating")


def inbound_content(case: Case) -> dict[str, Any]:
    """The visit by facets, as plain JSON. "wording" binds nothing; of the guests only the rank of their head binds."""
    visit = InboundDelegation.objects.select_related("country").prefetch_related("members").get(case=case)
    return content_of_visit(visit, case)


def content_of_visit(visit: InboundDelegation, case: Case) -> dict[str, Any]:
    head = head_guest(visit)
    return {
        "people": [f"{GuestPart.HEAD}|{head.rank}"] if head is not None else [],
        "time_place": {
            "from": str(visit.arrives_on or "0001-01-01"),
            "to": str(visit.leaves_on or "0001-01-01"),
            "countries": [visit.country.iso2] if visit.country else [],
        },
        "programme": {
            "form": visit.form,
            "host": visit.host_id or visit.host_name,
            "host_rank": visit.host_rank,
            "meeting": visit.meeting,
            "host_partner": visit.partner_id,
            "plan_line": visit.plan_line_id,
        },
        "wording": {
            "title": case.title,
            "meeting_on": str(visit.meeting_on or ""),
            **{name: str(value) for name in WORDING if (value := getattr(visit, name)) not in ("", None)},
            "guests": ["|".join(str(getattr(guest, name)) for name in GUEST) for guest in visit.members.all()],
        },
    }


def head_guest(visit: InboundDelegation) -> InboundMember | None:
    return next((guest for guest in visit.members.all() if guest.part == GuestPart.HEAD), None)


def head_words(visit: InboundDelegation) -> str:
    """ "Ngài Nguyễn Văn A, Đại sứ ..."; as the row of the guest says it."""
    head = head_guest(visit)
    if head is None:
        return ""
    return ", ".join(filter(None, (" ".join(filter(None, (head.honorific, head.full_name))), head.post)))


def body_words(visit: InboundDelegation) -> str:
    """From which body they come, with its country where that is known."""
    body = visit.partner_text or (visit.partner.name if visit.partner else "")
    country = str(visit.country) if visit.country else ""
    return f"{body} ({country})" if body and country and country not in body else body or country


def host_words(visit: InboundDelegation) -> str:
    return visit.host.full_name if visit.host is not None else visit.host_name


def visit_days(visit: InboundDelegation) -> str:
    """ "05/12/2026 – 08/12/2026", one day as one; of a visit whose days no source names "tháng 4/2022" or "năm 2022"."""
    if visit.arrives_on is not None and visit.date_precision != DatePrecision.DAY:
        return known_date(visit.arrives_on, "month" if visit.date_precision == DatePrecision.MONTH else "year")
    if visit.arrives_on is None or visit.leaves_on is None:
        return ""
    return table_range(visit.arrives_on, visit.leaves_on)


def meeting_words(visit: InboundDelegation) -> str:
    """ "09:30, 05/12/2026, tại phòng khánh tiết"; what is not known is left out."""
    day = visit.meeting_on or (visit.arrives_on if visit.is_short else None)
    time = f"{visit.meeting_time:%H:%M}" if visit.meeting_time else ""
    return ", ".join(filter(None, (time, table_date(day) if day else "", visit.meeting_place)))


def people_count(visit: InboundDelegation) -> int:
    """Those on the list, or those announced if that is more."""
    return max(len(visit.members.all()), visit.persons or 0)


def inbound_summary(case: Case) -> Summary:
    rows = InboundDelegation.objects.select_related("partner", "country", "host").prefetch_related("members")
    visit = rows.get(case=case)
    count = people_count(visit)
    return Summary(
        title=case.title,
        where=body_words(visit),
        when=visit_days(visit),
        who=head_words(visit),
        url=reverse("delegations:visit", args=[case.number]),
        on=visit.arrives_on,
        lines=(
            (_("Visiting body"), body_words(visit)),
            (_("Days"), visit_days(visit)),
            (_("Head of the guests"), head_words(visit)),
            (_("Number of people"), str(count) if count else ""),
            (_("Who receives"), host_words(visit)),
            (_("Meeting"), meeting_words(visit)),
            (_("Unit"), str(case.unit)),
        ),
    )


def inbound_history(case: Case) -> Related:
    return Related(rows=[case.inbound], follow=[(InboundMember, "visit"), (PreparationItem, "visit")])


def inbound_edit_url(case: Case) -> str:
    return reverse("delegations:visit_edit", args=[case.number])


def visits_answering(text: str) -> QuerySet[Any]:
    """The ids of the cases whose visit has this text among its guests, partner and country."""
    return InboundDelegation.objects.answering(text).values("case_id")


def visits_opened_to(user: User) -> QuerySet[Any]:
    """From the day on which it was submitted, the host reads the file of the guests, whoever filed it; and the finance
    department reads every visit whose costs are written down, as it reads the trips whose money passes its office."""
    opened = Q(host=user)
    if principal_of(user).is_finance:
        opened |= Q(reception__isnull=False)
    return InboundDelegation.objects.filter(opened, case__first_submitted_at__isnull=False).values("case_id")


def host_named(case: Case, office: str) -> User | None:
    """A Deputy Minister who receives the guests is asked in person, whoever is in charge of the unit that files."""
    if office != DEPUTY_MINISTER:
        return None
    visit = InboundDelegation.objects.filter(case=case).select_related("host").first()
    host: User | None = visit.host if visit is not None else None
    leads = host is not None and host.is_active and rank_of(host, timezone.localdate()) == Rank.DEPUTY_MINISTER
    return host if leads else None


# --- what it owes -----------------------------------------------------------------------------------------------------


def visit_report_due(visit: InboundDelegation) -> dt.date | None:
    """The last day for the result of a visit (parameter `inbound.result_report_days`); a day off moves on."""
    if visit.leaves_on is None:
        return None
    return report_due(visit.leaves_on, term(ParameterKey.INBOUND_REPORT, timezone.localdate()), calendar())


def visit_waits(case: Case) -> Wait | None:
    """Why a visit without an open step does not go on: it was sent back, or its result is owed."""
    who = f"{case.created_by} · {case.unit}"
    if case.state == InboundState.RETURNED:
        change = case.status_changes.filter(to_state=InboundState.RETURNED).last()
        since = timezone.localdate(change.at if change else case.changed_at)
        where, next_ = _("Sent back for completion"), _("submit the completed file again")
        return Wait(where=where, who=who, since=since, next_=next_)
    if case.state != InboundState.REPORT_DUE:
        return None
    visit = InboundDelegation.objects.get(case=case)
    since = visit.leaves_on or timezone.localdate(case.changed_at)
    where, next_ = _("Result of the visit owed"), _("the result is written down and the visit is completed")
    return Wait(where=where, who=who, since=since, due=visit_report_due(visit), next_=next_)
