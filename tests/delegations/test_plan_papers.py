"""Scans of a planning year: who keeps them, who reads them, what the guard refuses, what stays on record."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from django.utils import timezone

from delegations.choices import PlanLevel
from delegations.models import AnnualPlan, PlanPaper, PlanYear
from intlcoop.documents.registry import file_url
from tests.delegations import plans as p
from tests.intlcoop.documents import samples
from tests.intlcoop.workflow.steps import upload
from tests.ministry import build_ministry

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        ministry = build_ministry()
        yield ministry, p.open_year(ministry)
        transaction.set_rollback(True)


@pytest.fixture
def ministry(world, db):
    return world[0]


@pytest.fixture
def opened(world, db):
    return PlanYear.objects.get(pk=world[1].pk)


@pytest.fixture
def plan(opened):
    return AnnualPlan.objects.select_related("case").get(year=opened.year, level=PlanLevel.MINISTRY)


def typed(**fields):
    day = timezone.localdate() - dt.timedelta(days=3)
    return {
        "kind": "orientation", "plan": "", "number": "12/TB-BDP", "dated": f"{day:%d/%m/%Y}", "note": "", "upload": upload(),
    } | fields  # fmt: skip


def send(client, opened, **fields):
    return client.post(reverse("delegations:plan_paper_add", args=[opened.year]), typed(**fields))


def test_the_orientation_is_kept_with_number_and_date_and_everybody_reads_it(go, ministry, opened):
    assert send(go("htqt"), opened).status_code == 302
    paper = PlanPaper.objects.get()
    assert (paper.number, paper.uploaded_by, paper.extension) == ("12/TB-BDP", ministry.htqt, "pdf")
    page = go("truonghoc").get(opened.get_absolute_url()).content.decode()
    assert "Văn bản định hướng" in page
    assert "12/TB-BDP" in page
    assert f"{paper.dated:%d/%m/%Y}" in page
    answer = go("truonghoc").get(file_url("ke-hoach", paper))
    assert b"".join(answer.streaming_content).startswith(b"%PDF")
    # The year names its orientation by it; what was written there before would have stayed.
    opened.refresh_from_db()
    assert (opened.orientation_number, opened.orientation_date) == ("12/TB-BDP", paper.dated)


def test_the_approval_of_a_plan_is_read_by_whoever_reads_the_plan(go, ministry, opened, plan):
    assert send(go("htqt"), opened, kind="approval", plan=plan.pk, number="985/QĐ-BDP").status_code == 302
    paper = PlanPaper.objects.get()
    assert "985/QĐ-BDP" in go("htqt").get(plan.get_absolute_url()).content.decode()
    assert go("htqt").get(file_url("ke-hoach", paper)).status_code == 200
    # The plan is a draft still, so units read neither it nor its papers.
    assert "985/QĐ-BDP" not in go("truonghoc").get(opened.get_absolute_url()).content.decode()
    assert go("truonghoc").get(file_url("ke-hoach", paper)).status_code == 404


def test_the_clerk_keeps_papers_too(go, ministry, opened):
    assert send(go("vanthu"), opened, kind="call", number="45/BDP-HTQT").status_code == 302
    assert PlanPaper.objects.get().uploaded_by == ministry.vanthu


@pytest.mark.parametrize("account", ["chuyenvien", "lanhdaodonvi", "taichinh", "botruong", "quantri", "kiemtoan"])
def test_nobody_else_adds_or_takes_out(go, opened, account):
    assert send(go(account), opened).status_code == 403
    assert not PlanPaper.objects.exists()
    send(go("htqt"), opened)
    paper = PlanPaper.objects.get()
    out = reverse("delegations:plan_paper_out", args=[opened.year, paper.public_id])
    assert go(account).post(out).status_code == 403
    assert out not in go(account).get(opened.get_absolute_url()).content.decode()
    assert PlanPaper.objects.current().exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"upload": ""},
        {"number": ""},
        {"dated": "31/02/2026"},
        {"dated": f"{timezone.localdate() + dt.timedelta(days=2):%d/%m/%Y}"},
        {"kind": "approval"},
        {"kind": "khac"},
        {"plan": "999999"},
        {"number": "x" * 61},
    ],
)
def test_bad_input_keeps_nothing_and_what_was_typed(go, opened, fields):
    answer = send(go("htqt"), opened, **({"note": "Ghi chú thử"} | fields))
    assert answer.status_code == 200
    assert "Ghi chú thử" in answer.content.decode()
    assert not PlanPaper.objects.exists()


def test_a_marked_or_foreign_file_is_refused(go, opened):
    for content, name in ((samples.pdf("MẬT\nKế hoạch"), "mat.pdf"), (b"MZ nicht", "chay.pdf")):
        assert send(go("htqt"), opened, upload=upload(content, name)).status_code == 200
    assert not PlanPaper.objects.exists()


def test_what_is_taken_out_is_no_longer_delivered_but_stays_on_record(go, opened):
    send(go("htqt"), opened)
    paper = PlanPaper.objects.get()
    out = reverse("delegations:plan_paper_out", args=[opened.year, paper.public_id])
    assert go("htqt").post(out).status_code == 302
    assert go("htqt").post(out).status_code == 404
    paper.refresh_from_db()
    assert paper.withdrawn_at is not None
    assert paper.file.storage.exists(paper.file.name)
    assert go("htqt").get(file_url("ke-hoach", paper)).status_code == 404


def test_an_approval_without_its_plan_is_refused_by_the_database_too(ministry, opened):
    with pytest.raises(IntegrityError), transaction.atomic():
        PlanPaper.objects.create(year=opened, kind="approval", number="1", dated=timezone.localdate())
