"""The brief of a country: all its partners, agreements, visits and open commitments, for the reader who asks."""

from __future__ import annotations

import datetime as dt
import io
import uuid
import zipfile

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.choices import DealingKind
from agreements.exports.brief import BRIEF_CSS
from agreements.exports.country_brief import country_paper
from agreements.exports.prints import BRIEFS, COUNTRY_BRIEFS
from agreements.queries.country_brief import country_brief_of
from agreements.services import record_dealing
from delegations.models import ItineraryLeg
from intlcoop.catalogues.models import Country
from intlcoop.exporting.decree30 import DECREE30_CSS, paper_html
from intlcoop.exporting.pdf import render_pdf, text_of
from intlcoop.jobs.context import JobContext
from intlcoop.jobs.models import Job
from tests.agreements.agreed import agreement
from tests.agreements.factories import PartnerFactory
from tests.agreements.promises import promise
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db
PAGE = "/doi-tac/quoc-gia/LA/"


@pytest.fixture
def laos():
    return Country.objects.get(iso2="LA")


def fill(ministry, country, name: str = "Cục Lưu trữ Lào (thử)"):
    partner = PartnerFactory(name_vi=name, country=country)
    agreement(ministry, partner, title="Bản ghi nhớ với Lào", signed_on=dt.date(2022, 5, 6))
    promise(ministry, "Gửi tài liệu số hóa", partner=partner, due_on=dt.date(2027, 1, 6))
    record_dealing(
        partner, on=dt.date(2025, 1, 6), kind=DealingKind.TRIP, title="Đi Viêng Chăn", unit=ministry.unit("CSDP")
    )
    record_dealing(
        partner, on=dt.date(2025, 3, 6), kind=DealingKind.VISIT, title="Đón đoàn Lào", unit=ministry.unit("CSDP")
    )
    return partner


def test_everything_with_the_country_and_nothing_with_another(client, ministry, laos):
    fill(ministry, laos)
    other = PartnerFactory(name_vi="Viện Thái Lan (thử)", country=Country.objects.get(iso2="TH"))
    agreement(ministry, other, title="Bản ghi nhớ với Thái Lan")
    trip = f.trip(ministry)
    ItineraryLeg.objects.filter(delegation=trip).update(country=laos)
    client.force_login(ministry.chuyenvien)
    text = client.get(PAGE).content.decode()
    for said in ("Cục Lưu trữ Lào (thử)", "Bản ghi nhớ với Lào", "Gửi tài liệu số hóa", "Đi Viêng Chăn", "Đón đoàn Lào",
                 trip.case.title, "1, trong đó có hiệu lực: 1"):  # fmt: skip
        assert said in text, said
    assert "Thái Lan (thử)" not in text
    assert client.get("/doi-tac/quoc-gia/la/").status_code == 200
    for nowhere in ("XX", "LAO", "L"):
        assert client.get(f"/doi-tac/quoc-gia/{nowhere}/").status_code == 404
    assert PAGE in client.get(f"/doi-tac/{laos.partners.first().pk}/").content.decode()


def test_what_a_reader_may_not_read_is_neither_named_nor_counted(ministry, laos):
    partner = fill(ministry, laos)
    agreement(ministry, partner, title="Dự thảo của trường", unit="DHPT", state="in_approval")
    promise(ministry, "Việc của vụ khác", partner=partner, unit="HTQT", owner=ministry.htqt)
    brief = country_brief_of(laos, ministry.chuyenvien)
    assert "Dự thảo của trường" not in {each.title for each in brief.agreements}
    assert "Việc của vụ khác" not in {line.title for line in brief.promises}
    assert [line.open_promises for line in brief.partners] == [1]
    whole = country_brief_of(laos, ministry.vutruong)
    assert [line.open_promises for line in whole.partners] == [2]
    assert whole.agreements[0].title == "Bản ghi nhớ với Lào", "what is in force comes first"


def test_the_word_file_and_the_pdf(client, ministry, laos):
    fill(ministry, laos)
    person = ministry.chuyenvien
    client.force_login(person)
    page = client.get(f"{PAGE}word/")
    text = zipfile.ZipFile(io.BytesIO(page.content)).read("word/document.xml").decode()
    assert "Bản ghi nhớ với Lào" in text
    assert "tom-tat-lao" in page["Content-Disposition"]
    paper = country_paper(laos, person)
    plain = text_of(render_pdf(paper_html(paper), stylesheets=[DECREE30_CSS, BRIEF_CSS], title=paper.name))
    assert "Cục Lưu trữ Lào" in " ".join(plain.split())


def test_the_pdf_belongs_to_whoever_ordered_it(client, ministry, laos):
    fill(ministry, laos)
    client.force_login(ministry.chuyenvien)
    assert client.post(f"{PAGE}lap-pdf/").status_code == 302
    job = Job.objects.get(kind=COUNTRY_BRIEFS.code)
    assert not Job.objects.filter(kind=BRIEFS.code).exists()
    job.lease_token = uuid.uuid4()
    result = COUNTRY_BRIEFS.run(JobContext(job, lambda percent, note: None))
    Job.objects.filter(pk=job.pk).update(result=result, state="done", finished_at=timezone.now())
    url = f"/doi-tac/quoc-gia/tom-tat/{job.pk}/"
    assert url in client.get(PAGE).content.decode()
    assert b"%PDF" in b"".join(client.get(url).streaming_content)
    client.force_login(ministry.vutruong)
    assert client.get(url).status_code == 404


def test_it_costs_the_same_for_one_partner_and_for_three(client, ministry, laos):
    def cost():
        with CaptureQueriesContext(connection) as seen:
            assert client.get(PAGE).status_code == 200
        return len(seen)

    fill(ministry, laos)
    client.force_login(ministry.htqt)
    cost()
    one = cost()
    fill(ministry, laos, "Bộ Nội vụ Lào (thử)")
    fill(ministry, laos, "Học viện Lào (thử)")
    assert cost() == one == 15
