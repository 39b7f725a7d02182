"""The title of a file that somebody may not read: an agreement that is not published, a draft of another unit."""

from __future__ import annotations

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements.models import Commitment
from agreements.queries.brief import brief_of
from agreements.registers.agreements import import_agreements
from agreements.services.projects import create_project
from intlcoop.exporting.tables import Column, to_xlsx
from intlcoop.workflow.models import Case
from intlcoop.workflow.pages import cautions_of
from tests.agreements.factories import PartnerFactory
from tests.agreements.promises import promise
from tests.agreements.signing import agreement, past

pytestmark = pytest.mark.django_db
TITLE = "Bản ghi nhớ về lĩnh vực Omega"


@pytest.fixture
def secret(ministry):
    return past(ministry, title=TITLE, is_secret=True)


@pytest.fixture
def promised(ministry, secret):
    """A promise of the university under an agreement that its people may not read."""
    return promise(ministry, unit="DHPT", owner=ministry.truonghoc, agreement=secret)


def test_the_signing_of_what_is_not_published_is_told_only_to_whoever_reads_it(go, ministry, secret):
    partner = secret.parties.get().partner
    assert [each.what for each in brief_of(partner, ministry.htqt).other] == [TITLE]
    assert brief_of(partner, ministry.truonghoc).other == []
    url = reverse("agreements:dealing_list", args=[partner.pk])
    assert "Omega" in go("htqt").get(url).content.decode()
    client = go("truonghoc")
    for address in (url, f"{url}?xuat=csv", partner.get_absolute_url()):
        assert "Omega" not in client.get(address).content.decode()


def test_a_commitment_names_an_unread_agreement_by_its_number_alone(go, ministry, secret, promised):
    for name, seen in (("htqt", True), ("truonghoc", False)):
        client = go(name)
        for url in (promised.get_absolute_url(), reverse("agreements:commitment_edit", args=[promised.case.number])):
            page = client.get(url).content.decode()
            assert ("Omega" in page) is seen
            assert secret.case.number in page
        index = client.get(reverse("agreements:implementation"), {"theo": "thoa_thuan"}).content.decode()
        assert ("Omega" in index) is seen
        assert secret.case.number in index


def test_a_commitment_names_the_unread_file_in_which_it_was_made_by_its_number_alone(go, ministry, secret):
    promised = promise(ministry, unit="DHPT", owner=ministry.truonghoc, born_in=secret.case)
    page = go("truonghoc").get(promised.get_absolute_url()).content.decode()
    assert "Omega" not in page
    assert secret.case.number in page


def test_whoever_changes_a_commitment_keeps_the_unread_agreement_and_whoever_left_office(
    go, ministry, secret, promised
):
    Commitment.objects.filter(pk=promised.pk).update(verifier=ministry.lanhdaodonvi)
    ministry.lanhdaodonvi.appointments.all().delete()
    client, url = go("truonghoc"), reverse("agreements:commitment_edit", args=[promised.case.number])
    form = client.get(url).context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "")}
    answer = client.post(
        url, data | {"due_on": "10/05/2090", "detail": "Thêm chi tiết", "version": promised.case.version}
    )
    assert answer.status_code == 302
    kept = Commitment.objects.get(pk=promised.pk)
    assert (kept.detail, kept.agreement, kept.verifier) == ("Thêm chi tiết", secret, ministry.lanhdaodonvi)


def test_a_project_names_the_unread_agreement_that_it_carries_out_by_its_number_alone(go, ministry, secret):
    unit, actor = ministry.unit("DHPT"), ministry.truonghoc
    made = create_project("Dự án", unit, actor=actor, fields={"agreement": secret})
    page = go("truonghoc").get(reverse("agreements:project_edit", args=[made.case.number])).content.decode()
    assert "Omega" not in page
    assert secret.case.number in page


def test_a_paper_that_looks_alike_is_named_to_whoever_may_read_it(go, ministry):
    partner = PartnerFactory(actor=ministry.htqt)
    today = timezone.localdate()
    agreement(ministry, title=TITLE, partner=partner, unit="DHPT", filer="truonghoc", intended_on=today, files=())
    mine = agreement(ministry, partner=partner, intended_on=today)
    page = go("chuyenvien").get(mine.get_absolute_url()).content.decode()
    assert "không có quyền xem" in page
    assert "Omega" not in page
    # Once it is submitted the department reads it, and the warning names it there.
    Case.objects.filter(title=TITLE).update(first_submitted_at=timezone.now())
    named = {name: str(cautions_of(mine.case, ministry.person(name))) for name in ("htqt", "chuyenvien")}
    assert "Omega" in named["htqt"]
    assert "Omega" not in named["chuyenvien"]


def test_a_sheet_is_compared_with_what_its_writer_may_read(ministry):
    partner = PartnerFactory(actor=ministry.htqt)
    agreement(ministry, title=TITLE, title_en="", partner=partner, unit="DHPT", filer="truonghoc", files=())
    columns = [Column("Tên thỏa thuận", lambda row: row[0]), Column("Đối tác", lambda row: row[1])]
    sheet = to_xlsx("So", columns, [("Bản ghi nhớ lĩnh vực Omega", partner.name_vi)])

    def said(name):
        unit = ministry.unit("HTQT")
        return import_agreements(sheet, dry_run=True, actor=ministry.person(name), default_unit=unit).rows[0].message

    assert TITLE in said("truonghoc")
    assert TITLE not in said("htqt")
