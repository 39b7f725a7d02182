"""The papers of an agreement as PDF, for who ordered them."""

from __future__ import annotations

import pytest

from agreements.exports.prints import AGREEMENT_PRINTS
from intlcoop.exporting.pdf import text_of
from intlcoop.jobs.models import Job
from intlcoop.jobs.runner import run_job
from tests.agreements.agreed import agreement

pytestmark = pytest.mark.django_db


def test_the_report_on_the_signing_comes_as_pdf_to_who_ordered_it(client, ministry):
    made = agreement(ministry, regime="agreement")
    client.force_login(ministry.htqt)
    assert client.post(f"/thoa-thuan/{made.case.number}/van-ban/khong-co/pdf/").status_code == 404
    assert client.post(f"/thoa-thuan/{made.case.number}/van-ban/bao-cao-ky/pdf/").status_code == 302
    job = Job.objects.get(kind=AGREEMENT_PRINTS.code)
    run_job(job.pk)
    assert "BÁO CÁO" in text_of(b"".join(client.get(f"/thoa-thuan/ban-in/{job.pk}/")))
    assert f"/thoa-thuan/ban-in/{job.pk}/" in client.get(made.get_absolute_url()).content.decode()
    client.force_login(ministry.chuyenvien)
    assert client.get(f"/thoa-thuan/ban-in/{job.pk}/").status_code == 404
