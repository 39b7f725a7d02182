"""Agreements that are complete enough to be submitted and signed, and the steps on which they walk."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from agreements import services
from agreements.choices import AgreementFile, AgreementKind, InNameOf, Regime, TermKind
from agreements.models import InternationalAgreement, Partner
from agreements.services.past_agreements import PastAgreement, add_past_agreements
from intlcoop.operations.demo import walking
from intlcoop.operations.demo.walking import open_steps
from intlcoop.workflow import engine
from intlcoop.workflow.choices import Outcome
from intlcoop.workflow.deciding import OutsideReply, decide
from intlcoop.workflow.models import Case, Step
from intlcoop.workflow.services import record_content
from tests.agreements.factories import PartnerFactory
from tests.delegations.factories import attachment
from tests.ministry import Ministry

TITLE = "Bản ghi nhớ hợp tác về công tác dân tộc"


def agreement(
    ministry: Ministry,
    *,
    title: str = TITLE,
    filer: str = "chuyenvien",
    unit: str = "CSDP",
    partner: Partner | None = None,
    files: tuple[str, ...] = (AgreementFile.DRAFT_VI, AgreementFile.DRAFT_FOREIGN),
    **fields: Any,
) -> InternationalAgreement:
    """An MoU of the ministry for five years, with all that submission asks for."""
    values: dict[str, Any] = {
        "kind": AgreementKind.MOU,
        "title_en": "Memorandum of Understanding on ethnic affairs",
        "languages": ["vi", "en"],
        "purpose": "Mở rộng hợp tác về công tác dân tộc.",
        "content": "Trao đổi kinh nghiệm, đào tạo cán bộ.",
        "assessment": "Phù hợp pháp luật, khả thi.",
        "term_kind": TermKind.FIXED,
        "expires_on": timezone.localdate() + dt.timedelta(days=5 * 365),
        "intended_on": timezone.localdate() + dt.timedelta(days=40),
    }
    partner = partner or PartnerFactory(actor=ministry.person("htqt"))
    made = services.create_agreement(
        title, ministry.unit(unit), actor=ministry.person(filer), fields=values | fields, parties=[{"partner": partner}]
    )
    for kind in files:
        attachment(made.case, kind, by=ministry.person(filer), content=f"%PDF-1.4 {kind}".encode())
    if files:
        record_content(made.case, actor=ministry.person(filer))
    return fresh(made)


def paper(ministry: Ministry, **fields: Any) -> InternationalAgreement:
    """A cooperation paper of the university."""
    values = {"regime": Regime.COOPERATION_PAPER, "in_name_of": InNameOf.UNIT, "languages": ["vi"]} | fields
    return agreement(ministry, filer="truonghoc", unit="DHPT", files=(AgreementFile.DRAFT_VI,), **values)


def fresh(made: InternationalAgreement) -> InternationalAgreement:
    return InternationalAgreement.objects.select_related("case__unit", "case__created_by").get(pk=made.pk)


def submit(made: InternationalAgreement, ministry: Ministry) -> Case:
    engine.fire(made.case, "submit", actor=made.case.created_by)
    return Case.objects.get(pk=made.case.pk)


def reply(step: Step) -> OutsideReply:
    today = timezone.localdate()
    return OutsideReply(
        submission_number="101/BDP-HTQT",
        submission_date=today,
        reply_number="202/BNG-LPQT",
        reply_date=today,
        reply_issuer=step.body or "Thủ tướng Chính phủ",
        outside={"kept_outside": True, "outside_register_no": "07"},
    )


def answer(step: Step, outcome: str, ministry: Ministry, **extra: Any) -> None:
    actor = walking.actor_for(step, ministry.person)
    if step.office in ("external", "prime_minister"):
        extra["reply"] = reply(step)
    decide(step, outcome, actor=actor, comment="Lý do.", **extra)


def walk(case: Case, ministry: Ministry, *, disagree: str = "", until: str = "") -> Case:
    """Let everybody agree, the office `disagree` excepted; stop before a step of the office `until`."""
    for _round in range(20):
        steps = open_steps(Case.objects.get(pk=case.pk))
        if not steps or any(step.office == until for step in steps):
            break
        for step in steps:
            answer(step, Outcome.DISAGREE if step.office == disagree else Outcome.AGREE, ministry)
    return Case.objects.get(pk=case.pk)


def cleared(ministry: Ministry, **fields: Any) -> InternationalAgreement:
    made = agreement(ministry, **fields)
    walk(submit(made, ministry), ministry)
    return fresh(made)


def sign(
    made: InternationalAgreement, ministry: Ministry, *, by: str = "botruong", **fields: Any
) -> InternationalAgreement:
    """Signed today by the Minister unless told otherwise, with the scan."""
    today = timezone.localdate()
    signer = ministry.person(by)
    values = {
        "signed_on": today,
        "signed_place": "Hà Nội",
        "signer": signer,
        "signer_name": signer.full_name,
        "signer_title": "Bộ trưởng",
        "authority": "office",
        "effective_on": today,
        "original_kept": "Lưu trữ cơ quan",
    }
    recorder = ministry.person("htqt")
    attachment(made.case, AgreementFile.SIGNED, by=recorder, content=b"%PDF-1.4 signed")
    services.write_signing(made, actor=recorder, fields=values | fields)
    engine.fire(made.case, "register" if made.regime == Regime.TREATY else "sign", actor=recorder)
    return fresh(made)


def in_force(ministry: Ministry, **fields: Any) -> InternationalAgreement:
    return sign(cleared(ministry, **fields), ministry)


def past(
    ministry: Ministry, *, unit: str = "CSDP", partner: Partner | None = None, **fields: Any
) -> InternationalAgreement:
    """In force since last year, taken over from the records: no route, a handful of queries."""
    today = timezone.localdate()
    signed = today - dt.timedelta(days=300)
    values: dict[str, Any] = {
        "signed_on": signed,
        "effective_on": signed,
        "term_kind": TermKind.FIXED,
        "expires_on": today + dt.timedelta(days=600),
        "languages": ("vi",),
        "year": signed.year,
        "title": TITLE,
    }
    partner = partner or PartnerFactory(actor=ministry.person("htqt"))
    row = PastAgreement(unit=ministry.unit(unit), partners=(partner,), **(values | fields))
    return fresh(add_past_agreements([row], actor=ministry.person("quantri"))[0])
