"""The papers of trips and plans as PDF: ordered, made by the worker, handed to who ordered them and to nobody else."""

from __future__ import annotations

import pytest

from delegations.choices import Part
from delegations.exports.file_papers import TRIP_PAPERS
from delegations.exports.prints import FILE_PRINTS
from intlcoop.exporting.pdf import text_of
from intlcoop.jobs.models import Job
from intlcoop.jobs.runner import run_job
from tests.delegations import factories as f
from tests.intlcoop.people.factories import UserFactory

pytestmark = pytest.mark.django_db


@pytest.fixture
def trip(ministry):
    return f.trip(ministry, members=[f.member(ministry.chuyenvien2, Part.HEAD)])


def ordered(client, case, name: str) -> Job:
    response = client.post(f"/ho-so/{case.number}/giay-pdf/{name}/")
    assert response.status_code == 302, response.status_code
    job = Job.objects.get(kind=FILE_PRINTS.code, params__name=name)
    run_job(job.pk)
    return job


def test_the_letter_that_asks_for_an_opinion_comes_as_pdf_and_word(go, trip):
    client = go("chuyenvien")
    job = ordered(client, trip.case, "xin-y-kien")
    text = " ".join(text_of(b"".join(client.get(f"/ho-so/giay-pdf/{job.pk}/"))).split())
    for words in ("V/v xin ý kiến về việc cử đoàn đi công tác tại", "TL. BỘ TRƯỞNG", "trân trọng đề nghị Quý Cơ quan"):
        assert words in text
    assert client.get(f"/doan-ra/{trip.case.number}/van-ban/xin-y-kien/").status_code == 200
    assert f"/ho-so/giay-pdf/{job.pk}/" in client.get(trip.get_absolute_url()).content.decode()


def test_a_print_belongs_to_who_ordered_it(go, trip):
    job = ordered(go("chuyenvien"), trip.case, "danh-sach")
    assert go("htqt").get(f"/ho-so/giay-pdf/{job.pk}/").status_code == 404


@pytest.mark.parametrize("name", ["bao-cao", "khong-co", "ke-hoach"])
def test_a_paper_that_the_file_does_not_have_is_not_ordered(go, trip, name):
    assert go("chuyenvien").post(f"/ho-so/{trip.case.number}/giay-pdf/{name}/").status_code == 404
    assert not Job.objects.exists()


def test_who_does_not_see_the_file_orders_nothing(client, trip):
    client.force_login(UserFactory())
    assert client.post(f"/ho-so/{trip.case.number}/giay-pdf/danh-sach/").status_code == 404


def test_a_plan_comes_as_pdf(go, plan):
    job = ordered(go("htqt"), plan.case, "ke-hoach")
    assert "KẾ HOẠCH" in text_of(b"".join(go("htqt").get(f"/ho-so/giay-pdf/{job.pk}/")))


def test_every_paper_of_a_trip_has_its_button_only_where_there_is_something(go, trip):
    page = go("chuyenvien").get(trip.get_absolute_url()).content.decode()
    found = {name for name in TRIP_PAPERS if f"/giay-pdf/{name}/" in page}
    assert found == {"danh-sach", "to-trinh", "xin-y-kien", "quyet-dinh"}
