"""Writes on projects and aid. None of them changes a state: that is `fire()`'s."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.core.serializers.json import DjangoJSONEncoder
from django.db import transaction
from django.utils.translation import gettext as _

from agreements.choices import DutyCause
from agreements.models import ForeignFundedProject, Locality, Partner, Programme
from agreements.queries.projects import legal_values
from agreements.queries.tree import survivor
from agreements.services.duties import raise_duties
from intlcoop.catalogues.models import CooperationField
from intlcoop.catalogues.searching import search_text
from intlcoop.people.models import OrgUnit
from intlcoop.vietnamese.folding import fold
from intlcoop.vietnamese.normalise import nfc
from intlcoop.vietnamese.sorting import sort_key
from intlcoop.workflow import attaching
from intlcoop.workflow.models import Case
from intlcoop.workflow.recording import Upload, keep_scan
from intlcoop.workflow.refusals import NotAllowed
from intlcoop.workflow.rows import Rows, clean, sync_rows
from intlcoop.workflow.services import lock_to_edit, open_case, record_content, record_left_out

if TYPE_CHECKING:
    from django.core.files.uploadedfile import UploadedFile

    from intlcoop.people.models import User
    from intlcoop.workflow.models import CaseAttachment

#: What an approval is about, beside the rows: an adjustment that is not approved brings these back.
APPROVED_FIELDS = (
    "kind", "nature", "topic", "name_en", "programme_id", "agreement_id", "grant_owner", "starts_on", "ends_on", "goals",
    "activities", "mechanism", "has_foreign_papers",
)  # fmt: skip


@transaction.atomic
def create_project(
    title: str,
    unit: OrgUnit,
    *,
    actor: User,
    fields: Mapping[str, Any] | None = None,
    donors: Rows = (),
    amounts: Rows = (),
    localities: Iterable[str] = (),
    cooperation: Iterable[CooperationField] = (),
    is_sample: bool = False,
) -> ForeignFundedProject:
    """A new file that is being mobilised. A name is enough. Raises NotAllowed, Refused for bad values."""
    if not rules.has_perm("agreements.add_project", actor):
        raise NotAllowed(_("You may not file projects."))
    case = open_case("project", title=title, unit=unit, actor=actor, is_sample=is_sample)
    project = ForeignFundedProject(case=case)
    save_fields(project, fields or {})
    save_rows(project, donors=donors, amounts=amounts, localities=localities, cooperation=cooperation)
    record_content(case, actor=actor)
    return project


@transaction.atomic
def update_project(
    project: ForeignFundedProject,
    *,
    actor: User,
    title: str | None = None,
    fields: Mapping[str, Any] | None = None,
    donors: Rows | None = None,
    amounts: Rows | None = None,
    localities: Iterable[str] | None = None,
    cooperation: Iterable[CooperationField] | None = None,
    expected_version: int | None = None,
) -> ForeignFundedProject:
    """Change a file; decisions that no longer cover it reopen. Raises NotAllowed, Conflict, Refused."""
    project.case = locked = lock_to_edit(project.case, actor=actor, expected_version=expected_version)
    if title is not None:
        locked.title = title
    save_fields(project, fields or {})
    save_rows(project, donors=donors, amounts=amounts, localities=localities, cooperation=cooperation)
    record_content(Case.objects.get(pk=locked.pk), actor=actor, title=title)
    return project


def attach_to_project(
    case: Case, upload: UploadedFile, kind: str, *, actor: User, no_secret_declared: bool = False
) -> CaseAttachment:
    """Hand a document in. Raises NotAllowed, Refused."""
    return attaching.attach(case, upload, kind, actor=actor, no_secret_declared=no_secret_declared)


def take_out_of_project(attachment: CaseAttachment, *, actor: User) -> None:
    attaching.withdraw_attachment(attachment, actor=actor)


@transaction.atomic
def write_act(
    project: ForeignFundedProject,
    *,
    actor: User,
    rule: str,
    fields: Mapping[str, Any],
    upload: Upload | None = None,
    upload_kind: str = "",
) -> ForeignFundedProject:
    """Write down when it was begun, closed or withdrawn, with the paper; the transition asks whether it is all there.

    Raises NotAllowed, Refused.
    """
    if not rules.has_perm(rule, actor, project.case):
        raise NotAllowed(_("You may not do this on this file."))
    save_fields(project, fields)
    if upload is not None:
        keep_scan(project.case, upload, upload_kind, actor=actor)
    return project


# --- approval and adjustment ----------------------------------------------------------------------------------------


def note_approval(project: ForeignFundedProject, on: dt.date, *, owes: bool = True) -> None:
    """What was approved and when; the duties that follow, anew for every approval. What comes from records owes none."""
    project.approved_on = project.approved_on or on
    project.approved_content = _kept(project)
    project.save(update_fields=["approved_on", "approved_content"])
    if not owes:
        return
    rounds = project.case.status_changes.filter(transition="approve").count()
    for duty in project.case.duties.exclude(code__contains="--").filter(counted_from__lt=on, done_on__isnull=False):
        duty.code = f"{duty.code}--{rounds}"[:40]
        duty.save(update_fields=["code"])
    raise_duties(project.case, DutyCause.APPROVED, on=on, values=legal_values(project), kind="project")


def _kept(project: ForeignFundedProject) -> dict[str, Any]:
    encoder = DjangoJSONEncoder()
    values = {name: getattr(project, name) for name in APPROVED_FIELDS}
    return {
        "title": project.case.title,
        "fields": {
            name: encoder.default(value) if isinstance(value, dt.date) else value for name, value in values.items()
        },
        "donors": [[donor.partner_id, donor.note] for donor in project.donors.all()],
        "amounts": [[each.source, each.currency_id, str(each.amount)] for each in project.amounts.all()],
        "localities": [place.name for place in project.localities.all()],
    }


def restore_approved(project: ForeignFundedProject, *, actor: User | None) -> None:
    """Bring back what was approved last. It is no edit of whoever refused or gave up the adjustment."""
    kept, case = project.approved_content, project.case
    for name, value in kept["fields"].items():
        field: Any = project._meta.get_field(name.removesuffix("_id"))
        setattr(project, name, field.to_python(value))
    if not Programme.objects.filter(pk=project.programme_id or 0).exists():
        project.programme_id = None  # taken out of the list while nothing served it
    case.title, case.fold = kept["title"], fold(kept["title"])
    case.save(update_fields=["title", "fold"])
    partners = Partner.objects.in_bulk([pk for pk, _note in kept["donors"]])
    living = {pk: survivor(partner).pk for pk, partner in partners.items()}
    project.donors.all().delete()
    project.amounts.all().delete()
    for place, (pk, note) in enumerate((pk, note) for pk, note in kept["donors"] if pk in living):
        project.donors.get_or_create(partner_id=living[pk], defaults={"note": note, "position": place})
    for place, (source, currency, amount) in enumerate(kept["amounts"]):
        project.amounts.create(source=source, currency_id=currency, amount=amount, position=place)
    project.localities.set(localities_named(kept["localities"]))
    keep_searchable(project)
    project.save()
    record_left_out(case, actor=actor or case.created_by)


# --- fields and rows ------------------------------------------------------------------------------------------------


def save_fields(project: ForeignFundedProject, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(project, name, value)
    clean(project)
    keep_searchable(project)
    project.save()


def save_rows(
    project: ForeignFundedProject,
    *,
    donors: Rows | None,
    amounts: Rows | None,
    localities: Iterable[str] | None,
    cooperation: Iterable[CooperationField] | None,
) -> None:
    if donors is not None:
        sync_rows(project.donors, "project", project, donors)
    if amounts is not None:
        sync_rows(project.amounts, "project", project, amounts)
    if localities is not None:
        project.localities.set(localities_named(localities))
    if cooperation is not None:
        project.fields.set(cooperation)
    keep_searchable(project)
    project.save(update_fields=["search_text"])


def localities_named(names: Iterable[str]) -> list[Locality]:
    """The tags of these names; one that is there already under another spelling is taken, a new one is written down."""
    wanted: dict[str, str] = {}
    for name in names:
        if folded := fold(name)[:120]:
            wanted.setdefault(folded, " ".join(nfc(name).split()))
    known = {place.folded: place for place in Locality.objects.filter(folded__in=wanted)}
    for folded, name in wanted.items():
        if folded not in known:
            place = Locality(name=name, folded=folded, sort_key=sort_key(name)[:400])
            clean(place)
            known[folded] = Locality.objects.get_or_create(
                folded=folded, defaults={"name": name, "sort_key": place.sort_key}
            )[0]
    return [known[folded] for folded in wanted]


def keep_searchable(project: ForeignFundedProject) -> None:
    """Found by its names, its donors and where it works."""
    names = [project.case.title, project.name_en, project.grant_owner]
    if project.pk:
        for donor in project.donors.select_related("partner"):
            names += [donor.partner.name_vi, donor.partner.name_en, donor.partner.short_name]
        names += [place.name for place in project.localities.all()]
    project.search_text = search_text(*names)
