"""Projects and aid: who approves what, what an adjustment does to an approved one, what is owed, who may do and see what."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from agreements.aid import AidTopic, ProjectState
from agreements.models import DossierItem, ForeignFundedProject, Locality
from agreements.queries.project_due import owed_reports, sleeping_projects
from agreements.queries.project_standing import by_locality, project_figures, stages_of, totals_of
from agreements.services import project_reports, projects
from intlcoop.workflow import engine
from intlcoop.workflow.choices import Outcome
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import NotAllowed, Refused
from intlcoop.workflow.routing import plan
from tests.agreements.aided import approved, begun, fresh, money, project, submit, taken_in
from tests.agreements.signing import answer, open_steps, walk

pytestmark = pytest.mark.django_db
S = ProjectState


def offices(**facts):
    from agreements.queries.projects import ProjectFacts

    return [step.body or step.office for step in plan("project", ProjectFacts(**facts), timezone.localdate())]


def test_the_prime_minister_approves_his_matters_and_the_minister_all_others(db):
    for topic in AidTopic.OF_PM:
        assert offices(topic=topic)[-2:] == ["minister", "prime_minister"]
    assert offices()[-1] == "minister"
    assert "prime_minister" not in offices(nature="oda")
    friends = "Liên hiệp các tổ chức hữu nghị Việt Nam"
    assert friends in offices(nature="ngo", topic="religion")
    assert friends not in offices()


def test_an_incomplete_dossier_is_not_submitted_and_every_item_is_named(ministry):
    made = project(ministry, files=(), amounts=[], goals="", nature="ngo", has_foreign_papers=True)
    made.donors.all().delete()
    with pytest.raises(Refused) as refusal:
        submit(made)
    said = " ".join(refusal.value.reasons)
    mandatory = DossierItem.objects.filter(kind="project")
    assert mandatory.count() == 8
    named = [item for item in mandatory if item.name_vi in said]
    assert {item.code for item in named} == {item.code for item in mandatory} - {"mechanism"}
    assert "Nghị định 313/2025/NĐ-CP" in said
    assert "nhà tài trợ" in said
    assert fresh(made).case.state == S.MOBILISING


def test_an_approval_brings_its_duties_with_their_days(ministry):
    made = approved(ministry)
    assert (made.case.state, made.approved_on) == (S.APPROVED, timezone.localdate())
    duties = list(made.case.duties.all())
    assert {duty.code for duty in duties} == {"notify-donor", "notify-finance"}
    assert all(5 <= (duty.due_on - made.approved_on).days <= 12 for duty in duties)
    assert all(duty.needs_check for duty in duties)


def test_an_adjustment_that_touches_the_prime_ministers_matters_goes_to_him(ministry):
    made = begun(ministry)
    by = made.case.created_by
    engine.fire(made.case, "adjust", actor=by, comment="Nhà tài trợ bổ sung nội dung.")
    projects.update_project(fresh(made), actor=by, fields={"topic": AidTopic.RELIGION})
    submit(fresh(made))
    case = Case.objects.get(pk=made.case.pk)
    walk(case, ministry, until="prime_minister")
    assert [step.office for step in open_steps(case)] == ["prime_minister"]
    assert fresh(made).case.state == S.APPRAISAL
    walk(case, ministry)
    made = fresh(made)
    # It had begun before: it goes on at once, and what the adjustment says counts as approved.
    assert (made.case.state, made.approved_content["fields"]["topic"]) == (S.IMPLEMENTING, AidTopic.RELIGION)


@pytest.mark.parametrize("way", ["refused", "given_up"])
def test_an_adjustment_that_fails_leaves_the_project_as_it_was_approved(ministry, way):
    made = begun(ministry, localities=("Lào Cai", "Gia Lai"))
    by, donor = made.case.created_by, made.donors.get().partner
    engine.fire(made.case, "adjust", actor=by, comment="Tăng vốn.")
    projects.update_project(
        fresh(made), actor=by, title="Tên khác", fields={"ends_on": made.ends_on + dt.timedelta(days=400)},
        amounts=[money(900_000)], donors=[], localities=["Huế"],
    )  # fmt: skip
    if way == "refused":
        projects.update_project(fresh(made), actor=by, donors=[{"partner": donor}])
        case = submit(fresh(made)).case
        answer(open_steps(case)[0], Outcome.REJECT, ministry)
    else:
        engine.fire(fresh(made).case, "drop_change", actor=by)
    kept = fresh(made)
    assert kept.case.state == S.IMPLEMENTING
    assert (kept.case.title, kept.ends_on) == (made.case.title, made.ends_on)
    assert [each.amount for each in kept.amounts.all()] == [100_000]
    assert {place.name for place in kept.localities.all()} == {"Lào Cai", "Gia Lai"}
    assert kept.donors.get().partner == donor


def test_it_is_neither_begun_nor_closed_nor_withdrawn_without_its_papers(ministry):
    made, today = approved(ministry), timezone.localdate()
    by, late = ministry.chuyenvien, today + dt.timedelta(days=3)
    wrong = (
        {"started_on": today},
        {"decision_number": "1/QĐ", "decided_on": today},
        {"decision_number": "1/QĐ", "decided_on": today, "started_on": late},
        {"decision_number": "1/QĐ", "decided_on": late, "started_on": today},
        {"decision_number": "1/QĐ", "decided_on": today, "started_on": today - dt.timedelta(days=1)},
    )
    blank = dict.fromkeys(("decision_number",), "") | dict.fromkeys(("decided_on", "started_on"))
    for said in wrong:
        projects.write_act(fresh(made), actor=by, rule="agreements.keep_project", fields=blank | said)
        with pytest.raises(Refused):
            engine.fire(fresh(made).case, "start", actor=by)
    projects.write_act(fresh(made), actor=by, rule="agreements.keep_project", fields=wrong[4] | {"started_on": today})
    engine.fire(fresh(made).case, "start", actor=by)
    with pytest.raises(Refused):
        engine.fire(fresh(made).case, "close", actor=by)
    with pytest.raises(NotAllowed):
        engine.fire(fresh(made).case, "withdraw_approval", actor=by)
    with pytest.raises(Refused):
        engine.fire(fresh(made).case, "withdraw_approval", actor=ministry.htqt)


def test_reports_are_owed_from_the_beginning_to_the_end_and_then_the_completion_report(ministry):
    made = begun(ministry)
    today, end = timezone.localdate(), made.ends_on
    rows = list(made.reports.all())
    assert {row.period_until.year for row in rows} == set(range(today.year, end.year + 1))
    assert all((row.due_on - row.period_until).days >= 15 for row in rows)
    first, by = rows[0], ministry.chuyenvien
    early = {"filed_on": today + dt.timedelta(days=1), "document": "1/BC", "content": ""}
    with pytest.raises(Refused):
        project_reports.file_report(first, actor=by, fields=early, disbursements=[])
    values = {"filed_on": today, "document": "1/BC", "content": "Đúng tiến độ."}
    with pytest.raises(NotAllowed):
        project_reports.file_report(first, actor=ministry.truonghoc, fields=values, disbursements=[])
    spent = [{"source": "grant", "currency": money()["currency"], "planned": 60_000, "actual": 50_000}]
    project_reports.file_report(first, actor=by, fields=values, disbursements=spent)
    made = fresh(made)
    projects.write_act(
        made, actor=by, rule="agreements.keep_project", fields={"closed_on": today, "result": "Đạt mục tiêu."}
    )
    engine.fire(made.case, "close", actor=by)
    completion = made.reports.get(kind="completion")
    assert 175 <= (completion.due_on - today).days <= 195
    assert made.reports.get(pk=first.pk).disbursements.get().actual == 50_000
    assert all(row.period_until.year == today.year for row in made.reports.all())


def test_the_morning_reminds_of_reports_and_of_aid_that_sleeps(ministry):
    made, today = begun(ministry), timezone.localdate()
    report = made.reports.first()
    told = list(owed_reports(report.due_on))
    assert {each.person for each in told} >= {ministry.chuyenvien, ministry.lanhdaodonvi, ministry.htqt}
    assert "DA-" in told[0].text()
    assert not list(owed_reports(today - dt.timedelta(days=400)))
    asleep = taken_in(ministry, "Dự án chưa khởi động")
    assert not asleep.case.duties.exists()  # who was to be told has been told long ago
    for months_ago, sleeps in ((5, False), (7, True)):
        ForeignFundedProject.objects.filter(pk=asleep.pk).update(approved_on=today - dt.timedelta(days=31 * months_ago))
        assert ForeignFundedProject.objects.dormant(today).filter(pk=asleep.pk).exists() is sleeps
        assert bool(list(sleeping_projects(today))) is sleeps


def test_sums_are_made_by_currency_and_never_across(ministry):
    today = timezone.localdate()
    one = taken_in(
        ministry, "Một", amounts=[money(10), money(7, "EUR"), money(500, "VND", "counterpart")],
        localities=("Lào Cai", "GIA LAI"), started_on=today,
    )  # fmt: skip
    taken_in(ministry, "Hai", amounts=[money("5.5")], localities=("Gia Lai",))
    rows = ForeignFundedProject.objects.all()
    totals = [(total.source, total.currency, str(total.amount)) for total in totals_of(rows)]
    assert totals == [
        ("grant", "EUR", "7.00"), ("grant", "USD", "15.50"), ("counterpart", "VND", "500.00"),
    ]  # fmt: skip
    assert Locality.objects.count() == 2
    places = {place.name: (place.count, place.aid) for place in by_locality(rows, "/")}
    assert places["Lào Cai"] == (1, "10 USD; 7 EUR") or places["Lào Cai"][0] == 1
    assert places["GIA LAI"][0] == 2
    assert "15,5" in places["GIA LAI"][1]
    stages = {stage.state: len(stage.projects) for stage in stages_of(rows.select_related("case"))}
    assert stages == {"mobilising": 0, "appraisal": 0, "approved": 1, "implementing": 1, "closed": 0}
    figures = project_figures(today)
    assert list(figures.active) == [one]
    assert len(figures.amounts) == 3
    assert not project_figures(today - dt.timedelta(days=1)).active.exists()


def test_who_sees_a_project_before_and_after_its_approval(ministry):
    made = project(ministry)
    seen = {name: made in ForeignFundedProject.objects.visible_to(ministry.person(name)) for name in
            ("chuyenvien", "lanhdaodonvi", "htqt", "truonghoc")}  # fmt: skip
    assert seen == {"chuyenvien": True, "lanhdaodonvi": True, "htqt": True, "truonghoc": False}
    submit(made)
    assert made in ForeignFundedProject.objects.visible_to(ministry.htqt)
    assert made not in ForeignFundedProject.objects.visible_to(ministry.truonghoc)
    walk(Case.objects.get(pk=made.case.pk), ministry)
    assert made in ForeignFundedProject.objects.visible_to(ministry.truonghoc)
    for rule in ("adjust", "start"):
        with pytest.raises(NotAllowed):
            engine.fire(fresh(made).case, rule, actor=ministry.truonghoc, comment="x")
    with pytest.raises(NotAllowed):
        projects.create_project("x", ministry.unit("CSDP"), actor=ministry.kiemtoan)
