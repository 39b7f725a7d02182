"""What the engine and the pages ask of a project: its facts, its content, what it says of itself in words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import rules
from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from agreements.aid import AidNature, AidTopic, MoneySource, ProjectState
from agreements.models import (
    AgreementDuty,
    ForeignFundedProject,
    ProjectAmount,
    ProjectDonor,
    ProjectReport,
)
from intlcoop.vietnamese.dates import table_date, table_range
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.numbers import format_money
from intlcoop.web.search import Hit
from intlcoop.workflow.facts import fact
from intlcoop.workflow.registry import Related, Summary

if TYPE_CHECKING:
    from intlcoop.people.models import User
    from intlcoop.workflow.models import Case

YES, NO = "yes", "no"
ROWS = ("donors__partner", "amounts__currency", "localities", "fields")


@dataclass(frozen=True, slots=True, kw_only=True)
class ProjectFacts:
    """All that a route rule may look at for a project (Decree 80/2020)."""

    topic: str = fact(
        gettext_lazy("For the Prime Minister"),
        gettext_lazy("the aid is for: %(values)s"),
        AidTopic.choices,
        usual=AidTopic.NONE,
        default=AidTopic.NONE.value,
    )
    nature: str = fact(
        gettext_lazy("Nature of the money"),
        gettext_lazy("the money is: %(values)s"),
        AidNature.choices,
        usual=AidNature.GRANT,
        default=AidNature.GRANT.value,
    )


def project_facts(case: Case) -> ProjectFacts:
    topic, nature = ForeignFundedProject.objects.values_list("topic", "nature").get(case=case)
    return ProjectFacts(topic=topic, nature=nature)


def legal_values(project: ForeignFundedProject) -> dict[str, str]:
    """What the rules on dossiers and duties look at."""
    return {
        "topic": project.topic,
        "nature": project.nature,
        "kind": project.kind,
        "foreign_papers": YES if project.has_foreign_papers else NO,
    }


# --- content --------------------------------------------------------------------------------------------------------


def project_content(case: Case) -> dict[str, Any]:
    """The project by facets, as plain JSON. "wording" binds nothing."""
    project = ForeignFundedProject.objects.prefetch_related(*ROWS).select_related("programme", "agreement__case")
    return content_of(project.get(case=case), case)


def content_of(project: ForeignFundedProject, case: Case) -> dict[str, Any]:
    donors = list(project.donors.all())
    return {
        "programme": {
            "title": fold(case.title),
            "kind": project.kind,
            "nature": project.nature,
            "topic": project.topic,
            "donors": sorted(donor.partner_id for donor in donors),
            "goals": fold(project.goals),
        },
        "money": {f"{each.source} {each.currency.code}": str(each.amount) for each in _sorted(project.amounts.all())},
        "time_place": {
            "from": str(project.starts_on or ""),
            "to": str(project.ends_on or ""),
            "localities": sorted(place.folded for place in project.localities.all()),
        },
        "wording": {
            "title": case.title,
            "name_en": project.name_en,
            "goals": project.goals,
            "activities": project.activities,
            "mechanism": project.mechanism,
            "mobilising": project.mobilising,
            "grant_owner": project.grant_owner,
            "programme": str(project.programme or ""),
            "agreement": project.agreement.case.number if project.agreement else "",
            "fields": [str(each) for each in project.fields.all()],
            "donors": [f"{donor.partner}{f' ({donor.note})' if donor.note else ''}" for donor in donors],
            "localities": [place.name for place in project.localities.all()],
        },
    }


def _sorted(amounts: Iterable[ProjectAmount]) -> list[ProjectAmount]:
    return sorted(amounts, key=lambda each: (each.source, each.currency.code))


def readable_project(content: Mapping[str, Any]) -> list[tuple[str, list[str]]]:
    """A version in words, for people who compare two of them."""
    said, bound = content.get("wording", {}), content.get("programme", {})
    time_place, money = content.get("time_place", {}), content.get("money", {})
    days = [each for each in (time_place.get("from"), time_place.get("to")) if each]
    return [
        (_("Name"), [said.get("title", "")]),
        (_("Kind"), [label_of("kind", bound.get("kind", ""))]),
        (_("Nature of the money"), [label_of("nature", bound.get("nature", ""))]),
        (_("For the Prime Minister"), [label_of("topic", bound.get("topic", ""))]),
        (_("Donors"), said.get("donors", [])),
        (_("Money"), [f"{source_label(key)}: {amount}" for key, amount in money.items()]),
        (_("From, until"), days),
        (_("Localities"), said.get("localities", [])),
        (_("Goals and results"), said.get("goals", "").splitlines()),
        (_("Main activities"), said.get("activities", "").splitlines()),
        (_("Financial mechanism and management"), said.get("mechanism", "").splitlines()),
    ]


def source_label(key: str) -> str:
    source, _space, currency = key.partition(" ")
    return f"{dict(MoneySource.choices).get(source, source)} ({currency})"


def label_of(name: str, value: str) -> str:
    field: Any = ForeignFundedProject._meta.get_field(name)
    return str(dict(field.choices).get(value, value))


# --- in words -------------------------------------------------------------------------------------------------------


def donors_text(project: ForeignFundedProject) -> str:
    return "; ".join(str(donor.partner) for donor in project.donors.all())


def localities_text(project: ForeignFundedProject) -> str:
    return ", ".join(place.name for place in project.localities.all())


def amount_text(each: Any) -> str:
    return format_money(each.amount, each.currency.code, decimals=each.currency.decimals)


def money_text(project: ForeignFundedProject, source: str) -> str:
    """ "1.200.000 USD; 300.000 EUR": each currency by itself."""
    return "; ".join(amount_text(each) for each in project.amounts.all() if each.source == source)


def days_text(project: ForeignFundedProject) -> str:
    if project.starts_on and project.ends_on:
        return table_range(project.starts_on, project.ends_on)
    if project.starts_on:
        return _("from %(day)s") % {"day": table_date(project.starts_on)}
    return _("until %(day)s") % {"day": table_date(project.ends_on)} if project.ends_on else ""


def owner_text(project: ForeignFundedProject) -> str:
    """Whoever receives and runs it; the unit itself unless another one is named."""
    return project.grant_owner or str(project.case.unit)


def decision_text(project: ForeignFundedProject) -> str:
    day = table_date(project.decided_on) if project.decided_on else ""
    words = _("%(number)s of %(day)s") % {"number": project.decision_number, "day": day} if day else ""
    return words or project.decision_number


def particulars(project: ForeignFundedProject) -> list[tuple[str, Any, str]]:
    """(label, value, address) of all that the page of a project says at its top."""
    found: list[tuple[str, Any, str]] = [
        (_("Donors"), donors_text(project), ""),
        (_("Aid"), money_text(project, MoneySource.GRANT), ""),
        (_("Counterpart funds"), money_text(project, MoneySource.COUNTERPART), ""),
        (_("From, until"), days_text(project), ""),
        (_("Localities"), localities_text(project), ""),
        (_("Grant owner, project owner"), owner_text(project), ""),
        (_("Kind"), project.get_kind_display(), ""),
        (_("Nature of the money"), project.get_nature_display(), ""),
    ]
    if fields := ", ".join(str(each) for each in project.fields.all()):
        found.append((_("Fields of cooperation"), fields, ""))
    if project.topic != AidTopic.NONE:
        found.append((_("For the Prime Minister"), project.get_topic_display(), ""))
    if project.programme:
        found.append((_("Scheme or programme"), project.programme, project.programme.get_absolute_url()))
    if project.name_en:
        found.append((_("Name in English"), project.name_en, ""))
    return [*found, *outcome_particulars(project), (_("Unit"), project.case.unit, "")]


def outcome_particulars(project: ForeignFundedProject) -> list[tuple[str, Any, str]]:
    """What has happened so far."""
    days = (
        (_("Approved on"), project.approved_on),
        (_("Begun on"), project.started_on),
        (_("Closed on"), project.closed_on),
    )
    found: list[tuple[str, Any, str]] = [(label, table_date(day), "") for label, day in days if day]
    if project.decision_number:
        found.append((_("Decision of approval"), decision_text(project), ""))
    if project.withdrawal_number and project.withdrawn_on:
        words = _("%(number)s of %(day)s") % {
            "number": project.withdrawal_number,
            "day": table_date(project.withdrawn_on),
        }
        found.append((_("Decision of withdrawal"), words, ""))
    return found


def project_summary(case: Case) -> Summary:
    project = ForeignFundedProject.objects.prefetch_related(*ROWS).get(case=case)
    project.case = case
    lines = (
        (_("Donors"), donors_text(project)),
        (_("Nature of the money"), str(project.get_nature_display())),
        (_("Unit"), str(case.unit)),
    )
    return Summary(
        title=case.title,
        where=localities_text(project),
        when=days_text(project),
        who=donors_text(project),
        url=reverse("agreements:project", args=[case.number]),
        on=project.starts_on,
        lines=lines,
    )


def decision_facts(case: Case) -> list[tuple[str, Any]]:
    """All that whoever decides has to see on one page."""
    project = ForeignFundedProject.objects.prefetch_related(*ROWS).select_related("programme").get(case=case)
    project.case = case
    lines = [(label, value) for label, value, _url in particulars(project)]
    texts = (
        (_("Goals and results"), project.goals),
        (_("Main activities"), project.activities),
        (_("Financial mechanism and management"), project.mechanism),
    )
    return [*lines, *texts]


def project_history(case: Case) -> Related:
    follow: list[tuple[Any, str]] = [(ProjectDonor, "project"), (ProjectAmount, "project"), (ProjectReport, "project")]
    return Related(rows=[case.project], follow=[*follow, (AgreementDuty, "case")])


def project_edit_url(case: Case) -> str:
    return reverse("agreements:project_edit", args=[case.number])


def opened_to(user: User) -> QuerySet[Any]:
    """What was approved is open to everybody with an account; what is being mobilised also to the department, which brings
    donors and units together (U001-04)."""
    rows = ForeignFundedProject.objects.all()
    if not user.is_active:
        return rows.none().values("case")
    if not rules.has_perm("agreements.see_mobilising", user):
        rows = rows.filter(approved_on__isnull=False)
    return rows.values("case")


def answering(text: str) -> QuerySet[ForeignFundedProject]:
    """Projects whose names, donors or localities answer to every word."""
    rows = ForeignFundedProject.objects.all()
    for word in fold(text).split():
        begins = f" {word}"
        called = ProjectDonor.objects.filter(partner__search_text__contains=begins).order_by().values("project")
        rows = rows.filter(Q(search_text__contains=begins) | Q(pk__in=called))
    return rows


def matching_projects(text: str) -> QuerySet[Any]:
    return answering(text).values("case")


def find_projects(user: Any, text: str, limit: int) -> list[Hit]:
    rows = ForeignFundedProject.objects.visible_to(user).filter(pk__in=answering(text).values("pk"))
    return [
        Hit(row.case.number, row.case.title, row.get_absolute_url(), str(ProjectState(row.case.state).label))
        for row in rows.select_related("case")[:limit]
    ]
