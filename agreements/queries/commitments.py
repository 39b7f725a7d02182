"""What the engine and the pages ask of commitments: of one, of an agreement or a partner, of a person."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Any

import rules
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.choices import AgreementState, CommitmentState, Standing
from agreements.implementing import standing_of
from agreements.models import Commitment, InternationalAgreement, Partner
from intlcoop.people.models import Appointment
from intlcoop.people.principals import principal_of
from intlcoop.regulations.queries import calendar
from intlcoop.regulations.working_days import Calendar, move_to_working_day, working_days_between
from intlcoop.vietnamese.dates import table_date
from intlcoop.web.display import Badge
from intlcoop.web.templatetags.ui import weekday_day
from intlcoop.workflow.registry import Related, Summary
from intlcoop.workflow.wording import state_badge

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

#: What the content of a commitment says besides its title.
WORDING = ("side", "due_on", "source_text", "detail", "domestic_document")


# --- what the engine asks -------------------------------------------------------------------------------------------


def summary(case: Case) -> Summary:
    commitment = Commitment.objects.select_related("partner", "owner").get(case=case)
    due = table_date(commitment.due_on) if commitment.due_on else ""
    partner = str(commitment.partner or "")
    return Summary(
        title=case.title,
        where=partner,
        when=due,
        who=str(commitment.owner or ""),
        url=commitment.get_absolute_url(),
        on=commitment.due_on,
        lines=(
            (_("Partner"), partner),
            (_("Carry out by"), due),
            (_("Unit"), str(case.unit)),
            (_("Who sees to it"), str(commitment.owner or "")),
        ),
    )


def content(case: Case) -> dict[str, Any]:
    commitment = Commitment.objects.get(case=case)
    links = ("partner_id", "agreement_id", "programme_id", "born_in_id", "owner_id", "verifier_id")
    said = {name: str(getattr(commitment, name) or "") for name in (*WORDING, *links)}
    return {"wording": {"title": case.title, "unit": case.unit_id, **said}}


def opened_to(user: User) -> QuerySet[Any]:
    """The cases of commitments that this person, or somebody of their units, sees to or verifies."""
    colleagues = (
        Appointment.objects.on(timezone.localdate())
        .filter(unit__in=principal_of(user).own_unit_ids)
        .order_by()
        .values("person")
    )
    named = Q(owner=user.pk) | Q(verifier=user.pk) | Q(owner__in=colleagues) | Q(verifier__in=colleagues)
    return Commitment.objects.filter(named).order_by().values("case_id")


def history(case: Case) -> Related:
    return Related(rows=[case.commitment])


def edit_url(case: Case) -> str:
    return reverse("agreements:commitment_edit", args=[case.number])


# --- how one stands -------------------------------------------------------------------------------------------------


class Clock:
    """Today and the days off, read once for a page and only if something is due; `read` is the page's own way to them."""

    def __init__(self, today: dt.date | None = None, read: Callable[[], Calendar] = calendar) -> None:
        self.today = today or timezone.localdate()
        self.read = read

    @cached_property
    def days_off(self) -> Calendar:
        return self.read()

    def standing(self, commitment: Commitment) -> Standing:
        return standing_of(commitment.case.state, commitment.due_on, commitment.done_on, self.today, self.days_off)

    def due(self, commitment: Commitment) -> dt.date | None:
        """The day until which it counts as in time."""
        return move_to_working_day(commitment.due_on, self.days_off) if commitment.due_on else None

    def days_left(self, commitment: Commitment) -> int | None:
        """Working days left while nobody has reported it as carried out; negative when it is overdue."""
        due = self.due(commitment)
        if due is None or commitment.case.state != CommitmentState.OPEN:
            return None
        return working_days_between(self.today, due, self.days_off)

    def badge(self, commitment: Commitment) -> Badge:
        """The word of the state; that it is overdue, and by how much, stands beside it as the days left."""
        return state_badge(commitment.case, self.words(commitment), [])

    def words(self, commitment: Commitment, *, overdue: bool = False) -> str:
        """Kept in time or late; with `overdue` also that it is overdue, where no days stand beside it."""
        standing = self.standing(commitment)
        told = (Standing.ON_TIME, Standing.LATE, Standing.OVERDUE) if overdue else (Standing.ON_TIME, Standing.LATE)
        return str(standing.label if standing in told else CommitmentState(commitment.case.state).label)


def due_words(commitment: Commitment, clock: Clock) -> str:
    """ "Chủ nhật, 22/11/2026; rơi vào ngày nghỉ nên tính đến Thứ Hai, 23/11/2026"."""
    due = clock.due(commitment)
    if commitment.due_on is None or due is None:
        return ""
    if due == commitment.due_on:
        return weekday_day(due)
    return _("%(day)s, a day off, so until %(moved)s") % {
        "day": weekday_day(commitment.due_on),
        "moved": weekday_day(due),
    }


def ids_standing(commitments: QuerySet[Commitment], standing: Standing, clock: Clock | None = None) -> list[int]:
    """The keys of those that stand so today: days off are no business of the database's."""
    clock = clock or Clock()
    rows = commitments.order_by().values_list("pk", "case__state", "due_on", "done_on")
    return [
        pk
        for pk, state, due_on, done_on in rows
        if standing_of(state, due_on, done_on, clock.today, clock.days_off) == standing
    ]


# --- lines of pages -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class CommitmentLine:
    """One commitment as other pages name it."""

    number: str
    url: str
    title: str
    side: str
    partner: str
    unit: str
    owner: str
    due: dt.date | None
    days_left: int | None
    badge: Badge
    words: str
    standing: Standing
    born_key: str = ""


def lines_of(commitments: Iterable[Commitment], clock: Clock | None = None) -> list[CommitmentLine]:
    clock = clock or Clock()
    return [
        CommitmentLine(
            number=each.case.number,
            url=each.get_absolute_url(),
            title=each.case.title,
            side=str(each.get_side_display()),
            partner=str(each.partner or ""),
            unit=str(each.case.unit),
            owner=str(each.owner or ""),
            due=each.due_on,
            days_left=clock.days_left(each),
            badge=clock.badge(each),
            words=clock.words(each, overdue=True),
            standing=clock.standing(each),
            born_key=each.born_key,
        )
        for each in commitments
    ]


def born_in(case: Case, user: User) -> list[CommitmentLine]:
    """The commitments that were made in this file, as far as this person may read them."""
    found = Commitment.objects.visible_to(user).filter(born_in=case).for_list()
    return lines_of(found.order_by("due_on", "pk"))


def new_url(user: User, **initial: object) -> str:
    """Where this person writes down a commitment, already filled; "" when they may not. Keys: tu, dong, doi_tac, thoa_thuan."""
    if not rules.has_perm("agreements.add_commitment", user):
        return ""
    return reverse("agreements:commitment_create", query={key: str(value) for key, value in initial.items()})


def of_agreement(agreement: InternationalAgreement, user: User) -> dict[str, Any]:
    """The section "Cam kết" of the page of an agreement (template agreements/_commitments.html)."""
    found = Commitment.objects.visible_to(user).of_case(agreement.case).for_list()
    lines = lines_of(found.order_by("due_on", "pk"))
    signed = agreement.case.state in AgreementState.CONCLUDED
    add_url = new_url(user, thoa_thuan=agreement.case.number) if signed else ""
    return {"lines": lines, "count": len(lines), "add_url": add_url}


def partner_section(partner: Partner, user: User) -> dict[str, Any] | None:
    """The section "Cam kết" of the page of a partner: unfinished ones first."""
    rows = list(Commitment.objects.visible_to(user).filter(partner=partner).for_list().order_by("due_on", "pk"))
    rows.sort(key=lambda each: each.case.state not in CommitmentState.UNFINISHED)
    lines, add_url = lines_of(rows[:MOST_LINES]), new_url(user, doi_tac=partner.pk)
    if not lines and not add_url:
        return None
    more = reverse("agreements:commitment_list", query={"doi_tac": str(partner.pk)})
    return {"lines": lines, "count": len(rows), "add_url": add_url, "head_url": more if rows else "",
            "head_label": _("All commitments with the partner")}  # fmt: skip


MOST_LINES = 20
#: More than that is no page to work from: the list has the rest.
MOST_AT_HOME = 400


def open_with(
    user: User, *, partners: Iterable[int], countries: Iterable[int] = (), clock: Clock | None = None
) -> list[CommitmentLine]:
    """Unfinished commitments with these partners, or with partners of these countries: what to ask about when going there."""
    partners, countries = [each for each in partners if each], list(countries)
    if not partners and not countries:
        return []
    wanted = Q(partner__in=partners) | Q(partner__country__in=countries)
    found = Commitment.objects.visible_to(user).unfinished().filter(wanted).for_list().order_by("due_on", "pk")
    return lines_of(found[:MOST_LINES], clock)


# --- the first page -------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True, kw_only=True)
class HomeCommitments:
    """`mine`: what I see to; `to_verify`: reported, waits for me; `unit`: (unfinished, overdue) of my units."""

    mine: list[CommitmentLine]
    to_verify: list[CommitmentLine]
    unit_unfinished: int
    unit_overdue: int
    unit_url: str
    overdue_url: str


def home_commitments(user: User, clock: Clock) -> HomeCommitments | None:
    """What the first page says of commitments to this person, in one query; None when nothing concerns them.

    Their own and their units', all of which they may read (`opened_to`, and the case's own rule).
    """
    principal = principal_of(user)
    units = principal.own_unit_ids
    concerned = Q(owner=user) | Q(verifier=user) | Q(case__unit__in=units)
    rows = list(Commitment.objects.unfinished().filter(concerned).for_list().order_by("due_on", "pk")[:MOST_AT_HOME])
    if not rows:
        return None
    of_unit = [each for each in rows if each.case.unit_id in units]
    mine = [each for each in rows if each.owner_id == user.pk and each.case.state == CommitmentState.OPEN]
    verify = [each for each in rows if each.verifier_id == user.pk and each.case.state == CommitmentState.CLAIMED]
    own = {"don_vi": str(principal.appointments[0].unit_id)} if principal.appointments else {}
    return HomeCommitments(
        mine=lines_of(mine, clock),
        to_verify=lines_of(verify, clock),
        unit_unfinished=len(of_unit),
        unit_overdue=sum(clock.standing(each) == Standing.OVERDUE for each in of_unit),
        unit_url=reverse("agreements:commitment_list", query={**own, "ket_qua": "con_mo"}),
        overdue_url=reverse("agreements:commitment_list", query={**own, "ket_qua": Standing.OVERDUE.value}),
    )
