"""What should not be typed, sent twice or sent late: it is refused with a sentence and breaks nothing."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from agreements import services
from agreements.choices import ChangeAct, MeetingKind, SessionStatus, TermKind
from agreements.models import (
    AgreementAmendment,
    ContactPost,
    InternationalAgreement,
    Partner,
    PartnerMerge,
    PartnerNote,
    ProjectReport,
)
from agreements.registers.agreements import import_agreements
from agreements.registers.partners import import_partners
from agreements.series import parse_known_day
from agreements.services.mechanisms import create_mechanism
from agreements.services.meetings import create_series, create_session
from agreements.services.programmes import save_programme
from agreements.services.project_reports import file_report, owe_completion
from agreements.services.projects import restore_approved
from agreements.services.treaties import create_convention, create_treaty_report
from agreements.workflows import move_with_the_calendar
from intlcoop.exporting.tables import Column, to_xlsx
from intlcoop.workflow.models import Case
from intlcoop.workflow.refusals import Refused
from tests.agreements import aided
from tests.agreements.factories import PartnerFactory
from tests.agreements.signing import fresh, past
from tests.agreements.typing import rows

pytestmark = pytest.mark.django_db
LONG = "9" * 5000


def today():
    return timezone.localdate()


def partner(ministry, **fields):
    return PartnerFactory(actor=ministry.htqt, **fields)


# --- partners ---------------------------------------------------------------------------------------------------------


def test_keys_that_are_none_and_signs_that_no_text_holds_do_not_break_a_page(go, ministry):
    one, two = partner(ministry), partner(ministry)
    client, merge = go("htqt"), reverse("agreements:partner_merge", args=[one.pk])
    for bad in (LONG, "٣", "-1", "x"):
        assert client.post(merge, {"vao": bad}).status_code == 200
        assert client.post(reverse("agreements:partner_join", args=[one.pk]), {"don_vi": bad}).status_code == 302
        assert (
            client.get(
                reverse("agreements:partners_alike"), {"name_vi": "Viện", "country": bad, "tru": bad}
            ).status_code
            == 200
        )
        assert client.get(reverse("agreements:commitment_create"), {"doi_tac": bad}).status_code == 200
    assert client.post(merge, {"vao": two.pk, "reason": "trùng\0 tên"}).status_code == 302
    assert PartnerMerge.objects.get().reason == "trùng tên"


def test_what_is_chosen_by_typing_takes_any_text(go, ministry):
    one = partner(ministry)
    client = go("htqt")
    for name, field in (
        ("agreements:agreements", "doi_tac"),
        ("agreements:commitment_list", "doi_tac"),
        ("agreements:project_list", "tai_tro"),
        ("agreements:commitment_create", "tu"),
    ):
        for bad in (LONG, "a\0b"):
            assert client.get(reverse(name), {field: bad}).status_code == 200, (name, bad[:5])
    assert client.post(reverse("agreements:commitment_create"), {"title": "x", "agreement": LONG}).status_code == 200
    typed = contact_rows({"partner": LONG, "title_vi": "Vụ trưởng"})
    assert client.post(reverse("agreements:contact_create", args=[one.pk]), typed).status_code == 200


def as_on_the_page(page):
    form = page.context["form"]
    data = {name: form[name].value() for name in form.fields if form[name].value() not in (None, "", [])}
    names = [{key: value for key, value in row.items() if value is not None} for row in form.names.initial or ()]
    return data | rows(names=names) | {"dau_vet": form.stamp}


def test_a_form_from_before_somebody_elses_change_takes_nothing_of_it_away(go, ministry):
    its = partner(ministry)
    client, url = go("htqt"), reverse("agreements:partner_change", args=[its.pk])
    early = as_on_the_page(client.get(url))
    assert "dau_vet" in client.get(url).content.decode()
    assert client.post(url, early | rows(names=[{"name": "Tên khác"}])).status_code == 302
    late = client.post(url, early | {"address": "Hà Nội"})
    assert late.status_code == 200
    assert "Người khác vừa sửa" in late.content.decode()
    assert [name.name for name in its.names.all()] == ["Tên khác"]
    assert not Partner.objects.get(pk=its.pk).address
    again = as_on_the_page(client.get(url))
    assert client.post(url, again | {"address": "Hà Nội"}).status_code == 302
    assert (its.names.count(), Partner.objects.get(pk=its.pk).address) == (1, "Hà Nội")


def contact_rows(*posts):
    return {"full_name": "An"} | {key: value for key, value in rows(posts=posts).items() if key.startswith("posts")}


def test_people_are_written_down_by_units_that_work_with_their_partner_today(go, ministry):
    ours, former, strange = (partner(ministry) for _n in range(3))
    for its, until in ((ours, None), (former, today() - dt.timedelta(days=1))):
        its.units.create(unit=ministry.unit("DHPT"), until=until)
    client = go("truonghoc")
    at = {its: reverse("agreements:contact_create", args=[its.pk]) for its in (ours, former)}
    assert client.get(at[former]).status_code == 403
    elsewhere = contact_rows({"partner": strange.pk, "title_vi": "Vụ trưởng"})
    assert "đang hợp tác với đối tác đó" in client.post(at[ours], elsewhere).content.decode()
    assert not ContactPost.objects.exists()
    once = {"partner": strange.pk, "title_vi": "Chuyên viên", "until": "31/12/2020"}
    kept = contact_rows({"partner": ours.pk, "title_vi": "Vụ trưởng"}, once)
    assert client.post(at[ours], kept).status_code == 302
    assert {post.partner for post in ContactPost.objects.all()} == {ours, strange}


def test_the_longest_names_that_a_form_takes_can_be_kept_and_found(ministry):
    marked = "Ậ" * 200
    kept = partner(ministry, name_vi=marked)
    assert kept in Partner.objects.search(marked[:50])
    with pytest.raises(services.PartnerExists):
        partner(ministry, name_vi=marked, country=kept.country)
    partner(ministry, name_vi="ﷺ" * 200)
    services.save_group(None, name_vi=marked, actor=ministry.htqt)
    save_programme(None, actor=ministry.htqt, fields={"name_vi": "ậ" * 300, "kind": "scheme"})
    create_mechanism(actor=ministry.htqt, fields={"name_vi": marked, "kind": "regional"})
    create_convention(actor=ministry.htqt, fields={"name_vi": "ậ" * 300})


def test_a_partner_that_was_merged_since_its_form_was_opened_stays_merged(ministry):
    one, two = partner(ministry), partner(ministry)
    looked_at = Partner.objects.get(pk=one.pk)
    services.merge_partners(one, two, actor=ministry.htqt)
    with pytest.raises(Refused, match="vừa được gộp"):
        services.update_partner(looked_at, name_vi="Tên mới", actor=ministry.htqt)
    assert Partner.objects.get(pk=one.pk).merged_into == two


def test_a_note_on_a_merged_partner_is_read_where_the_partner_is(go, ministry):
    one, two = partner(ministry), partner(ministry)
    services.merge_partners(one, two, actor=ministry.htqt)
    client = go("htqt")
    client.post(reverse("agreements:note_add", args=[one.pk]), {"text": "Hỏi về khóa học", "audience": "everybody"})
    assert PartnerNote.objects.get().partner == two
    assert "Hỏi về khóa học" in client.get(reverse("agreements:brief", args=[one.pk])).content.decode()


@pytest.mark.parametrize("address", ["javascript:alert(1)", "không có", "http://"])
def test_an_address_of_a_sheet_that_is_none_is_refused(ministry, address):
    result = import_partners(partner_sheet(address), dry_run=False, actor=ministry.htqt)
    assert not result.saved
    assert "trang thông tin điện tử" in result.rows[0].message


def test_an_address_of_a_sheet_becomes_one_that_can_be_opened(ministry):
    assert import_partners(partner_sheet("www.archives.gov"), dry_run=False, actor=ministry.htqt).saved
    assert Partner.objects.get(name_vi="Viện Lưu trữ").website == "https://www.archives.gov"


def partner_sheet(address):
    columns = [Column("Tên đối tác", lambda row: row[0]), Column("Website", lambda row: row[1])]
    return to_xlsx("So", columns, [("Viện Lưu trữ", address)])


# --- agreements -------------------------------------------------------------------------------------------------------


def taken(ministry, other, *, signed="", ends="", term=""):
    names = ("Tên thỏa thuận", "Đối tác", "Ngày ký", "Ngày hết hạn", "Thời hạn", "Đơn vị")
    columns = [Column(name, lambda row, place=place: row[place]) for place, name in enumerate(names)]
    data = to_xlsx("So", columns, [("Bản ghi nhớ", other.name_vi, signed, ends, term, "VTLT")])
    return import_agreements(data, dry_run=False, actor=ministry.quantri)


@pytest.mark.parametrize(
    "day", ["8/0000", "13/2020", "0000", "31/02/2020", "01/01/0001", "01/01/9999", "8/9999", "9999"]
)
def test_a_day_of_a_sheet_that_is_none_is_refused(ministry, day):
    other = partner(ministry)
    for name in ("signed", "ends"):
        result = taken(ministry, other, **{name: day})
        assert not result.saved
        assert day in result.rows[0].message
    assert not InternationalAgreement.objects.exists()


@pytest.mark.parametrize(
    ("ends", "day"),
    [("2020", dt.date(2020, 12, 31)), ("2/2020", dt.date(2020, 2, 29)), ("5/3/2020", dt.date(2020, 3, 5))],
)
def test_what_ends_in_a_year_or_a_month_holds_until_its_last_day(ministry, ends, day):
    result = taken(ministry, partner(ministry), signed="5/1/2020", ends=ends)
    assert result.saved, result.rows
    assert InternationalAgreement.objects.get().expires_on == day


@pytest.mark.parametrize(
    ("term", "months"),
    [("5 năm, tự động gia hạn mỗi lần 2 năm", 24), ("Tự động gia hạn 18 tháng", 18), ("3 năm, tự động gia hạn", 36)],
)
def test_a_term_renews_itself_by_what_is_said_of_the_renewal(ministry, term, months):
    taken(ministry, partner(ministry), signed="5/1/2020", ends="5/1/2025", term=term)
    made = InternationalAgreement.objects.get()
    assert (made.term_kind, made.renewal_months) == (TermKind.AUTO_RENEWED, months)


def test_agreements_and_projects_are_found_by_the_name_that_their_partner_has_today(go, ministry):
    one, two = partner(ministry), partner(ministry, name_vi="Viện Zeta")
    made, project = past(ministry, partner=one), aided.project(ministry, partner=one, files=())
    services.update_partner(one, name_vi="Cơ quan Omega", actor=ministry.htqt)
    client = go("chuyenvien")
    lists = {"agreements:agreements": made.case.title, "agreements:project_list": project.case.title}

    def found(text):
        return [title in client.get(reverse(name), {"q": text}).content.decode() for name, title in lists.items()]

    assert found("omega") == [True, True]
    services.merge_partners(one, two, actor=ministry.htqt)
    assert found("zeta") == found("omega") == [True, True]
    assert found("zeta khong co") == [False, False]


def extension(ministry, made, ends):
    change = services.open_amendment(made, ChangeAct.EXTEND, actor=ministry.htqt)
    AgreementAmendment.objects.filter(pk=change.pk).update(
        term_kind=TermKind.FIXED,
        expires_on=ends,
        reason="x",
        document_number="1",
        document_on=today(),
        effective_on=today(),
    )
    Case.objects.filter(pk=change.case_id).update(state="settled")
    return change


def test_one_that_the_calendar_cannot_move_does_not_hold_up_the_others(ministry):
    odd, sound = past(ministry, term_kind=TermKind.OPEN_ENDED, expires_on=None), past(ministry, title="Kế hoạch B")
    extension(ministry, odd, dt.date(1999, 1, 1))
    good = extension(ministry, sound, today() + dt.timedelta(days=900))
    assert move_with_the_calendar(today()) == 1
    assert AgreementAmendment.objects.get(pk=good.pk).case.state == "in_force"
    assert fresh(sound).expires_on == today() + dt.timedelta(days=900)
    assert fresh(odd).expires_on is None


def test_a_term_is_not_extended_to_a_day_before_the_signing(ministry):
    from agreements.guards.amendment import says_what_changes

    change = extension(ministry, past(ministry, term_kind=TermKind.OPEN_ENDED, expires_on=None), dt.date(1999, 1, 1))
    assert says_what_changes(change.case)


# --- projects ---------------------------------------------------------------------------------------------------------


def test_an_adjustment_is_given_up_also_when_a_donor_or_programme_is_gone(ministry):
    gone, merged, middle, kept = (partner(ministry) for _n in range(4))
    programme = save_programme(None, actor=ministry.htqt, fields={"name_vi": "Đề án", "kind": "scheme"})
    made = aided.taken_in(ministry, "Dự án", partner=gone, programme=programme)
    content = made.approved_content
    made.approved_content = content | {"donors": [[gone.pk, ""], [merged.pk, "chính"]]}
    made.programme = None
    made.save()
    made.donors.all().delete()
    services.delete_partner(gone, actor=ministry.htqt)
    programme.delete()
    services.merge_partners(merged, middle, actor=ministry.htqt)
    services.merge_partners(middle, kept, actor=ministry.htqt)
    restore_approved(aided.fresh(made), actor=ministry.htqt)
    restored = aided.fresh(made)
    assert [(donor.partner, donor.note) for donor in restored.donors.all()] == [(kept, "chính")]
    assert restored.programme is None


def test_a_project_that_is_opened_and_closed_again_on_one_day_owes_its_last_report_once(ministry):
    made = aided.taken_in(ministry, "Dự án", decision_number="1", decided_on=today(), started_on=today())
    made.closed_on = today()
    made.save()
    owe_completion(made, today())
    report = ProjectReport.objects.get(kind="completion")
    fields = {"filed_on": today(), "document": "7/BC", "content": ""}
    file_report(report, actor=ministry.htqt, fields=fields, disbursements=[])
    owe_completion(aided.fresh(made), today())
    assert ProjectReport.objects.get(kind="completion").filed_on == today()


# --- mechanisms and conventions ---------------------------------------------------------------------------------------


def test_the_sessions_of_a_mechanism_count_once_however_many_of_its_series_a_unit_leads(go, ministry):
    unit = ministry.unit("HTQT")
    asean = create_mechanism(actor=ministry.htqt, fields={"name_vi": "ASEAN", "kind": "regional"})
    for name in ("SOM", "Nhóm công tác"):
        fields = {"name_vi": name, "kind": MeetingKind.SENIOR_OFFICIALS, "unit": unit}
        series = create_series(asean, actor=ministry.htqt, fields=fields)
    held = {"status": SessionStatus.HELD}
    create_session(series, actor=ministry.htqt, when=parse_known_day("5/1/2026"), fields=held)
    page = go("htqt").get(reverse("agreements:mechanism_list"), {"don_vi": unit.pk})
    assert [row.held for row in page.context["object_list"]] == [1]


def test_a_stale_page_that_is_refused_for_another_reason_stays_stale(go, ministry):
    convention = create_convention(actor=ministry.htqt, fields={"name_vi": "CERD"})
    fields = {"number": 5, "from_year": 2013, "until_year": 2019}
    report = create_treaty_report(
        convention, actor=ministry.htqt, title="Báo cáo", unit=ministry.unit("HTQT"), fields=fields
    )
    client = go("htqt")
    first = Case.objects.get(pk=report.case_id).version
    typed = {"y-kien-TOTAL_FORMS": "1", "y-kien-INITIAL_FORMS": "0", "y-kien-0-body": "Bộ A"}
    url = f"{report.get_absolute_url()}y-kien/"
    assert client.post(url, typed | {"version": first}).status_code == 302
    wrong = client.post(url, typed | {"y-kien-0-body": "Bộ B", "y-kien-0-sent_on": "hôm qua", "version": first})
    assert wrong.context["version"] == first
    late = client.post(url, typed | {"y-kien-0-body": "Bộ B", "version": wrong.context["version"]})
    assert late.status_code == 409
    assert [row.body for row in report.consultations.all()] == ["Bộ A"]
