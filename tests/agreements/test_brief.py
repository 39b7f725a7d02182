"""The brief of a partner: what stands on its first page, for whom, and how long it is."""

from __future__ import annotations

import datetime as dt
import io
import os
import time
import uuid
import zipfile
from pathlib import Path

import pytest
from django.core.files.storage import default_storage
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.choices import DealingKind
from agreements.exports.brief import BRIEF_CSS, brief_paper
from agreements.exports.prints import BRIEFS
from agreements.models import Contact, ContactPost, PartnerUnit
from agreements.queries.brief import brief_of
from agreements.services import add_note, record_dealing
from intlcoop.exporting.decree30 import DECREE30_CSS, paper_html
from intlcoop.exporting.pdf import page_count, render_pdf, text_of
from intlcoop.jobs.context import JobContext
from intlcoop.jobs.models import Job
from intlcoop.jobs.prints import KEPT
from intlcoop.people.models import Appointment, User
from intlcoop.people.reorganising import Decision, merge_units
from tests.agreements.agreed import agreement
from tests.agreements.factories import PartnerFactory
from tests.agreements.promises import kept, promise

pytestmark = pytest.mark.django_db

LONG = "Nội dung dài để thử độ dài của bản tóm tắt khi mọi mục đều đầy. " * 12


@pytest.fixture
def partner():
    return PartnerFactory(name_vi="Bộ Tôn giáo và Tín ngưỡng (thử)")


@pytest.fixture
def three(ministry, partner):
    promise(ministry, "Gửi tài liệu về quản lý lễ hội", partner=partner, due_on=dt.date(2026, 1, 6))
    promise(ministry, "Mời đoàn sang dự hội nghị", partner=partner, side="partners")
    promise(ministry, "Ký kế hoạch hành động", partner=partner, owner=ministry.chuyenvien2)
    kept(ministry, promise(ministry, "Đã xong từ lâu", partner=partner))
    promise(ministry, "Việc của vụ khác", partner=partner, unit="HTQT", owner=ministry.htqt)


def pdf_of(partner, reader) -> bytes:
    paper = brief_paper(partner, reader)
    return render_pdf(paper_html(paper), stylesheets=[DECREE30_CSS, BRIEF_CSS], title=paper.name)


OPEN = ("Gửi tài liệu về quản lý lễ hội", "Mời đoàn sang dự hội nghị", "Ký kế hoạch hành động")


def test_the_brief_for_next_months_visit_has_three_open_promises_on_page_one(client, ministry, partner, three):
    for day in (40, 80, 120):
        on = timezone.localdate() - dt.timedelta(days=day)
        kind = DealingKind.TRIP if day != 80 else DealingKind.VISIT
        record_dealing(partner, on=on, kind=kind, title=f"Việc cách đây {day} ngày", unit=ministry.unit("CSDP"))
    first = text_of(pdf_of(partner, ministry.chuyenvien), max_pages=1)
    plain = " ".join(first.split())
    for title in OPEN:
        assert title in plain, title
    assert "Cam kết chưa hoàn thành (03)" in plain
    assert "Quá hạn" in plain
    assert "Việc của vụ khác" not in plain
    assert "Đã xong từ lâu" not in plain
    client.force_login(ministry.chuyenvien)
    page = client.get(f"/doi-tac/{partner.pk}/tom-tat/").content.decode()
    for each in (*OPEN, "Việc cách đây 40 ngày", "Việc cách đây 80 ngày"):
        assert each in page
    assert page.index(OPEN[0]) < page.index("Việc cách đây 40 ngày")


def test_however_much_there_is_it_stays_within_two_pages(ministry, partner, three):
    """Whatever is cut is counted: nothing is left out without a word."""
    partner.needs = partner.capacity = LONG
    partner.save()
    for number in range(12):
        promise(ministry, f"{number} {LONG}"[:290], partner=partner)
        agreement(ministry, partner, title=f"{number} {LONG}"[:290], signed_on=dt.date(2020, 1, 6))
        add_note(partner, f"{number} {LONG}"[:900], actor=ministry.htqt)
        for kind in (DealingKind.TRIP, DealingKind.VISIT, DealingKind.EVENT):
            day = dt.date(2025, 1, 6) + dt.timedelta(days=number)
            record_dealing(partner, on=day, kind=kind, title=f"{number} {LONG}"[:120], unit=ministry.unit("CSDP"))
        contact = Contact.objects.create(
            full_name=f"Somsak {number}", sort_key=f"{number}", search_text="", email="s@la.example"
        )
        ContactPost.objects.create(contact=contact, partner=partner, title_vi="Cục trưởng")
    made = pdf_of(partner, ministry.chuyenvien)
    assert page_count(made) <= 2
    # The Word file is set as Decree 30 says: nearly the same page, so the same bound.
    plain_set = render_pdf(paper_html(brief_paper(partner, ministry.chuyenvien)), stylesheets=[DECREE30_CSS])
    assert page_count(plain_set) <= 2
    plain = " ".join(text_of(made).split())
    assert "Còn 9 cam kết khác" in plain
    assert "Còn 8 thỏa thuận khác" in plain


def test_the_word_file_is_for_the_reader_who_asks(client, ministry, partner, three):
    add_note(partner, "Chỉ lãnh đạo đọc", actor=ministry.htqt, audience="inner")
    for name, reads in (("chuyenvien", False), ("botruong", True)):
        client.force_login(ministry.person(name))
        page = client.get(f"/doi-tac/{partner.pk}/tom-tat/word/")
        text = zipfile.ZipFile(io.BytesIO(page.content)).read("word/document.xml").decode()
        assert ("Chỉ lãnh đạo đọc" in text) is reads
        assert OPEN[0] in text
        assert "tom-tat-bo-ton-giao" in page["Content-Disposition"]


def test_the_pdf_belongs_to_whoever_ordered_it(client, ministry, partner, three):
    person = ministry.chuyenvien
    client.force_login(person)
    sent = {"_nguoi_dung": str(person.pk), "_yeu_cau": str(uuid.uuid4())}
    assert client.post(f"/doi-tac/{partner.pk}/tom-tat/lap-pdf/", sent).status_code == 302
    job = Job.objects.get(kind=BRIEFS.code)
    job.lease_token = uuid.uuid4()
    job.result = BRIEFS.run(JobContext(job, lambda percent, note: None))
    job.state = "done"
    job.finished_at = timezone.now()
    Job.objects.filter(pk=job.pk).update(result=job.result, state="done", finished_at=job.finished_at)
    url = f"/doi-tac/tom-tat/{job.pk}/"
    assert b"%PDF" in b"".join(client.get(url).streaming_content)
    for name in ("htqt", "quantri"):
        client.force_login(ministry.person(name))
        assert client.get(url).status_code == 404, name
    assert job.result["name"] not in BRIEFS.collect(older_than=KEPT, remove=True)
    file = Path(default_storage.path(BRIEFS.folder)) / job.result["name"]
    assert file.exists()
    old = time.time() - 2 * KEPT.total_seconds()
    os.utime(file, (old, old))
    assert BRIEFS.collect(older_than=KEPT, remove=True) == [file.name]
    client.force_login(person)
    assert client.get(url).status_code == 404


def test_it_costs_the_same_for_one_row_and_for_three(client, ministry, partner):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(f"/doi-tac/{partner.pk}/tom-tat/").status_code == 200
        return len(seen)

    def more():
        promise(ministry, partner=partner)
        agreement(ministry, partner, signed_on=dt.date(2020, 1, 6))
        add_note(partner, "Ghi chú", actor=ministry.htqt)
        record_dealing(partner, on=dt.date(2025, 1, 6), kind=DealingKind.TRIP, title="Đi", unit=ministry.unit("CSDP"))

    more()
    client.force_login(ministry.htqt)
    cost()
    one = cost()
    more()
    more()
    assert cost() == one == 18


def test_brief_and_page_name_the_unit_that_carries_on_and_do_not_ask_it_to_join(client, ministry, partner):
    old = ministry.unit("CSDP")
    PartnerUnit.objects.create(partner=partner, unit=old)
    today = timezone.localdate()
    decision = Decision(on=today, number="5/QĐ-BDP", decided_on=today)
    heir = {"name_vi": "Vụ Địa phương", "code": "DPM"}
    held = Appointment.objects.get(person=ministry.chuyenvien, unit=old)
    change = merge_units([old], heir, decision=decision, roles={held.pk: "officer"}, actor=None)
    assert f"Vụ Địa phương (kế thừa {old})" in dict(brief_of(partner, ministry.htqt).facts).values()
    client.force_login(User.objects.get(pk=ministry.chuyenvien.pk))
    page = client.get(partner.get_absolute_url()).content.decode()
    assert change.get_absolute_url() in page
    assert "cũng hợp tác với đối tác này" not in page
