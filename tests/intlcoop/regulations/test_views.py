"""The pages on which everybody reads the rules, and on which few change them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import reverse
from django.utils import timezone

from intlcoop.notifications.models import Notice
from intlcoop.regulations.choices import ParameterKey
from intlcoop.regulations.kinds import ROUTE_RULES
from intlcoop.regulations.models import Holiday, Instrument, Parameter, RuleChange, StatutoryDeadline
from tests.intlcoop.people.factories import UserFactory, build_ministry
from tests.intlcoop.regulations.factories import ParameterFactory, set_parameter

pytestmark = pytest.mark.django_db
PAGE = "/quan-tri/quy-dinh/"
NEW_VALUE = reverse("regulations:parameter_new", args=[ParameterKey.MAX_MEMBERS])
VALUE = {
    "value": "8", "severity": "block", "valid_from": "01/01/2027", "citation": "Quy chế minh họa, Điều 5", "instrument": "",
    "reason": "Quyết định 12/QĐ-MH ngày 20/11/2026", "is_published": "on", "news": "Đoàn ra không quá 8 người.",
}  # fmt: skip


def text_of(answer) -> str:
    return answer.content.decode()


@pytest.fixture
def page(client):
    client.force_login(UserFactory(language="en"))
    client.cookies["django_language"] = "en"
    return client


@pytest.fixture
def ministry():
    return build_ministry()


@pytest.fixture
def head(client, ministry):
    client.force_login(ministry.icd_head)
    return client


def test_a_stranger_is_sent_to_the_login(client):
    assert reverse("regulations:rule_list") == PAGE
    assert client.get(PAGE).url.startswith("/dang-nhap")


def test_every_rule_stands_there_with_its_basis(page):
    text = text_of(page.get(PAGE))
    for parameter in Parameter.objects.all():
        assert parameter.citation in text, parameter
    for rule in ROUTE_RULES:
        assert rule.citation in text
    instruments = text_of(page.get(reverse("regulations:instruments")))
    for instrument in Instrument.objects.all():
        assert instrument.symbol in instruments, instrument


def test_what_is_not_certain_is_marked(page):
    count = Parameter.objects.filter(needs_check=True).count()
    assert text_of(page.get(PAGE)).count("badge-status is-waiting") == count
    instruments = text_of(page.get(reverse("regulations:instruments")))
    assert instruments.count("badge-status is-waiting") == Instrument.objects.filter(needs_check=True).count()


def test_a_value_that_comes_stands_beside_the_one_that_holds(page, date_2026):
    set_parameter(ParameterKey.MAX_DAYS, 10, valid_until=dt.date(2026, 12, 31))
    ParameterFactory(value=8, valid_from=dt.date(2027, 1, 1))
    text = text_of(page.get(PAGE))
    assert "8 days, in force from 01/01/2027" in text
    history = text_of(page.get(reverse("regulations:parameter", args=[ParameterKey.MAX_DAYS])))
    assert "until 31/12/2026" in history
    assert "from 01/01/2027" in history


@pytest.fixture
def date_2026(monkeypatch):
    monkeypatch.setattr(timezone, "localdate", lambda *args: dt.date(2026, 11, 22))


def test_a_parameter_that_no_row_holds_says_so(page):
    Parameter.objects.filter(key=ParameterKey.MAX_DAYS).delete()
    assert "does not apply" in text_of(page.get(PAGE))
    assert page.get(reverse("regulations:parameter", args=[ParameterKey.MAX_DAYS])).status_code == 200
    assert page.get(reverse("regulations:parameter", args=["outbound.nonsense"])).status_code == 404


READ = ["rule_list", "instruments", "holidays", "deadlines", "news"]


@pytest.mark.parametrize("name", READ)
def test_a_page_costs_the_same_however_many_rules_there_are(page, name, django_assert_num_queries):
    url = reverse(f"regulations:{name}")
    page.get(url)
    fixed = {"rule_list": 6, "instruments": 7, "holidays": 7, "deadlines": 10, "news": 7}[name]
    with django_assert_num_queries(fixed):
        page.get(url)
    actor = UserFactory()
    for n in range(3):
        row = Instrument.objects.create(
            kind="decision", symbol=f"{n}/QĐ-XX", title="Minh họa", issuer="Cơ quan minh họa"
        )
        Holiday.objects.create(day=dt.date(timezone.localdate().year, 7, 1 + n), name_vi="Minh họa", name_en="Sample")
        StatutoryDeadline.objects.create(day=1 + n, month=7, what_vi="Minh họa", citation="minh họa", instrument=row)
        for sort in ("instrument", "holiday", "deadline"):
            RuleChange.objects.create(
                sort=sort, act="added", subject="Minh họa", reason="minh họa", actor=actor, is_published=True,
                instrument=row, year=timezone.localdate().year,
            )  # fmt: skip
    with django_assert_num_queries(fixed):
        page.get(url)


def test_the_rail_leads_there_for_those_who_work_with_the_rules(client, ministry):
    for person, shown in [(ministry.icd_officer, True), (ministry.administrator, True), (ministry.staff, False)]:
        client.force_login(person)
        response = client.get(PAGE)
        assert response.status_code == 200
        rail = text_of(response).partition("<main")[0]
        assert (f'<a href="{PAGE}"' in rail) is shown, person
        assert ('<a href="/quy-dinh-moi/"' in rail) is not shown, person


# --- who changes ----------------------------------------------------------------------------------------------------


def changing_urls() -> list[str]:
    parameter, holiday = Parameter.objects.get(key=ParameterKey.MAX_DAYS), Holiday.objects.first()
    instrument, deadline = Instrument.objects.first(), StatutoryDeadline.objects.first()
    rows = {
        "parameter_correct": parameter, "parameter_end": parameter, "parameter_withdraw": parameter,
        "instrument_change": instrument, "holiday_change": holiday, "holiday_remove": holiday,
        "deadline_change": deadline, "deadline_end": deadline,
    }  # fmt: skip
    plain = ["instrument_create", "holiday_create", "holiday_swap", "deadline_create"]
    return [
        NEW_VALUE,
        *(reverse(f"regulations:{name}") for name in plain),
        *(reverse(f"regulations:{name}", args=[row.pk]) for name, row in rows.items()),
        reverse("regulations:holiday_load", args=[2027]),
        reverse("regulations:holiday_confirm", args=[2027]),
    ]


def test_administrators_and_heads_of_the_icd_change_rules_and_nobody_else(client, ministry):
    allowed = [ministry.administrator, ministry.icd_head]
    refused = [ministry.icd_officer, ministry.staff, ministry.minister, ministry.auditor]
    before = RuleChange.objects.count()
    for person in (*allowed, *refused):
        client.force_login(person)
        for url in changing_urls():
            assert client.get(url).status_code == (200 if person in allowed else 403), (person, url)
            assert client.post(url, {}).status_code == (422 if person in allowed else 403), (person, url)
        shown = NEW_VALUE in text_of(client.get(reverse("regulations:parameter", args=[ParameterKey.MAX_MEMBERS])))
        assert shown is (person in allowed)
    assert RuleChange.objects.count() == before


# --- changing -------------------------------------------------------------------------------------------------------


def test_a_new_value_is_recorded_kept_and_told(head, ministry, date_2026):
    answer = head.post(NEW_VALUE, VALUE)
    assert answer.status_code == 302, answer.context["form"].errors
    old, new = Parameter.objects.filter(key=ParameterKey.MAX_MEMBERS)
    assert (old.valid_until, new.valid_from, new.value, new.severity) == (
        dt.date(2026, 12, 31), dt.date(2027, 1, 1), 8, "block"
    )  # fmt: skip
    change = RuleChange.objects.get()
    assert (change.actor, change.reason, change.is_published) == (ministry.icd_head, VALUE["reason"], True)
    history = text_of(head.get(answer.url))
    assert VALUE["reason"] in history
    assert str(ministry.icd_head) in history
    news = text_of(head.get(reverse("regulations:news")))
    assert "Đoàn ra không quá 8 người." in news
    assert "01/01/2027" in news
    told = set(Notice.objects.values_list("recipient", flat=True))
    assert told == {ministry.unit_head.pk, ministry.rector.pk, ministry.focal.pk}, "not staff, and not who published it"
    assert Notice.objects.filter(recipient=ministry.focal).get().url == answer.url


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"value": "nhiều"}, "value"),
        ({"value": "0"}, "value"),
        ({"value": "-3"}, "value"),
        ({"value": "99999999999999999999"}, "value"),
        ({"severity": "sla"}, "severity"),
        ({"valid_from": "31/02/2027"}, "valid_from"),
        ({"valid_from": "01/01/2026"}, "past_confirmed"),
        ({"valid_until": "01/12/2026"}, "valid_until"),
        ({"citation": " "}, "citation"),
        ({"reason": ""}, "reason"),
        ({"instrument": "999999"}, "instrument"),
    ],
)
def test_what_cannot_be_a_value_is_said_beside_its_field(head, date_2026, wrong, field):
    answer = head.post(NEW_VALUE, VALUE | wrong)
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert "Đoàn ra không quá 8 người." in text_of(answer), "what was typed stays"
    assert Parameter.objects.filter(key=ParameterKey.MAX_MEMBERS).get().valid_until is None


@pytest.mark.parametrize(
    ("key", "typed", "value"),
    [
        (ParameterKey.PLAN_ADJUST, {"value": "15/4"}, "04-15"),
        (ParameterKey.YEAR_CUTOFF, {"first": "01/12", "last": "30-11"}, {"from": "12-01", "until": "11-30"}),
        (ParameterKey.AGREEMENT_TITLES, {"value": "Công ước\nhiệp định, công ước"}, ["công ước", "hiệp định"]),
        (ParameterKey.DATE_SHIFT, {"value": "0"}, 0),
    ],
)
def test_each_kind_of_value_can_be_typed(head, date_2026, key, typed, value):
    severity = Parameter.objects.get(key=key).severity
    url = reverse("regulations:parameter_new", args=[key])
    assert head.get(url).status_code == 200
    answer = head.post(url, VALUE | {"value": ""} | typed | {"severity": severity})
    assert answer.status_code == 302, answer.context["form"].errors
    assert Parameter.objects.get(key=key, valid_from=dt.date(2027, 1, 1)).value == value


@pytest.mark.parametrize(
    ("key", "typed"),
    [
        (ParameterKey.PLAN_ADJUST, {"value": "31/2"}),
        (ParameterKey.PLAN_ADJUST, {"value": "tháng 5"}),
        (ParameterKey.YEAR_CUTOFF, {"first": "00/00", "last": "1/1"}),
        (ParameterKey.AGREEMENT_TITLES, {"value": " \n , "}),
    ],
)
def test_what_is_no_day_of_the_year_is_refused(head, date_2026, key, typed):
    severity = Parameter.objects.get(key=key).severity
    url = reverse("regulations:parameter_new", args=[key])
    assert head.post(url, VALUE | typed | {"severity": severity}).status_code == 422


def test_a_symbol_that_does_not_fit_its_issuer_warns_and_is_saved(head):
    """X-01: QĐ-BNV said to be the Prime Minister's."""
    fields = {
        "kind": "decision", "symbol": "77/QĐ-BNV", "title": "Đề án minh họa", "issuer": "Thủ tướng Chính phủ",
        "reason": "Ghi theo bản in", "url": "https://vi-du.vn/77", "issued_on": "29/10/2018",
    }  # fmt: skip
    answer = head.post(reverse("regulations:instrument_create"), fields, follow=True)
    assert answer.status_code == 200
    saved = Instrument.objects.get(symbol="77/QĐ-BNV")
    assert saved.issuer == "Thủ tướng Chính phủ"
    assert "Bộ Nội vụ" in " ".join(str(message) for message in answer.context["messages"])
    assert "Bộ Nội vụ" in text_of(head.get(saved.get_absolute_url())).partition("page-side")[2]


def test_an_instrument_takes_the_place_of_another(head):
    old = Instrument.objects.get(symbol="06/2020/QĐ-TTg")
    fields = {
        "kind": "decision", "symbol": "55/2026/QĐ-TTg", "title": "Minh họa", "issuer": "Thủ tướng Chính phủ",
        "effective_from": "01/01/2027", "replaces": [old.pk], "reason": "Văn bản mới", "is_published": "on",
    }  # fmt: skip
    assert head.post(reverse("regulations:instrument_create"), fields).status_code == 302
    old.refresh_from_db()
    assert old.replaced_by.symbol == "55/2026/QĐ-TTg"
    assert old.effective_to == dt.date(2026, 12, 31)
    assert "55/2026/QĐ-TTg" in text_of(head.get(old.get_absolute_url()))
    again = head.post(reverse("regulations:instrument_create"), fields)
    assert again.status_code == 422
    assert "symbol" in again.context["form"].errors


def test_instruments_are_linked_by_their_symbols_and_show_it_on_both_pages(head):
    decree = Instrument.objects.get(symbol="64/2021/NĐ-CP")
    law = Instrument.objects.get(symbol="70/2020/QH14")
    assert decree.symbol in text_of(head.get(law.get_absolute_url()))
    change = reverse("regulations:instrument_change", args=[decree.pk])
    form = head.get(change).context["form"]
    assert form.fields["details"].initial == "70/2020/QH14"
    typed = {name: form.initial.get(name) or "" for name in ("kind", "symbol", "title", "issuer", "url", "note")}
    typed |= {
        "reason": "minh họa",
        "details": "",
        "based_on": " 70/2020/qh14 ;108/2016/QH13;70/2020/QH14",
        "amends": "",
    }
    unknown = head.post(change, typed | {"amends": "1/1900/ND"})
    assert unknown.status_code == 422
    assert "1/1900/ND" in unknown.context["form"].errors["amends"][0]
    assert head.post(change, typed | {"amends": decree.symbol}).status_code == 422
    assert {link.relation for link in decree.links.all()} == {"details"}
    assert head.post(change, typed).status_code == 302
    linked = {(link.relation, link.other.symbol) for link in decree.links.all()}
    assert linked == {("based_on", "70/2020/QH14"), ("based_on", "108/2016/QH13")}
    assert "108/2016/QH13" in text_of(head.get(decree.get_absolute_url()))
    assert decree.symbol in text_of(head.get(law.get_absolute_url()))


def test_a_link_that_runs_a_script_is_refused(head):
    fields = {"kind": "law", "symbol": "1/X", "title": "x", "issuer": "x", "reason": "x", "url": "javascript:alert(1)"}
    assert head.post(reverse("regulations:instrument_create"), fields).status_code == 422
    deadline = StatutoryDeadline.objects.first()
    fields = {"day_of_year": "01/05", "kind": "deadline", "what_vi": "x", "citation": "x", "reason": "x"}
    url = reverse("regulations:deadline_change", args=[deadline.pk])
    for link in ("javascript:alert(1)", "//vi-du.vn"):
        assert head.post(url, fields | {"url": link}).status_code == 422
    assert head.post(url, fields | {"url": "/bao-cao/"}).status_code == 302


def test_days_are_swapped_and_taken_out_together(head):
    swap = {
        "off": "04/01/2027", "worked": "09/01/2027", "occasion": "Hoán đổi minh họa", "reason": "Thông báo minh họa",
    }  # fmt: skip
    assert head.post(reverse("regulations:holiday_swap"), swap).status_code == 302
    pair = Holiday.objects.filter(day__in=[dt.date(2027, 1, 4), dt.date(2027, 1, 9)])
    assert pair.count() == 2
    text = text_of(head.get("/quan-tri/quy-dinh/ngay-nghi/?nam=2027"))
    assert "04/01/2027" in text
    url = reverse("regulations:holiday_remove", args=[pair.first().pk])
    assert "09/01/2027" in text_of(head.get(url))
    assert head.post(url, {"reason": "Nhập nhầm"}).status_code == 302
    assert not pair.exists()


def test_a_year_is_compared_and_only_what_was_ticked_is_taken_over(head):
    url = reverse("regulations:holiday_load", args=[2026])
    assert "khớp" in text_of(head.get(url)) or "agrees" in text_of(head.get(url))
    Holiday.objects.filter(day__in=[dt.date(2026, 11, 24), dt.date(2026, 9, 1)]).delete()
    text = text_of(head.get(url))
    assert 'value="2026-11-24"' in text
    assert head.post(url, {"days": ["2026-11-24"], "reason": "Bổ sung"}).status_code == 302
    assert Holiday.objects.filter(day=dt.date(2026, 11, 24)).exists()
    assert not Holiday.objects.filter(day=dt.date(2026, 9, 1)).exists()
    assert head.post(url, {"days": ["2026-02-30"], "reason": "x"}).status_code == 422
    assert head.post(url, {"reason": "x"}).status_code == 422


def test_a_year_that_is_not_decided_says_so_until_it_is_confirmed(head, page, ministry):
    url = "/quan-tri/quy-dinh/ngay-nghi/?nam=2027"
    assert "not yet compared" in text_of(page.get(url))
    page.force_login(ministry.icd_head)
    confirm = reverse("regulations:holiday_confirm", args=[2027])
    assert page.post(confirm, {"document": "Thông báo minh họa 99/TB-MH"}).status_code == 302
    assert "not yet compared" not in text_of(page.get(url))
    assert not Holiday.objects.filter(day__year=2027, needs_check=True).exists()


@pytest.mark.parametrize("year", ["", "1999", "abc", "²", "99999999999999999999", "-1"])
def test_a_year_that_makes_no_sense_shows_this_year(page, year):
    assert page.get(f"/quan-tri/quy-dinh/ngay-nghi/?nam={year}").context["year"] == timezone.localdate().year


def test_a_yearly_deadline_is_recorded_changed_from_a_day_on_and_ended(head):
    fields = {
        "day_of_year": "29/02", "kind": "deadline", "what_vi": "Việc minh họa", "citation": "minh họa",
        "reason": "Văn bản minh họa", "is_published": "on",
    }  # fmt: skip
    assert head.post(reverse("regulations:deadline_create"), fields).status_code == 302
    row = StatutoryDeadline.objects.get(what_vi="Việc minh họa")
    assert (row.day, row.month) == (29, 2)
    url = reverse("regulations:deadline_change", args=[row.pk])
    assert head.post(url, fields | {"day_of_year": "15/03", "new_from": "01/01/2028"}).status_code == 302
    old, new = StatutoryDeadline.objects.filter(what_vi="Việc minh họa").order_by("pk")
    assert (old.valid_until, old.month) == (dt.date(2027, 12, 31), 2)
    assert (new.valid_from, new.month) == (dt.date(2028, 1, 1), 3)
    end = reverse("regulations:deadline_end", args=[new.pk])
    assert head.post(end, {"last_day": "01/01/2020", "reason": "x"}).status_code == 422
    assert head.post(end, {"last_day": "31/12/2030", "reason": "x"}).status_code == 302
    assert head.post(reverse("regulations:deadline_create"), fields | {"day_of_year": "31/04"}).status_code == 422
    assert "Việc minh họa" in text_of(head.get(reverse("regulations:deadlines")))
