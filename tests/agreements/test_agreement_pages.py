"""The pages of agreements: list, form, page, signing; rights from both sides, nothing lost, constant numbers of queries."""

from __future__ import annotations

import datetime as dt
import re

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements import services
from agreements.choices import AgreementState, DutyCause, InNameOf, Regime
from agreements.models import InternationalAgreement
from agreements.queries.naming import written
from tests.agreements.factories import PartnerFactory
from tests.agreements.signing import agreement, cleared, fresh, past
from tests.delegations.factories import trip

pytestmark = pytest.mark.django_db
S = AgreementState


def page(made, name="agreement", *more):
    return reverse(f"agreements:{name}", args=[made.case.number, *more])


def owing(ministry, **fields):
    """Signed this year, with the duties of the law."""
    made = past(ministry, signed_on=timezone.localdate(), effective_on=timezone.localdate(), **fields)
    values = {"regime": "agreement", "in_name_of": "ministry", "secret": "no"}
    services.raise_duties(made.case, DutyCause.SIGNED, on=timezone.localdate(), values=values)
    return made


def test_a_title_opens_the_file_and_the_unit_says_in_whose_name(go):
    client = go("luutru")
    assert 'value="cuc" selected' in client.get(reverse("agreements:agreement_new")).content.decode()
    data = {"title": "Bản ghi nhớ về lưu trữ", "regime": Regime.INTERNATIONAL_AGREEMENT, "in_name_of": InNameOf.CUC}
    answer = client.post(reverse("agreements:agreement_new"), data)
    made = InternationalAgreement.objects.get()
    assert answer.url == page(made, "agreement_edit")
    assert made.case.number.startswith("TTQT-")
    assert go("kiemtoan").get(reverse("agreements:agreement_new")).status_code == 403


def form_data(made, partner, **more):
    return {
        "title": made.case.title,
        "regime": made.regime,
        "kind": made.kind,
        "in_name_of": made.in_name_of,
        "procedure": made.procedure,
        "languages": ["vi"],
        "term_kind": "fixed",
        "expires_on": "01/01/2031",
        "purpose": "Mở rộng hợp tác.",
        "version": made.case.version,
        "parties-TOTAL_FORMS": "1",
        "parties-INITIAL_FORMS": "0",
        "parties-0-partner": written(partner),
        "parties-0-signatory": "Ông A",
        **more,
    }


def test_the_form_keeps_partners_by_name_and_saves_itself(go, ministry):
    client = go("chuyenvien")
    made = agreement(ministry, files=())
    partner = PartnerFactory(name_vi="Bộ Lễ nghi và Tôn giáo", actor=ministry.person("htqt"))
    answer = client.post(page(made, "agreement_edit"), form_data(made, partner))
    assert answer.status_code == 302, answer.context["form"].errors
    made = fresh(made)
    assert made.parties.get().partner == partner
    assert made.expires_on == dt.date(2031, 1, 1)
    unknown = form_data(made, partner, **{"parties-0-partner": "Cơ quan không có thật"})
    said = client.post(page(made, "agreement_edit"), unknown).content.decode()
    assert "Chưa có “Cơ quan không có thật” trong danh bạ đối tác" in said
    assert made.parties.get().partner == partner
    kept = client.post(page(made, "agreement_autosave"), form_data(made, partner, purpose="Câu mới.", expires_on="99"))
    assert kept.json()["fields"]["version"] == fresh(made).case.version
    assert "message" in kept.json()
    assert fresh(made).purpose == "Câu mới."


def test_two_people_see_both_texts_and_the_second_may_put_theirs_in_place(go, ministry):
    made = agreement(ministry, files=())
    first = PartnerFactory(name_vi="Bộ Lễ nghi và Tôn giáo", actor=ministry.person("htqt"))
    second = PartnerFactory(name_vi="Viện Lưu trữ Hoàng gia", actor=ministry.person("htqt"))
    url, seen = page(made, "agreement_edit"), made.case.version
    assert (
        go("lanhdaodonvi").post(url, form_data(made, first, purpose="Câu của người kia.", version=seen)).status_code
        == 302
    )
    mine = form_data(made, second, purpose="Câu của tôi.", languages=["vi", "en"], version=seen)
    stale = go("chuyenvien").post(url, mine)
    assert stale.status_code == 409
    text = stale.content.decode()
    both = {str(line.label): (line.theirs, line.mine) for line in stale.context["differences"]}
    assert ("Câu của người kia.", "Câu của tôi.") in both.values()
    assert ("Tiếng Việt", "Tiếng Việt; Tiếng Anh") in both.values()
    assert any(first.name_vi in theirs and second.name_vi in typed for theirs, typed in both.values())
    assert "Trần Quốc Bảo" in text, "who it was"
    assert "data-autosave" not in text
    assert fresh(made).purpose == "Câu của người kia."
    assert go("chuyenvien").post(url, mine | {"version": stale.context["version"]}).status_code == 302
    assert fresh(made).purpose == "Câu của tôi."


@pytest.mark.parametrize("blank_rows", [0, 2])
def test_a_partner_is_proposed_in_the_middle_of_the_form_and_nothing_typed_is_lost(go, ministry, blank_rows):
    client = go("chuyenvien")
    made = agreement(ministry, files=())
    first, url = PartnerFactory(actor=ministry.person("htqt")), page(made, "agreement_edit")
    typed = form_data(made, first, expires_on="31/02/2031", purpose="Câu dở dang.")
    typed |= {"parties-TOTAL_FORMS": str(1 + blank_rows), "propose": "1"}
    typed |= {f"parties-{place}-DELETE": "on" for place in range(1, 1 + blank_rows)}
    typed["_nguoi_dung"] = re.search(r'name="_nguoi_dung" value="([^"]+)"', client.get(url).content.decode())[1]
    away = client.post(url, typed)
    assert away.url == f"/doi-tac/them/?ve={url}"
    rows = {f"{name}-{count}_FORMS": "0" for name in ("names", "units") for count in ("TOTAL", "INITIAL")}
    named = {"name_vi": "Viện Lưu trữ một nước", "kind": "archive", "country": "", **rows}
    back = client.post(away.url, named)
    shown = client.get(back.url)
    assert shown.context["form"]["purpose"].value() == "Câu dở dang."
    assert shown.context["form"]["expires_on"].value() == "31/02/2031"
    rows = shown.context["parties"].formset.forms
    kept = [row["partner"].value() for row in rows if not row["DELETE"].value()]
    assert kept == [written(first), "Viện Lưu trữ một nước"]
    assert len(rows) == max(2, 1 + blank_rows)


def test_once_it_is_cleared_recording_the_signing_is_the_first_button(go, ministry):
    made = cleared(ministry)
    shown = go(made.case.created_by.username).get(page(made)).content.decode()
    assert f'<a class="btn btn-primary" href="{page(made, "agreement_sign")}"' in shown


def test_the_page_of_a_trip_names_what_was_signed_on_it(go, ministry):
    made = trip(ministry)
    signed = past(ministry, title="Bản ghi nhớ đã ký", signed_during=made.case)
    secret = past(ministry, title="Văn bản không công bố", unit="VTLT", signed_during=made.case, is_secret=True)
    own = go("chuyenvien").get(made.get_absolute_url()).content.decode()
    assert f'href="{page(signed)}"' in own
    assert ("Ký kết trong dịp này" in own, page(secret) in own) == (True, False)


def test_a_stranger_gets_404_and_a_reader_no_form(go, ministry):
    made = agreement(ministry)
    assert go("truonghoc").get(page(made)).status_code == 404
    signed = owing(ministry)
    client = go("truonghoc")
    assert client.get(page(signed)).status_code == 200
    assert client.get(page(signed, "agreement_edit")).status_code == 403
    assert client.get(page(signed, "agreement_sign")).status_code == 403
    duty = signed.case.duties.filter(done_on=None).first()
    assert client.get(page(signed, "duty", duty.pk)).status_code == 403


def test_the_signing_is_recorded_by_clicking(go, ministry):
    made = cleared(ministry)
    client = go("htqt")
    assert page(made, "agreement_sign") in client.get(page(made)).content.decode()
    today = timezone.localdate()
    data = {
        "version": made.case.version,
        "signed_on": f"{today:%d/%m/%Y}",
        "signed_place": "Phnôm Pênh",
        "signer": ministry.person("botruong").pk,
        "authority": "office",
        "term_kind": "fixed",
        "expires_on": f"{today:%d/%m}/{today.year + 5}",
        "original_kept": "Lưu trữ cơ quan",
        "is_secret": "on",
    }
    before = client.post(page(made, "agreement_sign"), data | {"original_kept": ""})
    assert "Ghi nơi lưu bản gốc" in before.content.decode()
    assert fresh(made).signed_on is None  # nothing is half saved
    assert client.post(page(made, "agreement_sign"), data).status_code == 302
    made = fresh(made)
    assert (made.case.state, made.signer_name) == (S.IN_FORCE, ministry.person("botruong").full_name)
    duty = made.case.duties.get(code="report-pm")
    said = client.get(page(made)).content.decode()
    assert "Báo cáo Thủ tướng Chính phủ" in said
    empty = client.post(page(made, "duty", duty.pk), {"done_on": f"{today:%d/%m/%Y}"})
    assert "Ghi số và ngày của văn bản" in empty.content.decode()
    client.post(page(made, "duty", duty.pk), {"done_on": f"{today:%d/%m/%Y}", "document": "45/BC-BDP"})
    duty.refresh_from_db()
    assert (duty.document, duty.done_by) == ("45/BC-BDP", ministry.person("htqt"))
    client.post(page(made, "duty_reopen", duty.pk))
    duty.refresh_from_db()
    assert duty.is_open


def test_the_list_finds_filters_and_exports_with_a_constant_number_of_queries(go, ministry, django_assert_num_queries):
    partner = PartnerFactory(name_vi="Cục Lưu trữ Pháp", actor=ministry.person("htqt"))
    first = owing(ministry, partner=partner)
    client = go("chuyenvien")
    url = reverse("agreements:agreements")
    client.get(url)
    with django_assert_num_queries(14):
        assert first.case.number in client.get(url).content.decode()
    for n in range(2):
        agreement(ministry, title=f"Kế hoạch hợp tác năm {2030 + n}", title_en="")
    with django_assert_num_queries(14):
        client.get(url)

    def found(**query):
        return client.get(url, query).context["paginator"].count

    assert found() == 3
    assert found(q="cuc luu tru phap") == 1
    assert found(q=first.case.number) == 1
    assert found(trang_thai="in_force") == found(doi_tac=partner.pk) == found(nam=timezone.localdate().year) == 1
    assert found(don_vi=ministry.unit("CSDP").pk) == 3
    assert found(viec="con") == 1
    assert found(hoat_dong="lau_khong") == 0
    assert found(viec="qua_han") == 0
    assert found(nuoc=partner.country_id) == 3
    assert found(danh_nghia="cuc") == 0
    for wrong in ({"nam": "x"}, {"don_vi": "-1"}, {"sap_het": "9999"}, {"trang": "999"}):
        assert client.get(url, wrong).status_code == 200
    assert client.get(url, {"xuat": "xlsx"}).status_code == 200
    assert "Cục Lưu trữ Pháp" in client.get(url, {"xuat": "csv"}).content.decode("utf-8-sig")


def test_the_page_asks_the_same_number_of_times_with_one_partner_and_with_three(
    go, ministry, django_assert_max_num_queries
):
    made = owing(ministry)
    client = go("htqt")
    client.get(page(made))
    with django_assert_max_num_queries(45) as first:
        client.get(page(made))
    from agreements.models import AgreementParty

    for _n in range(2):
        AgreementParty.objects.create(agreement=made, partner=PartnerFactory(actor=ministry.person("htqt")))
    with django_assert_max_num_queries(len(first.captured_queries)):
        client.get(page(made))
