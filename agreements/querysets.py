"""Which partners, dealings, programmes and commitments may somebody see, and which one did they mean?"""

from __future__ import annotations

import datetime as dt
from typing import Any, Self

import rules
from django.db import models
from django.db.models import Exists, OuterRef, Q

from agreements.aid import ProjectState
from agreements.choices import (
    AgreementState,
    AmendmentState,
    CommitmentState,
    DealingKind,
    NoteAudience,
    SessionStatus,
    TreatyReportState,
)
from agreements.implementing import last_due_before, months_before
from intlcoop.catalogues.models import Country
from intlcoop.catalogues.querysets import SearchableQuerySet
from intlcoop.people.querysets import DatedQuerySet
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.queries import parameters
from intlcoop.regulations.working_days import Calendar
from intlcoop.vietnamese.folding import fold
from intlcoop.workflow.models import Case
from intlcoop.workflow.querysets import OfCaseQuerySet

#: Between the places of a branch in the tree of mechanisms: below every sign of a sort key.
TREE_MARK = "\x01"


def asleep_since(on: dt.date) -> dt.date | None:
    """The day after which something must have happened, or one sleeps; None while that rule is switched off."""
    row = parameters([ParameterKey.AGREEMENT_DORMANT], on).get(ParameterKey.AGREEMENT_DORMANT)
    return months_before(on, int(row.value)) if row else None


class PartnerQuerySet(SearchableQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Partners are the ministry's common address book: everybody with an account sees all of them."""
        return self if rules.has_perm("agreements.view_partner", user) else self.none()

    def living(self) -> Self:
        """Without those that were merged into another: the rows that lists, counts and choices are about."""
        return self.filter(merged_into__isnull=True)

    def same_as(self, name_vi: str, country: Country | None) -> Self:
        """The partner that carries this name in this country, whatever its accents, case and punctuation."""
        return self.filter(folded_name=fold(name_vi)[:250], country=country)

    def offered(self, keep: int | None = None) -> Self:
        """Those that may be chosen in a form, and the one that is chosen there already."""
        return self.filter(Q(is_active=True, merged_into__isnull=True) | Q(pk=keep))

    def of_units(self, unit_ids: Any) -> Self:
        """The partners that these units (with those merged into them: `OrgUnit.lineage`) work with."""
        units: Any = self.model._meta.get_field("units").related_model
        return self.filter(pk__in=units.objects.of(unit_ids))

    def dormant(self, on: dt.date) -> Self:
        """Partners with whom there were dealings or is a living agreement, and nothing happened for so many months
        (parameter `agreement.dormant_after_months`)."""
        since = asleep_since(on)
        if since is None:
            return self.none()
        field = self.model._meta.get_field
        dealing_model: Any = field("dealings").related_model
        party_model: Any = field("parties").related_model
        dealings = dealing_model.objects.filter(partner=OuterRef("pk"), on__lte=on)
        parties = party_model.objects.filter(partner=OuterRef("pk"))
        ours = parties.filter(agreement__case__state__in=AgreementState.LIVING)
        fresh = ours.filter(agreement__signed_on__gt=since)
        known = self.living().filter(Exists(dealings) | Exists(ours))
        return known.exclude(Exists(dealings.filter(on__gt=since))).exclude(Exists(fresh))


class MergeQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """That two rows were one partner is common knowledge, like the address book itself."""
        return self if rules.has_perm("agreements.view_partner", user) else self.none()

    def in_force(self) -> Self:
        return self.filter(undone_at__isnull=True)


class PartnerUnitQuerySet(models.QuerySet[Any]):
    def of(self, unit_ids: Any) -> Any:
        """The ids of the partners of these units, as a subquery."""
        return self.filter(unit__in=unit_ids).values("partner")


class OfPartnerQuerySet(models.QuerySet[Any]):
    """Rows that hang on a partner: whoever reads the address book reads them."""

    def visible_to(self, user: Any) -> Self:
        return self if rules.has_perm("agreements.view_partner", user) else self.none()


class ContactQuerySet(SearchableQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Whoever reads the address book reads who sits there."""
        return self if rules.has_perm("agreements.view_partner", user) else self.none()


class ProgrammeQuerySet(SearchableQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Schemes and programmes are published decisions: everybody with an account reads them."""
        return self if rules.has_perm("agreements.view_programme", user) else self.none()

    def of_units(self, unit_ids: Any) -> Self:
        return self.filter(lead_unit__in=unit_ids)


class DealingQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """That a partner was dealt with, when and by which unit, is common knowledge; the file itself has its own rule.

        The signing of what is not to be published bears its title, so only whoever reads that agreement sees it.
        """
        if not rules.has_perm("agreements.view_partner", user):
            return self.none()
        public = ~Q(kind=DealingKind.SIGNING) | Q(agreement__isnull=True) | Q(agreement__is_secret=False)
        return self.filter(public | Q(agreement__case__in=Case.objects.visible_to(user)))

    def told_once(self, of: str = "partner") -> Self:
        """What served several agreements or met several partners stands in a row for each; told of one partner, or of one
        country ("partner__country"), it is one."""
        same = {name: OuterRef(name) for name in ("case", "kind", of)}
        before = self.model._default_manager.filter(**same, pk__lt=OuterRef("pk"))
        return self.filter(Q(case__isnull=True) | ~Exists(before))

    def happened(self, by: dt.date) -> Self:
        """What is in the past on that day; a day in the future is never "held" (X-02)."""
        return self.filter(on__lte=by)


class AgreementQuerySet(OfCaseQuerySet):
    case_kinds = ("agreement",)

    def concluded(self) -> Self:
        """Those that were signed at some time: what registers and reports count."""
        return self.filter(case__state__in=AgreementState.CONCLUDED)

    def living(self) -> Self:
        return self.filter(case__state__in=AgreementState.LIVING)

    def of_units(self, unit_ids: Any) -> Self:
        return self.filter(case__unit__in=unit_ids)

    def dormant(self, on: dt.date) -> Self:
        """Living agreements under which nothing happened for so many months, the signing included (parameter
        `agreement.dormant_after_months`). One whose day of signing is not known sleeps unless something happened; of one that
        a source only counts nobody knows whether it does."""
        since = asleep_since(on)
        if since is None:
            return self.none()
        dealings = self.model._meta.get_field("dealings").related_model.objects
        lately = dealings.filter(agreement=OuterRef("pk"), on__gt=since, on__lte=on)
        known = self.living().exclude(signed_on__gt=since).exclude(unnamed_in_source=True)
        return known.exclude(Exists(lately))


class CommitmentQuerySet(OfCaseQuerySet):
    case_kinds = ("commitment",)

    def unfinished(self) -> Self:
        return self.filter(case__state__in=CommitmentState.UNFINISHED)

    def overdue(self, on: dt.date, days_off: Calendar) -> Self:
        """Nobody has reported them as carried out, and the first working day on or after their day has passed."""
        return self.filter(case__state=CommitmentState.OPEN, due_on__lte=last_due_before(on, days_off))

    def of_units(self, unit_ids: Any) -> Self:
        return self.filter(case__unit__in=unit_ids)

    def of_person(self, user: Any) -> Self:
        """What this person sees to, and what they have to verify."""
        return self.filter(Q(owner=user) | Q(verifier=user))

    def for_list(self) -> Self:
        """With all that a line of a list says, in this one query."""
        return self.select_related("case__unit", "partner__country", "agreement__case", "owner", "verifier")

    def of_case(self, case: Case) -> Self:
        return self.filter(Q(born_in=case) | Q(agreement__case=case))


class NoteQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Notes for everybody, and one's own; the department and the leaders read all. What was taken back is gone."""
        if not rules.has_perm("agreements.view_partner", user):
            return self.none()
        found = self.filter(withdrawn_at__isnull=True)
        if rules.has_perm("agreements.read_inner_notes", user):
            return found
        return found.filter(Q(audience=NoteAudience.EVERYBODY) | Q(author=user))


class MechanismQuerySet(SearchableQuerySet):
    def visible_to(self, user: Any) -> Self:
        """In which mechanisms and conventions the ministry takes part is common knowledge in the house."""
        return self if rules.has_perm("agreements.view_mechanism", user) else self.none()

    def of_units(self, unit_ids: Any) -> Self:
        """Those that one of these units leads, as a whole or one of their series of meetings."""
        roles: Any = self.model._meta.get_field("roles").related_model
        leads = roles.objects.filter(mechanism=OuterRef("pk"), unit__in=unit_ids)
        series: Any = self.model._meta.get_field("series").related_model
        meets = series.objects.filter(mechanism=OuterRef("pk"), unit__in=unit_ids)
        return self.filter(Exists(leads) | Exists(meets))

    def within(self, tree_key: str) -> Self:
        """A mechanism and everything under it, by its place in the tree."""
        return self.filter(Q(tree_key=tree_key) | Q(tree_key__startswith=f"{tree_key}{TREE_MARK}"))


class OfMechanismQuerySet(models.QuerySet[Any]):
    """Rows that hang on a mechanism or a convention: whoever reads these reads them."""

    def visible_to(self, user: Any) -> Self:
        return self if rules.has_perm("agreements.view_mechanism", user) else self.none()


class SessionQuerySet(OfMechanismQuerySet):
    def ahead(self, today: dt.date) -> Self:
        """Planned, and not over: the nearest first, those without a day last."""
        rows = self.filter(status=SessionStatus.PLANNED).filter(Q(last_on__gte=today) | Q(last_on__isnull=True))
        return rows.order_by(models.F("on").asc(nulls_last=True), "pk")

    def unrecorded(self, today: dt.date) -> Self:
        """Planned for a day that has passed: nobody has written down whether it took place."""
        return self.filter(status=SessionStatus.PLANNED, last_on__lt=today)

    def held_too_early(self, today: dt.date) -> Self:
        """Written down as held although its day is still to come (X-02): such a row cannot be true."""
        return self.filter(status__in=SessionStatus.TOOK_PLACE, on__gt=today)

    def to_check(self, today: dt.date) -> Self:
        return self.filter(
            Q(status=SessionStatus.PLANNED, last_on__lt=today)
            | Q(status__in=SessionStatus.TOOK_PLACE, on__gt=today)
            | Q(status=SessionStatus.PLANNED, source_says_held=True)
        )

    def answering(self, folded: str) -> Self:
        """Those of which every word begins a word of its series, its mechanism, its title or its place."""
        found = self
        for word in folded.split():
            begins = f" {word}"
            found = found.filter(
                Q(search_text__contains=begins)
                | Q(series__search_text__contains=begins)
                | Q(series__mechanism__search_text__contains=begins)
            )
        return found

    def between(self, first: dt.date, last: dt.date) -> Self:
        """Those whose whole time lies in a window; what is known to the year only counts in a window of that year."""
        return self.filter(on__gte=first, last_on__lte=last)


class TreatyReportQuerySet(OfCaseQuerySet):
    case_kinds = ("treaty_report",)

    def owed(self) -> Self:
        """Not sent yet, and not called off."""
        return self.exclude(case__state__in=TreatyReportState.FINISHED)


class AmendmentQuerySet(OfCaseQuerySet):
    """Changes of agreements; whoever reads the file of the change reads it."""

    case_kinds = ("agreement_change",)

    def open(self) -> Self:
        """Neither in force nor given up; at most one per agreement."""
        return self.filter(closed_at__isnull=True)

    def in_force(self) -> Self:
        return self.filter(case__state=AmendmentState.IN_FORCE)


class LocalityQuerySet(models.QuerySet[Any]):
    def visible_to(self, user: Any) -> Self:
        """Names of places; which projects work there follows each project's own rule."""
        return self if rules.has_perm("agreements.view_partner", user) else self.none()


class ProjectQuerySet(OfCaseQuerySet):
    case_kinds = ("project",)

    def active(self) -> Self:
        """Those that are being implemented, also while an adjustment is under way: what reports count."""
        begun = Q(started_on__isnull=False, closed_on__isnull=True) & ~Q(case__state__in=ProjectState.ENDED)
        return self.filter(Q(case__state=ProjectState.IMPLEMENTING) | begun)

    def dormant(self, on: dt.date) -> Self:
        """Approved, and not begun within the months of the parameter `aid.dormant_months` (Decree 80/2020, article 4)."""
        row = parameters([ParameterKey.AID_DORMANT], on).get(ParameterKey.AID_DORMANT)
        if row is None:
            return self.none()
        return self.filter(case__state=ProjectState.APPROVED, started_on__isnull=True).filter(
            approved_on__lte=months_before(on, int(row.value))
        )

    def overrun(self, on: dt.date) -> Self:
        """Still being implemented after the day on which it was to end."""
        return self.filter(case__state=ProjectState.IMPLEMENTING, ends_on__lt=on)

    def of_units(self, unit_ids: Any) -> Self:
        return self.filter(case__unit__in=unit_ids)


class ProjectReportQuerySet(models.QuerySet[Any]):
    """Reports of projects; whoever reads the project reads them."""

    def visible_to(self, user: Any) -> Self:
        projects = self.model._meta.get_field("project").related_model.objects.visible_to(user)
        return self.filter(project__in=projects)

    def owed(self) -> Self:
        return self.filter(filed_on__isnull=True)

    def overdue(self, on: dt.date) -> Self:
        return self.owed().filter(due_on__lt=on)


class DutyQuerySet(OfCaseQuerySet):
    case_kinds = ("agreement", "project")

    def owed(self) -> Self:
        return self.filter(done_on__isnull=True)

    def overdue(self, on: dt.date) -> Self:
        return self.owed().filter(due_on__lt=on)


class DatedRulesQuerySet(DatedQuerySet):
    """Rules that hold from one day to another; `on(day)` gives those of a day."""

    def visible_to(self, user: Any) -> Self:
        return self if rules.has_perm("regulations.view", user) else self.none()
