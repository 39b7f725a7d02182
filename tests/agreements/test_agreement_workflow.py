"""Agreements walk their route, are signed, come into force and end; what the law forbids is refused with a sentence."""

from __future__ import annotations

import datetime as dt
import json

import pytest
from django.core.management import call_command
from django.db import transaction
from django.utils import timezone

from agreements import services
from agreements.choices import AgreementFile, AgreementState, DealingKind, InNameOf, Regime, TermKind
from agreements.guards.agreement import forbidden_words
from agreements.guards.cautions import agreement_cautions
from agreements.models import Dealing, InternationalAgreement
from agreements.queries.agreements import AgreementFacts
from agreements.workflows import move_with_the_calendar
from intlcoop.notifications.models import Notice
from intlcoop.workflow import coverage, engine
from intlcoop.workflow.choices import Outcome, StepKind, StepState
from intlcoop.workflow.facts import facts_of
from intlcoop.workflow.models import Case, RouteRule
from intlcoop.workflow.process import Process, line_of
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.route_checks import findings_of
from intlcoop.workflow.routing import plan
from tests.agreements.factories import PartnerFactory
from tests.agreements.signing import agreement, answer, cleared, fresh, in_force, paper, past, sign, submit, walk
from tests.delegations.factories import attachment

S = AgreementState
TODAY = timezone.localdate
WORDS = ["công ước", "hiệp ước", "định ước", "hiệp định"]


@pytest.mark.parametrize(
    ("title", "found"),
    [
        ("Hiệp định hợp tác", ["hiệp định"]),
        ("HIEP DINH hop tac", ["hiệp định"]),
        ("Bản ghi nhớ về thực hiện Công ước CERD", ["công ước"]),
        ("Bản ghi nhớ về tinh giản biên chế", []),
        ("Biên bản hiệp thương định kỳ", []),
    ],
)
def test_a_forbidden_word_is_found_as_a_whole_word_whatever_its_accents(title, found):
    assert forbidden_words(title, WORDS) == found


# --- routes -----------------------------------------------------------------------------------------------------------


@pytest.mark.django_db
@pytest.mark.parametrize("kind", ["agreement"])
def test_every_file_finds_one_route_and_every_route_some_file(kind):
    rules = RouteRule.objects.applying(kind, TODAY())
    routes = [
        coverage.Candidate(code=r.code, priority=r.priority, conditions=r.conditions)
        for r in rules
        if r.role == "route"
    ]
    domain = {fact.name: fact.values for fact in facts_of(kind)}
    assert coverage.gaps(routes, domain) == []
    assert coverage.shadowed(routes, domain) == {}
    for rule in rules:
        assert findings_of(rule, TODAY()).refusals == []


def offices(planned):
    return [(step.order, step.body or step.office) for step in planned]


@pytest.mark.django_db
def test_in_the_ministrys_name_mofa_is_asked_and_a_disagreement_goes_to_the_prime_minister():
    planned = plan("agreement", AgreementFacts(in_name_of="ministry"), TODAY())
    assert offices(planned) == [
        (1, "unit_head"), (2, "icd_officer"), (3, "Bộ Ngoại giao"), (3, "finance"), (3, "legal"), (4, "icd_head"),
        (5, "minister"), (6, "prime_minister"),
    ]  # fmt: skip
    assert [step.only_if_disagreed for step in planned] == [False] * 7 + [True]
    assert {step.due_working_days for step in planned if step.order == 3} == {7}
    short = plan("agreement", AgreementFacts(in_name_of="ministry", procedure="short", security="yes"), TODAY())
    assert {step.due_working_days for step in short if step.order == 3} == {3}
    assert (3, "Bộ Công an") in offices(short)


@pytest.mark.django_db
def test_in_the_name_of_a_cuc_the_minister_decides_within_five_days():
    planned = plan("agreement", AgreementFacts(in_name_of="cuc"), TODAY())
    assert offices(planned)[-1] == (5, "minister")
    assert planned[-1].due_working_days == 5
    assert "prime_minister" not in {step.office for step in planned}


@pytest.mark.django_db
@pytest.mark.parametrize(
    ("name_of", "flags", "asks_pm"),
    [("ministry", [], False), ("ministry", ["--disagreement"], True), ("cuc", ["--disagreement"], False)],
)
def test_explain_route_says_whom_a_disagreement_brings_in(name_of, flags, asks_pm, capsys):
    call_command("explain_route", "agreement", "--json", "--in-name-of", name_of, "--on", "2026-11-22", *flags)
    steps = json.loads(capsys.readouterr().out)["steps"]
    keys = {"order", "kind", "office", "due_working_days", "rule", "version", "citation"}
    assert all(set(step) == keys for step in steps)
    assert ("prime_minister" in {step["office"] for step in steps}) == asks_pm
    assert ("Bộ Ngoại giao" in {step["office"] for step in steps}) == (name_of == "ministry")


def test_a_disagreement_blocks_the_signing_until_the_prime_minister_consents(ministry):
    made = agreement(ministry)
    case = walk(submit(made, ministry), ministry, disagree="legal", until="prime_minister")
    assert case.state == S.IN_APPROVAL
    with pytest.raises(NotAllowed):
        services.write_signing(fresh(made), actor=ministry.person("taichinh"), fields={})
    step = case.steps.current().get(state=StepState.OPEN)
    assert (step.kind, step.office) == (StepKind.EXTERNAL_PERMISSION, "prime_minister")
    with pytest.raises(Refused, match="tiếp thu"):
        answer(step, Outcome.AGREE, ministry)  # article 28 asks for the explanation first
    services.update_agreement(fresh(made), actor=made.case.created_by, fields={"opinions_taken_in": "Đã tiếp thu."})
    answer(case.steps.current().get(state=StepState.OPEN), Outcome.AGREE, ministry)
    assert Case.objects.get(pk=case.pk).state == S.CLEARED


def test_a_disagreement_is_told_to_the_filer_and_shown_until_it_is_answered(ministry):
    made = agreement(ministry)
    case = submit(made, ministry)

    def lines():
        return {line.title: line for line in (line_of(step, process) for step in process.current)}

    process = Process(case)
    asked, pm = lines()["Lấy ý kiến Bộ Ngoại giao"], lines()["Xin phép Thủ tướng Chính phủ"]
    assert (asked.state, pm.state) == ("coming", "coming")
    assert "Chỉ thực hiện khi" in pm.note
    case = walk(case, ministry, disagree="external", until="prime_minister")
    process = Process(case)
    asked, pm = lines()["Lấy ý kiến Bộ Ngoại giao"], lines()["Xin phép Thủ tướng Chính phủ"]
    assert (asked.state, pm.state, pm.note) == ("against", "now", "")
    told = Notice.objects.get(recipient=made.case.created_by, subject__contains="Không đồng ý")
    assert "Bộ Ngoại giao không nhất trí: Lý do." in told.body

    def lacking():
        return [each.text for each in agreement_cautions(Case.objects.get(pk=case.pk)) if each.blocks]

    assert ["tiếp thu" in text for text in lacking()] == [True]
    services.update_agreement(fresh(made), actor=made.case.created_by, fields={"opinions_taken_in": "Đã tiếp thu."})
    assert lacking() == []


def test_without_a_disagreement_it_is_cleared_when_the_minister_agrees(ministry):
    made = cleared(ministry)
    assert made.case.state == S.CLEARED
    passed_over = made.case.steps.current().get(office="prime_minister")
    assert passed_over.decision.outcome == Outcome.NOT_NEEDED
    assert line_of(passed_over, Process(made.case)).state == "skipped"


def test_a_no_of_the_prime_minister_rejects(ministry):
    case = walk(submit(agreement(ministry), ministry), ministry, disagree="finance", until="prime_minister")
    answer(case.steps.current().get(state=StepState.OPEN), Outcome.REJECT, ministry)
    assert Case.objects.get(pk=case.pk).state == S.REJECTED


def test_another_draft_reopens_what_was_decided_on(ministry):
    made = agreement(ministry)
    case = walk(submit(made, ministry), ministry, until="minister")
    services.update_agreement(fresh(made), actor=made.case.created_by, fields={"content": "Diễn đạt khác."})
    assert open_office(case) == {"minister"}
    services.update_agreement(fresh(made), actor=made.case.created_by, fields={"concerns": ["defence"]})
    # A new opinion is wanted and what was bound has grown.
    assert open_office(case) == {"unit_head"}


def open_office(case):
    return set(case.steps.open().values_list("office", flat=True))


# --- submission ---------------------------------------------------------------------------------------------------------


def refused(made, ministry):
    with pytest.raises(Refused) as refusal:
        submit(made, ministry)
    return " ".join(refusal.value.reasons)


def test_a_title_with_hiep_dinh_is_refused_and_the_dossier_is_named_item_by_item(ministry):
    made = agreement(ministry, title="Hiệp định hợp tác về dân tộc", files=(), assessment="")
    said = refused(made, ministry)
    assert "hiệp định" in said
    assert "Dự thảo thỏa thuận bằng tiếng Việt" in said
    assert "Dự thảo thỏa thuận bằng tiếng nước ngoài" in said
    assert "tính khả thi" in said


def test_a_vu_signs_none_in_its_own_name(ministry):
    assert "Vụ Chính sách địa phương" in refused(agreement(ministry, in_name_of=InNameOf.CUC), ministry)


def test_a_treaty_takes_no_route_and_may_be_called_hiep_dinh(ministry):
    made = agreement(ministry, filer="htqt", unit="HTQT", title="Hiệp định tương trợ", regime=Regime.TREATY, in_name_of="state",
                     kind="treaty_agreement")  # fmt: skip
    with pytest.raises(NotAllowed):
        submit(made, ministry)
    signed = sign(made, ministry)
    assert signed.case.state == S.IN_FORCE
    assert {duty.code for duty in signed.case.duties.all()} == {"treaty-copy", "treaty-plan"}


def test_the_same_paper_under_an_english_name_is_shown_and_must_be_explained(ministry):
    partner = PartnerFactory(name_vi="Cục Lưu trữ Quốc gia", name_en="National Archives", actor=ministry.person("htqt"))
    agreement(ministry, partner=partner, title="Bản ghi nhớ hợp tác về lưu trữ", title_en="", intended_on=None)
    other = agreement(
        ministry,
        partner=partner,
        title="Memorandum of Understanding on cooperation in archives",
        title_en="",
        intended_on=None,
    )
    assert "Bản ghi nhớ hợp tác về lưu trữ" in refused(other, ministry)
    services.update_agreement(other, actor=other.case.created_by, fields={"twin_reason": "Văn bản cấp cục."})
    assert submit(fresh(other), ministry).state == S.IN_APPROVAL


def test_another_year_or_another_partner_is_another_paper(ministry):
    partner = PartnerFactory(actor=ministry.person("htqt"))
    agreement(ministry, partner=partner, title="Kế hoạch hợp tác năm 2025", title_en="", intended_on=None, kind="plan")
    next_year = agreement(
        ministry, partner=partner, title="Kế hoạch hợp tác năm 2026", title_en="", intended_on=None, kind="plan"
    )
    assert submit(next_year, ministry).state == S.IN_APPROVAL
    elsewhere = agreement(ministry, title="Kế hoạch hợp tác năm 2025", title_en="", intended_on=None, kind="plan")
    assert submit(elsewhere, ministry).state == S.IN_APPROVAL


def test_a_cooperation_paper_of_the_university_takes_its_short_route(ministry):
    case = walk(submit(paper(ministry), ministry), ministry)
    assert case.state == S.CLEARED
    assert [step.office for step in case.steps.current()] == ["unit_head", "icd_officer", "minister"]


# --- signing ------------------------------------------------------------------------------------------------------------


def test_signing_raises_the_duties_of_the_law_and_a_line_in_the_partners_timeline(ministry):
    made = in_force(ministry)
    assert made.case.state == S.IN_FORCE
    duties = {duty.code: duty for duty in made.case.duties.all()}
    assert set(duties) == {"report-pm", "copy-mofa", "original", "publish", "plan"}
    fifteen = made.signed_on + dt.timedelta(days=15)
    assert duties["report-pm"].due_on >= fifteen
    assert (duties["report-pm"].due_on - fifteen).days < 12
    assert not duties["original"].is_open
    assert duties["plan"].due_on is None
    dealing = Dealing.objects.get(agreement=made)
    assert (dealing.kind, dealing.on) == (DealingKind.SIGNING, made.signed_on)


def test_in_the_name_of_a_cuc_the_report_goes_to_the_minister_and_the_icd(ministry):
    made = cleared(ministry, filer="luutru", unit="VTLT", in_name_of=InNameOf.CUC)
    signed = sign(made, ministry, by="cuctruong", signer_title="Cục trưởng")
    codes = set(signed.case.duties.values_list("code", flat=True))
    assert {"report-minister", "copy-icd"} <= codes
    assert not {"report-pm", "copy-mofa"} & codes


def test_a_secret_agreement_is_not_published(ministry):
    signed = sign(cleared(ministry), ministry, is_secret=True)
    assert "publish" not in set(signed.case.duties.values_list("code", flat=True))


def test_a_signing_that_cannot_be_is_refused(ministry):
    made = cleared(ministry)
    long_ago = dt.date(2021, 1, 1)
    for fields, said in (
        ({"expires_on": dt.date(2020, 1, 1)}, "hết hạn"),
        ({"effective_on": dt.date(2020, 1, 1)}, "trước khi được ký"),
        ({"signed_on": long_ago, "effective_on": long_ago}, "không thể được ký trước"),
        ({"signed_on": TODAY() + dt.timedelta(days=1), "effective_on": None}, "trong tương lai"),
        ({"original_kept": ""}, "bản gốc"),
        ({"languages": ["en"]}, "bản dịch tiếng Việt"),
    ):
        with pytest.raises(Refused, match=said), transaction.atomic():
            sign(fresh(made), ministry, **fields)
        assert fresh(made).case.state == S.CLEARED


def test_whoever_does_not_hold_the_office_shows_the_authorisation(ministry):
    made = cleared(ministry)
    with pytest.raises(Refused, match="ủy quyền"):
        sign(made, ministry, by="thutruong")
    named = {"authority": "authorised", "authority_document": "12/GUQ-BDP ngày 01/11/2026"}
    with pytest.raises(Refused, match="Đính kèm"):
        sign(made, ministry, by="thutruong", **named)
    attachment(made.case, AgreementFile.AUTHORISATION, by=ministry.person("htqt"))
    assert sign(made, ministry, by="thutruong", **named).case.state == S.IN_FORCE


# --- the calendar -------------------------------------------------------------------------------------------------------


def test_it_comes_into_force_and_expires_on_its_days(ministry):
    later = TODAY() + dt.timedelta(days=3)
    made = past(ministry, standing="signed", effective_on=later, expires_on=TODAY() + dt.timedelta(days=30))
    assert move_with_the_calendar(TODAY()) == 0
    assert move_with_the_calendar(later) == 1
    assert fresh(made).case.state == S.IN_FORCE
    assert move_with_the_calendar(made.expires_on) == 0
    assert move_with_the_calendar(made.expires_on + dt.timedelta(days=1)) == 1
    assert fresh(made).case.state == S.EXPIRED
    assert fresh(made).ended_on == made.expires_on
    assert move_with_the_calendar(made.expires_on + dt.timedelta(days=1)) == 0


def test_it_renews_itself_as_often_as_it_must_with_one_line_of_history(ministry):
    made = past(
        ministry, term_kind=TermKind.AUTO_RENEWED, renewal_months=12, expires_on=TODAY() + dt.timedelta(days=10)
    )
    end = made.expires_on
    assert move_with_the_calendar(end) == 0
    assert move_with_the_calendar(end + dt.timedelta(days=400)) == 1
    renewed = fresh(made)
    assert renewed.case.state == S.IN_FORCE
    assert renewed.expires_on.year == end.year + 2
    assert renewed.case.status_changes.filter(transition="renew_itself").count() == 1


def test_a_renewal_replaces_the_old_text_when_it_comes_into_force(ministry):
    old = past(ministry, content="Trao đổi đoàn.")
    new = services.renew_agreement(old, actor=ministry.person("chuyenvien"))
    assert (new.renews_id, new.content, new.expires_on) == (old.pk, old.content, None)
    assert new.parties.get().partner_id == old.parties.get().partner_id
    for kind in (AgreementFile.DRAFT_VI, AgreementFile.DRAFT_FOREIGN):
        attachment(new.case, kind, by=ministry.person("chuyenvien"))
    fields = {"purpose": "Gia hạn.", "assessment": "Khả thi.", "expires_on": TODAY() + dt.timedelta(days=1000)}
    services.update_agreement(fresh(new), actor=ministry.person("chuyenvien"), fields=fields)
    walk(submit(fresh(new), ministry), ministry)
    sign(fresh(new), ministry)
    assert fresh(new).case.state == S.IN_FORCE
    assert fresh(old).case.state == S.REPLACED


# --- who sees -----------------------------------------------------------------------------------------------------------


def test_what_was_concluded_is_open_to_all_unless_it_is_secret(ministry):
    stranger = ministry.person("truonghoc")
    made = agreement(ministry)
    submit(made, ministry)
    assert not Case.objects.visible_to(stranger).filter(pk=made.case.pk).exists()
    signed = past(ministry)
    assert Case.objects.visible_to(stranger).filter(pk=signed.case.pk).exists()
    InternationalAgreement.objects.filter(pk=signed.pk).update(is_secret=True)
    assert not Case.objects.visible_to(stranger).filter(pk=signed.case.pk).exists()
    assert Case.objects.visible_to(ministry.person("htqt")).filter(pk=signed.case.pk).exists()


def test_nobody_fires_what_only_the_engine_does(ministry):
    made = past(ministry)
    for name in ("expire", "terminate", "replace", "enter_force"):
        with pytest.raises(NotAllowed):
            engine.fire(made.case, name, actor=ministry.person("htqt"))
