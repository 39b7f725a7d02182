"""The pages of a change: ask, write, submit, decide, read; the same for whoever may not."""

from __future__ import annotations

import re
import zipfile
from io import BytesIO

import pytest
from django.urls import reverse

from delegations.choices import ChangeKind, OutboundState, SettlementReason
from delegations.models import InternationalEvent, TripChange
from delegations.reference import trip_changes
from delegations.services import create_online_event
from intlcoop.operations.demo.drafting import draft_decision
from intlcoop.workflow.choices import StepKind
from intlcoop.workflow.facts import combinations, facts_of
from intlcoop.workflow.models import Case
from intlcoop.workflow.papers import current_paper
from intlcoop.workflow.routing import matches, plan
from tests.delegations import changing as c
from tests.delegations import factories as f

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry(db, built):
    return built


@pytest.fixture
def trip(db, decided):
    return c.again(decided)


def address(name, thing, *more):
    return reverse(f"delegations:{name}", args=[thing.case.number, *more])


def text(response):
    return response.content.decode()


# --- asking ---------------------------------------------------------------------------------------------------------


def test_from_the_page_of_the_trip_to_a_submitted_request(go, ministry, trip):
    client = go("chuyenvien")
    assert address("change_new", trip) in text(client.get(trip.get_absolute_url()))
    choices = text(client.get(address("change_new", trip)))
    assert all(f"?viec={kind}" in choices for kind in ChangeKind.values)
    url = f"{address('change_new', trip)}?viec=amend"
    data = {"kind": "amend", "reason_code": "host", "reason": "Bạn mời thêm ngày.", "decision_form": "amending"}
    answer = client.post(url, data)
    change = TripChange.objects.get(delegation=trip)
    assert answer.url == address("edit", change)
    form = text(client.get(answer.url))
    assert trip.purpose_text in form
    page = text(client.get(change.get_absolute_url()))
    assert "Chưa có nội dung nào thay đổi" in page
    c.rewrite(ministry, change, returns_on=c.later(trip))
    page = text(client.get(change.get_absolute_url()))
    assert "<del>" in page
    assert "<ins>" in page
    client.post(reverse("workflow:fire", args=[change.case.number, "submit"]), {})
    assert f.fresh(change.case).state == "in_approval"
    assert "Hồ sơ đang ở:" in text(client.get(change.get_absolute_url()))
    assert change.case.number.replace("DCDR", "ĐCĐR") in text(client.get(trip.get_absolute_url()))


def test_a_second_request_leads_to_the_first(go, ministry, trip):
    change = c.ask(ministry, trip)
    answer = go("lanhdaodonvi").get(address("change_new", trip))
    assert answer.url == change.get_absolute_url()


@pytest.mark.parametrize("account", ["htqt", "quantri", "kiemtoan"])
def test_others_are_not_asked(go, trip, account):
    client = go(account)
    assert address("change_new", trip) not in text(client.get(trip.get_absolute_url()))
    assert client.get(address("change_new", trip)).status_code == 403
    assert client.post(address("change_new", trip), {"kind": "cancel"}).status_code == 403


def test_a_stranger_sees_neither_trip_nor_request(go, ministry, trip):
    change = c.ask(ministry, trip)
    client = go("truonghoc")
    for url in (address("change_new", trip), change.get_absolute_url(), address("change_edit", change),
                address("change_paper", change), address("edit", change)):  # fmt: skip
        assert client.get(url).status_code == 404


ONLINE_ON_NO_DAY = {"kind": "online", "reason_code": "host", "reason": "x", "online_starts_on": "31/02/2026"}
TOO_LONG = {"kind": "amend", "reason": "x" * 3000}


@pytest.mark.parametrize("data", [{}, {"kind": "nonsense"}, TOO_LONG, ONLINE_ON_NO_DAY])
def test_bad_input_opens_nothing_and_keeps_what_was_typed(go, trip, data):
    answer = go("chuyenvien").post(address("change_new", trip), data)
    assert answer.status_code == 200
    assert not TripChange.objects.filter(delegation=trip).exists()
    assert data.get("online_starts_on", "") in text(answer)


def test_a_version_is_written_in_the_form_of_trips_and_only_there(go, ministry, trip):
    change, client = c.ask(ministry, trip), go("chuyenvien")
    assert client.get(address("trip", change)).status_code == 404
    assert client.get(address("edit", change)).status_code == 200
    stopping = TripChange.objects.filter(pk=change.pk)
    stopping.update(kind=ChangeKind.CANCEL)
    assert client.get(address("edit", change)).status_code == 403
    assert client.get(address("change_edit", change)).status_code == 200


def test_the_reason_is_mended_and_an_old_page_overwrites_nothing(go, ministry, trip):
    change, client = c.ask(ministry, trip, ChangeKind.CANCEL), go("chuyenvien")
    url = address("change_edit", change)
    data = {"reason_code": "epidemic", "reason": "Dịch bệnh tại nước bạn.", "version": f.fresh(change.case).version}
    assert client.post(url, data).status_code == 302
    assert TripChange.objects.get(pk=change.pk).reason_code == SettlementReason.EPIDEMIC
    assert client.post(url, data | {"reason": "Khác."}).status_code == 409
    assert TripChange.objects.get(pk=change.pk).reason == "Dịch bệnh tại nước bạn."


# --- deciding and reading ------------------------------------------------------------------------------------------


def test_whoever_decides_sees_old_and_new(go, ministry, trip):
    change = c.rewrite(ministry, c.ask(ministry, trip), returns_on=c.later(trip))
    c.submit(ministry, change)
    step = f.walk_to(change.case, ministry, kind=StepKind.APPROVE)
    page = text(go("thutruong").get(reverse("workflow:step", args=[step.pk])))
    assert "Nội dung đã quyết định và nội dung đề nghị" in page
    assert c.REASON in page
    assert f"{c.later(trip):%d/%m/%Y}" in page


def test_the_page_costs_the_same_with_one_member_and_with_four(go, ministry, trip, django_assert_num_queries):
    client = go("htqt")
    change = c.rewrite(ministry, c.ask(ministry, trip), returns_on=c.later(trip))
    c.submit(ministry, change)
    counts = [queries_of(client, change)]
    parts = {2: "head", 3: "member", 4: "member", 5: "member"}
    more = [f.member(ministry.person(f"chuyenvien{number}"), part) for number, part in parts.items()]
    c.rewrite(ministry, change, members=more)
    counts.append(queries_of(client, change))
    assert counts[0] == counts[1]


def queries_of(client, thing):
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client.get(thing.get_absolute_url())
    with CaptureQueriesContext(connection) as queries:
        client.get(thing.get_absolute_url())
    return len(queries)


def made(ministry, trip, number):
    """Closed requests, as many as asked for."""
    for _each in range(number):
        change = c.ask(ministry, trip, ChangeKind.CANCEL)
        TripChange.objects.filter(pk=change.pk).update(closed_at=change.case.created_at)
        Case.objects.filter(pk=change.case.pk).update(first_submitted_at=change.case.created_at)
        create_online_event(change)


@pytest.mark.parametrize("rows", [1, 3])
def test_the_lists_cost_the_same_with_one_row_and_with_three(go, ministry, trip, rows, django_assert_num_queries):
    made(ministry, trip, rows)
    client = go("htqt")
    client.get(reverse("delegations:changes"))
    with django_assert_num_queries(LIST_QUERIES):
        page = client.get(reverse("delegations:changes"))
    assert text(page).count("ĐCĐR-") >= rows
    with django_assert_num_queries(LIST_QUERIES + 1):  # and whether this person may file an event
        client.get(reverse("delegations:events"))


LIST_QUERIES = 7


ASKED = (
    "?viec=cancel",
    "?ly_do=host&trang_thai=planned",
    "?q=DCDR",
    "?q=kinh nghiem",
    "?xuat=xlsx",
    "?viec=x&sap_xep=y&trang=9",
)


@pytest.mark.parametrize("query", ASKED)
def test_the_list_answers_to_filters_and_search(go, ministry, trip, query):
    c.ask(ministry, trip, ChangeKind.CANCEL)
    answer = go("chuyenvien").get(reverse("delegations:changes") + query)
    assert answer.status_code == 200


def test_an_event_is_written_by_its_unit_and_recorded_as_held(go, ministry, trip):
    change = c.ask(ministry, trip, ChangeKind.ONLINE, online_mechanism="ASEAN")
    event = create_online_event(change)
    client = go("chuyenvien")
    assert "ASEAN" in text(client.get(event.get_absolute_url()))
    days = {"starts_on": "05/12/2026", "ends_on": "04/12/2026"}
    data = {
        "title": "Họp trực tuyến",
        "kind": "conference",
        "role": "attend",
        "format": "online",
        "version": f.fresh(event.case).version,
        **days,
    }
    assert client.post(address("event_edit", event), data).status_code == 200
    assert client.post(address("event_edit", event), data | {"ends_on": "06/12/2026"}).status_code == 302
    assert InternationalEvent.objects.get(pk=event.pk).case.title == "Họp trực tuyến"
    assert client.post(address("event_edit", event), data | {"ends_on": ""}).status_code == 409
    assert go("kiemtoan").get(address("event_edit", event)).status_code == 403
    assert go("truonghoc").get(event.get_absolute_url()).status_code == 404


# --- putting off and calling off before the decision ---------------------------------------------------------------


@pytest.mark.parametrize(
    ("how", "transition", "state"), [("hoan", "postpone", "postponed"), ("huy", "cancel", "cancelled")]
)
def test_stopping_before_the_decision_asks_for_a_kind_of_reason(go, ministry, trip, how, transition, state):
    Case.objects.filter(pk=trip.case.pk).update(state=OutboundState.IN_APPROVAL)
    client, url = go("chuyenvien"), address("stop", trip, how)
    assert url in text(client.get(trip.get_absolute_url()))
    # The common door does not fire it without its kind of reason.
    assert client.post(reverse("workflow:fire", args=[trip.case.number, transition]), {"comment": "x"}).url == url
    assert client.post(url, {"reason": "Phía bạn lùi thời gian."}).status_code == 200
    assert f.fresh(trip.case).state == OutboundState.IN_APPROVAL
    assert client.post(url, {"reason_code": "host", "reason": "Phía bạn lùi thời gian."}).status_code == 302
    fresh = c.again(trip)
    assert (fresh.case.state, fresh.settled_reason) == (state, "host")
    assert go("htqt").get(url).status_code == 403
    assert go("htqt").post(url, {"reason_code": "host", "reason": "x"}).status_code in (403, 409)


def test_an_unknown_way_to_stop_is_no_page(go, trip):
    assert go("chuyenvien").get(address("stop", trip, "xoa")).status_code == 404


# --- papers ---------------------------------------------------------------------------------------------------------


def words(docx):
    with zipfile.ZipFile(BytesIO(docx)) as archive:
        return re.sub(r"<[^>]+>", "", archive.read("word/document.xml").decode())


PAPERS = {
    ChangeKind.AMEND: ("sửa đổi, bổ sung Quyết định số", "giữ nguyên", "Đưa ra khỏi thành phần đoàn"),
    ChangeKind.EXTEND: ("gia hạn thời gian công tác", "thời hạn đã quyết định"),
    ChangeKind.POSTPONE: ("hoãn chuyến công tác", "văn bản khác"),
    ChangeKind.CANCEL: ("bãi bỏ Quyết định số", "nộp lại hộ chiếu"),
    ChangeKind.ONLINE: ("hình thức trực tuyến", "Bãi bỏ"),
}


@pytest.mark.parametrize("kind", PAPERS)
def test_the_new_decision_names_the_old_one(go, ministry, trip, kind):
    change = c.ask(ministry, trip, kind)
    if kind == ChangeKind.AMEND:
        c.rewrite(ministry, change, members=[f.member(ministry.chuyenvien5, "head")])
    elif kind == ChangeKind.EXTEND:
        c.rewrite(ministry, change, returns_on=c.later(trip))
    number = current_paper(trip.case).full_number
    printed = words(go("chuyenvien").get(address("change_paper", change)).content)
    assert number in printed
    assert all(part in printed for part in PAPERS[kind])
    assert "có hiệu lực kể từ ngày ký" in printed


def test_a_replacing_decision_says_so_and_is_drafted_in_its_step(ministry, trip):
    change = c.rewrite(ministry, c.ask(ministry, trip, decision_form="replacing"), returns_on=c.later(trip))
    c.submit(ministry, change)
    step = f.walk_to(change.case, ministry, kind=StepKind.DRAFT_DECISION)
    draft_decision(step.case, ministry.tccb)
    paper = current_paper(change.case)
    printed = words(paper.draft.read())
    assert f"thay thế Quyết định số {current_paper(trip.case).full_number}" in printed
    assert "Cử" in printed
    assert paper.symbol == "QĐ-BDP"


# --- routes ---------------------------------------------------------------------------------------------------------


def route(**facts):
    from delegations.queries import ChangeFacts

    usual = {fact.name: fact.usual for fact in facts_of("trip_change")}
    return [
        (step.kind, step.office) for step in plan("trip_change", ChangeFacts(**(usual | facts)), f.timezone.localdate())
    ]


PM = ("external_permission", "prime_minister")


@pytest.mark.parametrize(
    ("facts", "asks_pm", "approver"),
    [
        ({"head_rank": "deputy_minister", "plan_level": "none", "grows": "yes"}, True, "minister"),
        ({"head_rank": "deputy_minister", "plan_level": "none", "grows": "no"}, False, "minister"),
        ({"head_rank": "deputy_minister", "plan_level": "pm", "grows": "yes"}, False, "minister"),
        ({"head_rank": "minister", "plan_level": "pm", "grows": "yes"}, True, None),
        ({"head_rank": "minister", "plan_level": "pm", "grows": "no"}, False, "deputy_minister"),
        ({"head_rank": "minister", "change": "cancel"}, True, None),
        ({"head_rank": "official", "plan_level": "ministry", "grows": "yes"}, False, "deputy_minister"),
        ({"head_rank": "official", "plan_level": "none", "change": "online"}, False, "minister"),
    ],
)
def test_who_decides_on_a_change(ministry, facts, asks_pm, approver):
    steps = route(**facts)
    assert (PM in steps) == asks_pm
    assert next((office for kind, office in steps if kind == "approve"), None) == approver
    assert [kind for kind, _office in steps][-3:] == ["draft_decision", "sign", "issue"]


def test_a_trip_that_does_not_take_place_spares_the_appraisal_of_its_content(ministry):
    full, spared = route(change="amend", plan_level="ministry"), route(change="cancel", plan_level="ministry")
    assert len(spared) < len(full)
    assert ("opinion", "finance") not in spared


def test_every_change_finds_a_route_and_every_route_a_change(ministry):
    won = set()
    rules = sorted(trip_changes.rules(), key=lambda row: row["priority"])
    for facts in combinations(facts_of("trip_change")):
        won.add(next(row["code"] for row in rules if matches(row["conditions"], facts)))
    assert won == {row["code"] for row in rules}


def test_what_grows_asks_the_prime_minister_again(ministry):
    led = {"head": "thutruong", "head_rank": "deputy_minister"}
    trip = c.decided(ministry, plan_line=None, out_of_plan_reason="Lời mời phát sinh.", **led)
    change = c.rewrite(ministry, c.ask(ministry, trip), expected_result="Thỏa thuận mới.")
    assert PM not in [(step.kind, step.office) for step in plan_of(change)]
    c.rewrite(ministry, change, returns_on=c.later(trip, 3))
    assert PM in [(step.kind, step.office) for step in plan_of(change)]


def plan_of(change):
    from intlcoop.workflow.routing import plan_for

    return plan_for(f.fresh(change.case), f.timezone.localdate())
