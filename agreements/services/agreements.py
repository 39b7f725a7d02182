"""Writes on agreements. None of them changes a state: that is `fire()`'s."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from typing import TYPE_CHECKING, Any

import rules
from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from agreements.choices import AgreementFile, AgreementState, InNameOf, Regime
from agreements.models import InternationalAgreement
from intlcoop.catalogues.models import CooperationField
from intlcoop.catalogues.searching import search_text
from intlcoop.people.choices import UnitClass, UnitType
from intlcoop.people.models import OrgUnit
from intlcoop.web.file_numbers import shown
from intlcoop.workflow import attaching, engine
from intlcoop.workflow.models import Case, CaseAttachment
from intlcoop.workflow.recording import Upload, keep_scan
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.rows import Rows, clean, sync_rows, values_of
from intlcoop.workflow.services import lock_to_edit, open_case, record_content

if TYPE_CHECKING:
    from intlcoop.people.models import User

#: What a renewal takes over from the paper whose work it carries on.
CARRIED_ON = (
    "regime",
    "kind",
    "in_name_of",
    "title_en",
    "title_native",
    "languages",
    "programme",
    "content",
    "concerns",
    "term_kind",
    "renewal_months",
    "is_secret",
)


@transaction.atomic
def create_agreement(
    title: str,
    unit: OrgUnit,
    *,
    actor: User,
    fields: Mapping[str, Any] | None = None,
    parties: Rows = (),
    cooperation: Iterable[CooperationField] = (),
    is_sample: bool = False,
) -> InternationalAgreement:
    """A new file of an agreement. A title is enough. Raises NotAllowed, Refused for bad values."""
    if not rules.has_perm("agreements.add_agreement", actor):
        raise NotAllowed(_("You may not file agreements."))
    case = open_case("agreement", title=title, unit=unit, actor=actor, is_sample=is_sample)
    agreement = InternationalAgreement(case=case)
    save_fields(agreement, fields or {})
    save_rows(agreement, parties=parties, cooperation=cooperation)
    record_content(case, actor=actor)
    return agreement


@transaction.atomic
def update_agreement(
    agreement: InternationalAgreement,
    *,
    actor: User,
    title: str | None = None,
    fields: Mapping[str, Any] | None = None,
    parties: Rows | None = None,
    cooperation: Iterable[CooperationField] | None = None,
    expected_version: int | None = None,
) -> InternationalAgreement:
    """Change a file; decisions that no longer cover it reopen. Raises NotAllowed, Conflict, Refused."""
    agreement.case = locked = lock_to_edit(agreement.case, actor=actor, expected_version=expected_version)
    if title is not None:
        locked.title = title
    save_fields(agreement, fields or {})
    save_rows(agreement, parties=parties, cooperation=cooperation)
    record_content(Case.objects.get(pk=locked.pk), actor=actor, title=title)
    return agreement


@transaction.atomic
def attach_to(
    case: Case, upload: UploadedFile, kind: str, *, actor: User, no_secret_declared: bool = False
) -> CaseAttachment:
    """Hand a document in; another draft is another content. Raises NotAllowed, Refused."""
    kept = attaching.attach(case, upload, kind, actor=actor, no_secret_declared=no_secret_declared)
    if kind in AgreementFile.BINDING:
        record_content(case, actor=actor)
    return kept


@transaction.atomic
def take_out(attachment: CaseAttachment, *, actor: User) -> None:
    attaching.withdraw_attachment(attachment, actor=actor)
    if attachment.kind in AgreementFile.BINDING:
        record_content(attachment.case, actor=actor)


@transaction.atomic
def write_signing(
    agreement: InternationalAgreement,
    *,
    actor: User,
    fields: Mapping[str, Any],
    signatories: Mapping[int, tuple[str, str]] | None = None,
    uploads: Mapping[str, Upload] | None = None,
) -> InternationalAgreement:
    """Write down who signed where and when, with the signed text. The transition "sign" asks whether it is all there.

    `signatories` = {id of a party: (name, title)}. Raises NotAllowed, Refused (bad values, a file that is refused).
    """
    if not rules.has_perm("agreements.record_signing", actor, agreement.case):
        raise NotAllowed(_("The signing is recorded by the unit that filed the agreement, or by the ICD."))
    save_fields(agreement, fields)
    for party in agreement.parties.all():
        if signatories and party.pk in signatories:
            party.signatory, party.signatory_title = signatories[party.pk]
            party.save(update_fields=["signatory", "signatory_title"])
    for kind, upload in (uploads or {}).items():
        keep_scan(agreement.case, upload, kind, actor=actor)
    return agreement


@transaction.atomic
def renew_agreement(agreement: InternationalAgreement, *, actor: User) -> InternationalAgreement:
    """A new file that carries this one on, with its content; the old paper gives way when the new one comes into force.

    Raises NotAllowed, Refused (another one carries it on already).
    """
    locked = engine.lock(agreement.case)
    if not rules.has_perm("agreements.open_change", actor, locked):
        raise NotAllowed(_("You may not do this on this file."))
    others = InternationalAgreement.objects.filter(renews=agreement).exclude(case__state__in=AgreementState.GIVEN_UP)
    if (other := others.select_related("case").first()) is not None:
        words = _("%(number)s carries this agreement on already. Go on with that file, or give it up first.")
        raise Refused(words % {"number": shown(other.case.number)})
    names = ("partner", "signatory", "signatory_title")
    fields = {name: getattr(agreement, name) for name in CARRIED_ON}
    return create_agreement(
        agreement.case.title,
        agreement.case.unit.current(timezone.localdate()),
        actor=actor,
        fields=fields | {"renews": agreement},
        parties=[values_of(party, names) for party in agreement.parties.all()],
        cooperation=list(agreement.fields.all()),
        is_sample=agreement.case.is_sample,
    )


def usual_regime(unit: OrgUnit) -> dict[str, str]:
    """What a unit usually files: an attached one its own cooperation papers, a cục in its own name, others the ministry's."""
    if unit.unit_class == UnitClass.ATTACHED:
        return {"regime": Regime.COOPERATION_PAPER, "in_name_of": InNameOf.UNIT}
    in_name_of = InNameOf.CUC if unit.unit_type == UnitType.AUTHORITY else InNameOf.MINISTRY
    return {"regime": Regime.INTERNATIONAL_AGREEMENT, "in_name_of": in_name_of}


def set_term(agreement: InternationalAgreement, **values: Any) -> None:
    """Another end of its term: renewed by itself, extended by a change."""
    save_fields(agreement, values)


def note_end(agreement: InternationalAgreement, on: dt.date | None) -> None:
    """The day on which it ended; None when it lives again."""
    agreement.ended_on = on
    agreement.save(update_fields=["ended_on"])


def save_fields(agreement: InternationalAgreement, fields: Mapping[str, Any]) -> None:
    for name, value in fields.items():
        setattr(agreement, name, value)
    if agreement.signer is not None and not agreement.signer_name:
        agreement.signer_name = agreement.signer.full_name
    clean(agreement)
    keep_searchable(agreement)
    agreement.save()


def save_rows(
    agreement: InternationalAgreement, *, parties: Rows | None, cooperation: Iterable[CooperationField] | None
) -> None:
    if parties is not None:
        sync_rows(agreement.parties, "agreement", agreement, parties)
        keep_searchable(agreement)
        agreement.save(update_fields=["search_text"])
    if cooperation is not None:
        agreement.fields.set(cooperation)


def keep_searchable(agreement: InternationalAgreement) -> None:
    """Found by its titles in three languages and by the names of its partners."""
    parties = agreement.parties.select_related("partner") if agreement.pk else ()
    names = [
        text for party in parties for text in (party.partner.name_vi, party.partner.name_en, party.partner.short_name)
    ]
    agreement.search_text = search_text(agreement.case.title, agreement.title_en, agreement.title_native, *names)
