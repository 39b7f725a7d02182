"""What is counted of agreements, reported by 15 November, printed, and said in the morning."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from agreements import services
from agreements.choices import DatePrecision, DutyCause, TermKind
from agreements.models import AgreementDuty, DutyRule
from agreements.queries.agreement_due import owed_duties, term_notices
from agreements.queries.figures import agreement_figures
from agreements.services.past_agreements import PastAgreement, add_past_agreements
from intlcoop.exporting.table_reading import read_xlsx
from intlcoop.regulations.models import Parameter
from intlcoop.workflow.choices import Outcome
from intlcoop.workflow.refusals import NotAllowed
from tests.agreements.factories import PartnerFactory
from tests.agreements.signing import agreement, answer, fresh, past, submit, walk
from tests.intlcoop.catalogues.factories import country

pytestmark = pytest.mark.django_db
TODAY = timezone.localdate


# --- figures ----------------------------------------------------------------------------------------------------------


def six_of_five(ministry):
    """F000-10: two of the six partners are of one country."""
    partners = [
        PartnerFactory(country=country(iso2), actor=ministry.person("htqt"))
        for iso2 in ("LA", "LA", "KH", "CN", "TH", "MM")
    ]
    rows = [
        PastAgreement(title=f"Thỏa thuận {n}", unit=ministry.unit("HTQT"), partners=(partner,), year=2021,
                      signed_on=dt.date(2021, 3, 1 + n), effective_on=dt.date(2021, 3, 1 + n))
        for n, partner in enumerate(partners)
    ]  # fmt: skip
    return add_past_agreements(rows, actor=ministry.person("quantri"))


def test_six_agreements_and_five_countries_are_counted_apart(ministry):
    six_of_five(ministry)
    found = agreement_figures(dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    assert (found.signed.count(), found.countries) == (6, 5)
    assert (found.in_force.count(), found.total.count()) == (6, 6)
    later = agreement_figures(dt.date(2022, 1, 1), dt.date(2022, 12, 31))
    assert (later.signed.count(), later.countries, later.in_force.count(), later.total.count()) == (0, 0, 6, 6)


def test_a_day_that_no_source_states_counts_in_no_window_but_among_those_there_are(ministry):
    past(ministry, signed_on=None, effective_on=None, signed_precision=DatePrecision.UNKNOWN, term_kind="", expires_on=None,
         year=2021, unnamed_in_source=True)  # fmt: skip
    found = agreement_figures(dt.date(2021, 1, 1), dt.date(2021, 12, 31))
    assert (found.signed.count(), found.in_force.count(), found.total.count()) == (0, 1, 1)


def test_what_ended_later_obliged_until_then(ministry):
    past(
        ministry,
        signed_on=dt.date(2018, 1, 1),
        effective_on=dt.date(2018, 1, 1),
        standing="expired",
        expires_on=dt.date(2021, 6, 30),
    )
    assert agreement_figures(dt.date(2020, 1, 1), dt.date(2020, 12, 31)).in_force.count() == 1
    assert agreement_figures(dt.date(2021, 1, 1), dt.date(2021, 12, 31)).in_force.count() == 0


def test_many_of_the_past_enter_in_a_fixed_number_of_queries(ministry, django_assert_max_num_queries):
    keeper, unit = ministry.person("quantri"), ministry.unit("DHPT")
    partner = PartnerFactory(actor=ministry.person("htqt"))

    def enter(n):
        rows = [
            PastAgreement(title=f"Bản ghi nhớ {n}-{k}", unit=unit, partners=(partner,), year=2020) for k in range(n)
        ]
        return add_past_agreements(rows, actor=keeper)

    with django_assert_max_num_queries(40) as few:
        enter(1)
    with django_assert_max_num_queries(len(few.captured_queries)):
        assert len(enter(23)) == 23


# --- the yearly report ------------------------------------------------------------------------------------------------


def test_the_yearly_report_names_what_was_signed_by_15_november_and_what_is_planned(go, ministry):
    inside = past(ministry, title="Bản ghi nhớ A", signed_on=dt.date(2025, 11, 15), effective_on=dt.date(2025, 11, 15))
    past(ministry, title="Bản ghi nhớ B", signed_on=dt.date(2025, 11, 16), effective_on=dt.date(2025, 11, 16))
    past(ministry, title="Thỏa thuận của trường", regime="paper", signed_on=dt.date(2025, 3, 1), effective_on=None)
    agreement(ministry, title="Bản ghi nhớ C", intended_on=dt.date(2026, 5, 1), files=())
    agreement(ministry, title="Biên bản của trường", regime="paper", intended_on=dt.date(2026, 5, 1), files=())
    agreement(ministry, title="Bản ghi nhớ quá ngày", intended_on=dt.date(2024, 12, 1), files=())
    agreement(ministry, title="Bản ghi nhớ D", intended_on=dt.date(2027, 5, 1), files=())
    client, url = go("chuyenvien"), reverse("agreements:yearly_report")
    page = client.get(url, {"nam": "2025"})
    text = page.content.decode()
    assert "16/11/2024" in text
    assert "15/11/2025" in text
    assert inside.case.title in text
    assert "Bản ghi nhớ C" in text
    assert "Bản ghi nhớ B" not in text
    assert "Bản ghi nhớ D" not in text
    assert "của trường" not in text, "papers outside Law 70/2020 are not reported"
    rows = read_xlsx(client.get(url, {"nam": "2025", "xuat": "xlsx"}).content)
    assert [row["Tên văn bản bằng tiếng Việt"] for row in rows] == [
        "Bản ghi nhớ A",
        "Bản ghi nhớ quá ngày",
        "Bản ghi nhớ C",
    ]
    assert client.get(url, {"nam": "９９９９"}).status_code == 200
    assert client.get(url, {"nam": "0001"}).status_code == 200


def test_the_yearly_report_asks_the_same_number_of_times_for_one_and_three(go, ministry, django_assert_max_num_queries):
    today = TODAY()
    past(ministry, signed_on=today.replace(month=2, day=1))
    client, url = go("htqt"), reverse("agreements:yearly_report")
    client.get(url)
    with django_assert_max_num_queries(20) as one:
        client.get(url)
    for n in range(2):
        past(ministry, title=f"Kế hoạch {n}", signed_on=today.replace(month=2, day=2 + n))
    with django_assert_max_num_queries(len(one.captured_queries)):
        assert client.get(url).content.decode().count("Kế hoạch") >= 2


# --- papers -----------------------------------------------------------------------------------------------------------


def words(answer):
    document = Document(io.BytesIO(answer.content))
    cells = [cell.text for table in document.tables for row in table.rows for cell in row.cells]
    return "\n".join([*(paragraph.text for paragraph in document.paragraphs), *cells])


def test_the_submission_prints_what_the_file_says_and_the_letter_asks_within_its_term(go, ministry):
    made = agreement(ministry)
    case = walk(submit(made, ministry), ministry, until="minister")
    client = go("htqt")
    text = words(client.get(reverse("agreements:agreement_paper", args=[case.number, "to-trinh"])))
    assert case.title in text
    assert "Mở rộng hợp tác về công tác dân tộc." in text
    assert "Bộ Ngoại giao (số 202/BNG-LPQT" in text
    assert f"{ministry.unit('PC').name_vi}: Đồng ý" in text
    assert "Căn cứ Luật Thỏa thuận quốc tế" in text
    assert "tiếng Việt" in text
    letter = words(client.get(reverse("agreements:agreement_paper", args=[case.number, "xin-y-kien"])))
    assert "07 ngày làm việc" in letter
    assert "Bộ Ngoại giao" in letter
    assert client.get(reverse("agreements:agreement_paper", args=[case.number, "khong-co"])).status_code == 404
    assert go("truonghoc").get(reverse("agreements:agreement_paper", args=[case.number, "to-trinh"])).status_code == 404


def test_the_submission_to_the_prime_minister_is_offered_after_a_disagreement(go, ministry):
    made = agreement(ministry)
    case = walk(submit(made, ministry), ministry, until="minister")
    client, url = go("htqt"), reverse("agreements:agreement_paper", args=[case.number, "to-trinh-thu-tuong"])
    assert url not in client.get(made.get_absolute_url()).content.decode()
    other = agreement(ministry, title="Kế hoạch về thanh niên", title_en="")
    case = walk(submit(other, ministry), ministry, until="legal")
    for step in case.steps.open():
        answer(step, Outcome.DISAGREE, ministry)
    url = reverse("agreements:agreement_paper", args=[case.number, "to-trinh-thu-tuong"])
    assert url in client.get(other.get_absolute_url()).content.decode()
    assert client.get(url).status_code == 200


# --- the morning ------------------------------------------------------------------------------------------------------


def test_each_notice_of_the_end_is_given_once_to_the_unit_and_the_icd(ministry):
    made = past(ministry, expires_on=TODAY() + dt.timedelta(days=200))
    end = made.expires_on
    assert not list(term_notices(end - dt.timedelta(days=181)))
    people = {reminder.person.username for reminder in term_notices(end - dt.timedelta(days=180))}
    assert {"lanhdaodonvi", "htqt"} <= people
    keys = set()
    for left in range(180, -1, -1):
        keys |= {reminder.key for reminder in term_notices(end - dt.timedelta(days=left))}
    assert {int(key.rsplit("-", 1)[1]) for key in keys} == {180, 90, 60, 30, 15, 0}
    assert not list(term_notices(end + dt.timedelta(days=1)))


def test_the_days_of_notice_are_a_parameter(ministry):
    made = past(ministry, expires_on=TODAY() + dt.timedelta(days=45))
    Parameter.objects.filter(key="agreement.expiry_notice_days").update(value=[40, 5])
    assert not list(term_notices(made.expires_on - dt.timedelta(days=45)))
    assert list(term_notices(made.expires_on - dt.timedelta(days=40)))


def test_a_review_that_is_due_is_said(ministry):
    past(ministry, term_kind=TermKind.OPEN_ENDED, expires_on=None, review_on=TODAY())
    assert any("review" in reminder.key for reminder in term_notices(TODAY()))


def test_an_owed_duty_is_said_before_on_and_after_its_day(ministry):
    made = past(ministry)
    (duty, *_rest) = services.raise_duties(
        made.case, DutyCause.CHANGED, on=TODAY(), values={"regime": "agreement", "in_name_of": "ministry"}
    )
    sections = {
        reminder.section
        for days in range(40)
        for reminder in owed_duties(TODAY() + dt.timedelta(days=days))
        if reminder.key.startswith(f"duty-{duty.pk}-")
    }
    assert sections == {"soon", "today", "overdue"}
    services.settle_duty(duty, actor=ministry.person("htqt"), done_on=TODAY(), document="9/BDP")
    assert not list(owed_duties(duty.due_on))


def test_the_rule_of_the_day_gives_the_duty_its_term_and_a_rule_that_ended_gives_none(ministry):
    made = past(ministry)
    values = {"regime": "agreement", "in_name_of": "ministry"}
    Parameter.objects.filter(key="agreement.change_notice_days").update(value=3)
    (duty,) = services.raise_duties(made.case, DutyCause.CHANGED, on=TODAY(), values=values)
    assert 3 <= (duty.due_on - TODAY()).days < 15
    assert services.raise_duties(made.case, DutyCause.CHANGED, on=TODAY(), values=values) == [duty]
    AgreementDuty.objects.all().delete()
    DutyRule.objects.filter(code="notify-change").update(valid_until=TODAY() - dt.timedelta(days=1))
    assert services.raise_duties(made.case, DutyCause.CHANGED, on=TODAY(), values=values) == []


def test_the_page_of_a_partner_shows_its_agreements(go, ministry):
    made = fresh(past(ministry))
    page = go("truonghoc").get(made.parties.get().partner.get_absolute_url()).content.decode()
    assert made.case.title in page


def test_the_publication_stands_in_the_register_once_it_is_done(ministry):
    made = past(ministry)
    values = {"regime": "agreement", "in_name_of": "ministry", "secret": "no"}
    duties = services.raise_duties(made.case, DutyCause.SIGNED, on=TODAY(), values=values)
    duty = next(each for each in duties if each.code == "publish")
    services.settle_duty(duty, actor=ministry.person("htqt"), done_on=TODAY(), document="cổng thông tin điện tử")
    assert fresh(made).published_on == TODAY()
    services.reopen_duty(duty, actor=ministry.person("htqt"))
    assert fresh(made).published_on is None
    with pytest.raises(NotAllowed):
        services.settle_duty(duty, actor=ministry.person("truonghoc"), done_on=TODAY(), document="x")
