"""Mechanisms, our parts in them, series and sessions: who writes them down, and what can never be written down."""

from __future__ import annotations

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from agreements.choices import DatePrecision, MechanismKind, MechanismPart, MeetingKind, SessionPart, SessionStatus
from agreements.models import Mechanism, MechanismRole, MeetingSession
from agreements.queries.mechanism_figures import session_figures, total_of
from agreements.queries.mechanisms import gap_words, mechanisms_of_partner, reminders, session_doubts, shown_roles
from agreements.series import KnownDay, parse_known_day
from agreements.services.mechanisms import create_mechanism, update_mechanism
from agreements.services.meetings import create_series, create_session, remove_session, update_session
from intlcoop.regulations.models import Instrument
from intlcoop.workflow.refusals import NotAllowed, Refused
from tests.agreements.factories import PartnerFactory
from tests.agreements.typing import blank_rows

pytestmark = pytest.mark.django_db
ROOT = "/doi-tac/co-che/"


def made(ministry, name="ASEAN", parent=None, **fields):
    fields = {"name_vi": name, "kind": MechanismKind.REGIONAL, "parent": parent} | fields
    return create_mechanism(actor=ministry.htqt, fields=fields)


def series_in(ministry, mechanism, name="Cuộc họp quan chức cấp cao", unit=None):
    fields = {"name_vi": name, "kind": MeetingKind.SENIOR_OFFICIALS, "unit": unit}
    return create_series(mechanism, actor=ministry.htqt, fields=fields)


def held(ministry, series, when, number=None, **fields):
    fields = {"number": number, "status": SessionStatus.HELD} | fields
    return create_session(series, actor=ministry.htqt, when=parse_known_day(when), fields=fields)


def names(rows):
    return [row.name_vi for row in rows]


# --- the tree ---------------------------------------------------------------------------------------------------------


def test_the_tree_shows_each_body_beneath_its_own_and_follows_when_one_moves(ministry):
    asean, apec = made(ministry), made(ministry, "APEC")
    accsm = made(ministry, "ACCSM", asean)
    made(ministry, "Nhóm công tác", accsm)
    made(ministry, "ASEM")
    assert names(Mechanism.objects.all()) == ["APEC", "ASEAN", "ACCSM", "Nhóm công tác", "ASEM"]
    update_mechanism(accsm, actor=ministry.htqt, fields={"parent": apec})
    rows = list(Mechanism.objects.all())
    assert names(rows) == ["APEC", "ACCSM", "Nhóm công tác", "ASEAN", "ASEM"]
    assert [row.depth for row in rows] == [0, 1, 2, 0, 0]
    apec.refresh_from_db()
    assert names(Mechanism.objects.within(apec.tree_key)) == ["APEC", "ACCSM", "Nhóm công tác"]


def test_two_bodies_of_one_name_under_different_parents_keep_their_own_branches(ministry):
    first, second = made(ministry, "ASEAN"), made(ministry, "APEC")
    for above in (first, second):
        made(ministry, "Nhóm công tác", above)
    first.refresh_from_db()
    assert Mechanism.objects.within(first.tree_key).count() == 2
    with pytest.raises(Refused):
        made(ministry, "Nhóm công tác", first)


def test_a_mechanism_never_belongs_to_itself_or_in_a_circle(ministry):
    asean = made(ministry)
    accsm = made(ministry, "ACCSM", asean)
    low = made(ministry, "Nhóm công tác", accsm)
    for above in (asean, accsm, low):
        with pytest.raises(Refused):
            update_mechanism(Mechanism.objects.get(pk=asean.pk), actor=ministry.htqt, fields={"parent": above})
    assert Mechanism.objects.get(pk=asean.pk).parent is None


# --- rights, from both sides ------------------------------------------------------------------------------------------


def test_the_department_keeps_mechanisms_and_the_unit_in_charge_its_sessions(ministry):
    asean = made(ministry)
    series = series_in(ministry, asean, unit=ministry.unit("VTLT"))
    when = {"when": KnownDay(), "fields": {"status": SessionStatus.PLANNED}}
    for person in (ministry.luutru, ministry.cuctruong, ministry.htqt, ministry.quantri):
        create_session(series, actor=person, **when)
    for person in (ministry.chuyenvien, ministry.kiemtoan, ministry.botruong):
        with pytest.raises(NotAllowed):
            create_session(series, actor=person, **when)
    for person in (ministry.luutru, ministry.chuyenvien, ministry.kiemtoan):
        with pytest.raises(NotAllowed):
            create_mechanism(actor=person, fields={"name_vi": "ASEM", "kind": MechanismKind.INTERREGIONAL})
        with pytest.raises(NotAllowed):
            create_series(asean, actor=person, fields={"name_vi": "x", "kind": MeetingKind.FORUM})


# --- sessions ---------------------------------------------------------------------------------------------------------


def test_a_day_that_is_to_come_is_never_held(ministry):
    series = series_in(ministry, made(ministry))
    ahead = timezone.localdate() + dt.timedelta(days=40)
    whens = [KnownDay(ahead, DatePrecision.DAY), KnownDay(ahead.replace(day=1), DatePrecision.MONTH)]
    whens.append(KnownDay(dt.date(ahead.year + 1, 1, 1), DatePrecision.YEAR))
    for when in whens:
        for status in SessionStatus.TOOK_PLACE:
            with pytest.raises(Refused) as refusal:
                create_session(series, actor=ministry.htqt, when=when, fields={"status": status})
            assert "chưa diễn ra" in str(refusal.value)
        create_session(series, actor=ministry.htqt, when=when, fields={"status": SessionStatus.PLANNED})
    assert not MeetingSession.objects.exclude(status=SessionStatus.PLANNED).exists()


def test_a_held_session_needs_a_time_and_one_of_ours_is_never_without_us(ministry):
    series = series_in(ministry, made(ministry))
    with pytest.raises(Refused):
        held(ministry, series, "")
    with pytest.raises(Refused):
        held(ministry, series, "2020", part=SessionPart.HOST, status=SessionStatus.MISSED)
    with pytest.raises(Refused):
        held(ministry, series, "tháng 2/2020", until=dt.date(2020, 2, 20))
    with pytest.raises(Refused):
        held(ministry, series, "20/2/2020", until=dt.date(2020, 2, 19))
    assert not MeetingSession.objects.exists()


def test_a_number_is_given_once_in_a_series_and_gaps_are_named(ministry):
    series = series_in(ministry, made(ministry))
    for number, when in ((2, "27/4/2021"), (4, "26/2/2022")):
        held(ministry, series, when, number)
    with pytest.raises(Refused):
        held(ministry, series, "2023", 4)
    held(ministry, series, "2019")
    assert gap_words(s.number for s in MeetingSession.objects.all() if s.number) == ["lần 3"]
    assert gap_words([1, 5]) == ["lần 2–4"]


def test_what_the_source_calls_past_before_its_day_is_planned_and_marked(ministry):
    """X-02: reported on 24/3/2022 as attended on 28/3/2022."""
    series = series_in(ministry, made(ministry))
    session = create_session(
        series,
        actor=ministry.htqt,
        when=parse_known_day("28/3/2022"),
        fields={"number": 5, "status": SessionStatus.PLANNED},
        source_says_held=True,
    )
    assert len(session_doubts(session, dt.date(2022, 3, 24))) == 1
    assert len(session_doubts(session, dt.date(2022, 3, 29))) == 2
    assert session in MeetingSession.objects.to_check(dt.date(2022, 3, 24))
    confirmed = update_session(
        session, actor=ministry.htqt, when=parse_known_day("28/3/2022"), fields={"status": SessionStatus.HELD}
    )
    assert session_doubts(confirmed, dt.date(2022, 3, 29)) == []
    # A row that came in past the guard is still found.
    assert confirmed in MeetingSession.objects.held_too_early(dt.date(2022, 3, 24))
    assert session_doubts(confirmed, dt.date(2022, 3, 24))


def test_a_session_taken_out_is_gone_and_remembered(ministry):
    session = held(ministry, series_in(ministry, made(ministry)), "2020")
    with pytest.raises(NotAllowed):
        remove_session(session, actor=ministry.chuyenvien)
    pk = session.pk
    remove_session(session, actor=ministry.htqt)
    assert not MeetingSession.objects.exists()
    assert MeetingSession.pgh_event_model.objects.filter(pgh_obj_id=pk, pgh_label="delete").exists()


def test_figures_count_what_lies_wholly_in_the_window(ministry):
    asean = made(ministry)
    accsm = made(ministry, "ACCSM", asean)
    som, group = series_in(ministry, accsm), series_in(ministry, asean, "Nhóm công tác")
    held(ministry, som, "08/4/2021", 21, part=SessionPart.HOST)
    held(ministry, som, "tháng 12/2021")
    held(ministry, som, "năm 2021")
    held(ministry, group, "29/3/2021", 4)
    held(ministry, group, "30/12/2021", until=dt.date(2022, 1, 2))
    held(ministry, group, "2021", status=SessionStatus.MISSED)
    held(ministry, group, "1/6/2021", status=SessionStatus.PLANNED)
    held(ministry, group, "1/7/2021", status=SessionStatus.CANCELLED)
    year = dt.date(2021, 1, 1), dt.date(2021, 12, 31)
    lines = session_figures(ministry.htqt, *year, timezone.localdate())
    shown = [(str(line.mechanism), line.hosted, line.attended, line.missed, line.unrecorded) for line in lines]
    assert shown == [("ASEAN", 0, 1, 1, 1), ("ACCSM", 1, 2, 0, 0)]
    total = total_of(lines)
    assert (total.hosted, total.attended, total.missed, total.unrecorded) == (1, 3, 1, 1)
    statutory = dt.date(2020, 12, 15), dt.date(2021, 12, 14)
    assert total_of(session_figures(ministry.htqt, *statutory, timezone.localdate())).attended == 1


def test_a_term_known_to_the_year_is_over_when_the_year_is(ministry):
    asean = made(ministry)
    year = {"since": dt.date(2010, 1, 1), "until": dt.date(2010, 1, 1)}
    role = MechanismRole(
        mechanism=asean, part=MechanismPart.ROTATING_CHAIR, holder="Việt Nam", session_number=21,
        since_precision=DatePrecision.YEAR, until_precision=DatePrecision.YEAR, **year,
    )  # fmt: skip
    assert [shown.is_over for shown in shown_roles([role], dt.date(2010, 12, 31))] == [False]
    shown = shown_roles([role], dt.date(2011, 1, 1))[0]
    assert (shown.is_over, shown.term, shown.label) == (True, "năm 2010", "Chủ tịch luân phiên, lần 21 (Việt Nam)")


def test_the_morning_asks_about_sessions_whose_day_has_passed_but_not_about_copied_history(ministry):
    series = series_in(ministry, made(ministry), unit=ministry.unit("VTLT"))
    planned = {"status": SessionStatus.PLANNED}
    held(ministry, series, "10/3/2026", 7, **planned)
    held(ministry, series, "11/3/2026", 8, source_text="Bài viết", **planned)
    held(ministry, series, "12/3/2026", 9)

    def told(day):
        return {(line.person.username, line.text()) for line in reminders(day)}

    assert told(dt.date(2026, 3, 10)) == set()
    said = told(dt.date(2026, 3, 11))
    assert {who for who, _text in said} >= {"htqt", "cuctruong"}
    assert {text for _who, text in said} == {
        "Cuộc họp quan chức cấp cao lần thứ 7: đã qua ngày họp, cần ghi nhận có diễn ra hay không"
    }
    assert told(dt.date(2026, 6, 1)) == set()


# --- pages ------------------------------------------------------------------------------------------------------------


@pytest.fixture
def page(client, ministry):
    client.force_login(ministry.htqt)
    return client


def test_a_mechanism_is_typed_in_with_its_parts_and_documents_and_changed(page, ministry):
    law = Instrument.objects.get(symbol="1439/QĐ-BNV")
    typed = {
        "name_vi": " Hợp tác ASEAN về các vấn đề công vụ ", "short_name": "ACCSM", "kind": "regional", "is_active": "on",
        **blank_rows("vai-tro", 2), **blank_rows("van-ban", 1),
        "vai-tro-0-part": "rotating_chair", "vai-tro-0-session_number": "21", "vai-tro-0-since": "4/2021",
        "vai-tro-0-unit": ministry.unit("HTQT").pk, "vai-tro-1-part": "",
        "van-ban-0-instrument": law.pk, "van-ban-0-relation": "carries_out", "van-ban-0-about": "Tuyên bố ASEAN",
    }  # fmt: skip
    answer = page.post(f"{ROOT}them/", typed)
    mechanism = Mechanism.objects.get()
    assert answer.url == mechanism.get_absolute_url()
    role = mechanism.roles.get()
    assert (role.since, role.since_precision, role.session_number) == (dt.date(2021, 4, 1), DatePrecision.MONTH, 21)
    shown = page.get(answer.url).content.decode()
    for text in ("Hợp tác ASEAN về các vấn đề công vụ", "Chủ tịch luân phiên, lần 21", "tháng 4/2021", "1439/QĐ-BNV"):
        assert text in shown
    assert mechanism.get_absolute_url() in page.get(law.get_absolute_url()).content.decode()
    changed = typed | blank_rows("vai-tro", 1, 1) | blank_rows("van-ban", 1, 1)
    changed |= {
        "vai-tro-0-id": role.pk,
        "vai-tro-0-until": "2022",
        "van-ban-0-id": mechanism.laws.get().pk,
        "van-ban-0-DELETE": "on",
    }
    assert page.post(f"{answer.url}sua/", changed).status_code == 302
    assert mechanism.roles.get().pk == role.pk
    assert mechanism.roles.get().until == dt.date(2022, 1, 1)
    assert not mechanism.laws.exists()


def test_what_is_wrong_is_said_and_nothing_typed_is_lost_or_half_saved(page, ministry):
    typed = {"name_vi": "ASEM", "kind": "interregional", **blank_rows("vai-tro", 1), **blank_rows("van-ban")}
    typed |= {"vai-tro-0-part": "member", "vai-tro-0-since": "2015", "vai-tro-0-until": "2014", "content": "Á – Âu"}
    answer = page.post(f"{ROOT}them/", typed)
    assert answer.status_code == 200
    assert "Á – Âu" in answer.content.decode()
    assert answer.context["role_rows"].errors[0]["until"]
    for wrong in ({"vai-tro-0-since": "hôm qua"}, {"vai-tro-0-unit": "999999"}, {"since_year": "67"}, {"kind": "x"}):
        assert page.post(f"{ROOT}them/", typed | {"vai-tro-0-until": ""} | wrong).status_code == 200
    assert page.post(f"{ROOT}them/", {"name_vi": "ASEM"}).status_code == 200
    assert not Mechanism.objects.exists()
    assert page.get(f"{ROOT}them/?thuoc=abc").status_code == 200


def test_sessions_are_typed_in_and_the_guard_speaks_on_the_page(page, ministry):
    series = series_in(ministry, made(ministry))
    add = f"{ROOT}chuoi-hop/{series.pk}/them-phien/"
    typed = {"number": "5", "when": "28/3/2032", "format": "online", "part": "attend", "status": "held"}
    refused = page.post(add, typed)
    assert "chưa diễn ra" in refused.content.decode()
    assert 'value="28/3/2032"' in refused.content.decode()
    assert page.post(add, typed | {"status": "planned", "file": "ĐR-1999-0001"}).context["form"].errors["file"]
    assert page.post(add, typed | {"status": "planned"}).status_code == 302
    session = MeetingSession.objects.get()
    assert page.post(f"{ROOT}phien-hop/{session.pk}/sua/", typed | {"when": "3/2022"}).status_code == 302
    session.refresh_from_db()
    assert (session.status, session.precision, session.last_on) == ("held", "month", dt.date(2022, 3, 31))
    assert page.post(f"{ROOT}phien-hop/{session.pk}/bo/").status_code == 302
    assert not MeetingSession.objects.exists()


def test_pages_offer_only_what_the_reader_may_do(client, ministry):
    asean = made(ministry)
    series = series_in(ministry, asean, unit=ministry.unit("VTLT"))
    session = held(ministry, series, "2020")
    doors = {
        f"{ROOT}them/": (200, 403, 403),
        f"{ROOT}{asean.pk}/sua/": (200, 403, 403),
        f"{ROOT}{asean.pk}/them-chuoi-hop/": (200, 403, 403),
        f"{ROOT}chuoi-hop/{series.pk}/sua/": (200, 403, 403),
        f"{ROOT}chuoi-hop/{series.pk}/them-phien/": (200, 200, 403),
        f"{ROOT}phien-hop/{session.pk}/sua/": (200, 200, 403),
    }
    for column, person in enumerate((ministry.htqt, ministry.luutru, ministry.chuyenvien)):
        client.force_login(person)
        shown = client.get(asean.get_absolute_url()).content.decode()
        for door, codes in doors.items():
            assert client.get(door).status_code == codes[column], (person, door)
            if "co-che/them/" not in door:
                assert (door in shown) is (codes[column] == 200), (person, door)
    assert client.post(f"{ROOT}phien-hop/{session.pk}/bo/").status_code == 403
    assert MeetingSession.objects.exists()


def test_the_file_of_a_session_is_named_only_to_who_may_read_it(client, ministry):
    from delegations.services import create_trip

    trip = create_trip("Dự phiên họp", ministry.unit("CSDP"), actor=ministry.chuyenvien)
    series = series_in(ministry, made(ministry))
    held(ministry, series, "2020", case=trip.case)
    for person, sees in ((ministry.chuyenvien, True), (ministry.luutru, False)):
        client.force_login(person)
        assert (trip.case.number in client.get(series.mechanism.get_absolute_url()).content.decode()) is sees


@pytest.mark.parametrize("count", [1, 3])
def test_lists_and_pages_cost_the_same_for_one_and_many(page, ministry, count):
    partner = PartnerFactory()
    top = made(ministry, "ASEAN", partner=partner)
    for number in range(count):
        below = made(ministry, f"Cơ quan {number}", top)
        update_mechanism(
            below, actor=ministry.htqt, fields={},
            roles=[{"part": "member", "unit": ministry.unit("HTQT"), "since": None, "until": None}],
        )  # fmt: skip
        series = series_in(ministry, top, f"Chuỗi {number}", unit=ministry.unit("VTLT"))
        for session in range(1, count + 1):
            held(ministry, series, f"1/{session}/2021", session)
        held(ministry, series, f"1/1/{timezone.localdate().year + 1}", 50, status=SessionStatus.PLANNED)
    page.get(ROOT)
    counted = []
    for url in (ROOT, f"{ROOT}phien-hop/", top.get_absolute_url()):
        with CaptureQueriesContext(connection) as queries:
            assert page.get(url).status_code == 200
        counted.append(len(queries))
    assert counted == [11, 8, 13]
    with CaptureQueriesContext(connection) as queries:
        assert mechanisms_of_partner(partner, ministry.htqt)["count"] == 1
    assert len(queries) <= 3


def test_the_register_finds_filters_and_exports(page, ministry):
    asean = made(ministry, short_name="ASEAN")
    accsm = made(ministry, "ACCSM", asean)
    held(ministry, series_in(ministry, accsm, "Cuộc họp đầu mối"), "22/11/2021", place="Hà Nội")
    held(
        ministry, series_in(ministry, made(ministry, "APEC"), "Diễn đàn"), "tháng 2/2022", status=SessionStatus.PLANNED
    )

    def found(**query):
        return [str(row.series) for row in page.get(f"{ROOT}phien-hop/", query).context["page_obj"]]

    assert found() == ["Diễn đàn", "Cuộc họp đầu mối"]
    assert found(sap_xep="ngay") == ["Cuộc họp đầu mối", "Diễn đàn"]
    assert found(q="dau moi ha noi") == ["Cuộc họp đầu mối"]
    assert found(co_che=asean.pk) == ["Cuộc họp đầu mối"]
    assert found(nam=2022, luu_y="can_doi_chieu") == ["Diễn đàn"]
    assert found(luu_y="sap_toi") == []
    assert found(co_che="x", nam="y", trang_thai="z", trang="-1") == ["Diễn đàn", "Cuộc họp đầu mối"]
    exported = page.get(f"{ROOT}phien-hop/", {"xuat": "csv"}).content.decode("utf-8-sig")
    assert "tháng 2/2022" in exported
    assert page.get(ROOT, {"xuat": "xlsx"}).status_code == 200
    unit = ministry.unit("VTLT").pk
    assert page.get(ROOT, {"don_vi": unit, "loai": "regional"}).status_code == 200
