"""The pages of route rules and the test screen: who gets in, what is typed and kept, what they cost."""

from __future__ import annotations

import datetime as dt

import pytest
from django.utils import timezone

from intlcoop.workflow import route_rules
from intlcoop.workflow.choices import RuleRole
from intlcoop.workflow.models import RouteRule
from tests.delegations import factories as f
from tests.intlcoop.workflow import routes

pytestmark = pytest.mark.django_db
LIST, TRIAL = "/quan-tri/quy-trinh/", "/quan-tri/thu-quy-dinh/"


@pytest.fixture
def held():
    return RouteRule.objects.get(code="outbound-planned")


@pytest.fixture
def draft(ministry, held):
    return route_rules.draft_version(held, actor=ministry.quantri)


def of(rule, tail=""):
    return f"{LIST}{rule.pk}/{tail}"


def test_everybody_reads_the_rules_and_only_those_who_test_see_drafts(go, draft, held):
    for name in ("chuyenvien", "thutruong", "kiemtoan", "quantri"):
        page = go(name).get(LIST)
        assert held.title in page.text
        assert go(name).get(of(held)).status_code == 200
        assert go(name).get(of(draft)).status_code == (200 if name in ("kiemtoan", "quantri") else 404)
    assert "Soạn phiên bản mới" not in go("kiemtoan").get(of(held)).text
    assert "Soạn phiên bản mới" in go("vutruong").get(of(held)).text


@pytest.mark.parametrize("tail", ["sua/", "ban-hanh/"])
def test_strangers_to_the_task_get_403_with_a_sentence(go, draft, tail):
    answer = go("htqt").get(of(draft, tail))
    assert answer.status_code == 403
    assert "quản trị viên và lãnh đạo Vụ Hợp tác quốc tế" in answer.text


@pytest.mark.parametrize("tail", ["phien-ban-moi/", "bo-ban-thao/", "rut-lai/"])
def test_a_post_of_a_stranger_changes_nothing(go, draft, tail):
    assert go("htqt").post(of(draft, tail)).status_code == 403
    assert RouteRule.objects.get(pk=draft.pk).is_draft


def typed_steps(*steps, **fields):
    data = {
        "title": "Đoàn ra đặc thù", "role": "route", "priority": "60", "is_enabled": "on", "instrument": "",
        "citation": "Quy chế, Điều 5", "dk_mode": ["led"], "dk_plan_level": ["pm", "ministry"],
        "buoc-TOTAL_FORMS": str(len(steps)), "buoc-INITIAL_FORMS": "0", "buoc-MIN_NUM_FORMS": "0",
        "buoc-MAX_NUM_FORMS": "40", **fields,
    }  # fmt: skip
    for number, step in enumerate(steps):
        data |= {f"buoc-{number}-{name}": value for name, value in step.items()}
    return data


STEPS = (
    {"order": "1", "kind": "endorse", "office": "unit_head", "due_working_days": "2"},
    {"order": "2", "kind": "approve", "office": "minister", "binds": ["people", "money"]},
    {"order": "3", "kind": "draft_decision", "office": "org_personnel"},
    {"order": "4", "kind": "sign", "office": "minister"},
    {"order": "5", "kind": "issue", "office": "clerk"},
)


def test_a_draft_is_written_by_checkboxes_and_rows_and_put_in_force_from_tomorrow(go, draft):
    client = go("quantri")
    answer = client.post(of(draft, "sua/"), typed_steps(*STEPS))
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert draft.conditions == {"mode": ["led"], "plan_level": ["pm", "ministry"]}
    assert [(step.order, step.office, step.binds) for step in draft.steps.all()][1] == (
        2,
        "minister",
        ["people", "money"],
    )
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    answer = client.post(of(draft, "ban-hanh/"), {"valid_from": f"{tomorrow:%d/%m/%Y}", "reason": "Quy chế mới"})
    assert answer.status_code == 302
    draft.refresh_from_db()
    assert not draft.is_draft
    page = client.get(of(draft)).text
    assert "Quy chế mới" in page
    assert "chưa có hiệu lực" in page


def test_every_box_of_a_fact_ticked_is_no_condition(go, draft):
    go("quantri").post(of(draft, "sua/"), typed_steps(*STEPS, dk_mode=["led", "accompanying"]))
    draft.refresh_from_db()
    assert "mode" not in draft.conditions


@pytest.mark.parametrize(
    ("step", "says"),
    [
        ({"order": "0", "kind": "approve", "office": "minister"}, "1"),
        ({"order": "hai", "kind": "approve", "office": "minister"}, "số"),
        ({"order": "1", "kind": "phep_thuat", "office": "minister"}, "phep_thuat"),
        ({"order": "1", "kind": "approve", "office": "vua"}, "vua"),
        ({"order": "1", "kind": "approve", "office": "minister", "due_working_days": "-3"}, "1"),
    ],
)
def test_rows_that_make_no_sense_are_kept_and_explained(go, draft, step, says):
    before = route_rules.fingerprint(RouteRule.objects.get(pk=draft.pk))
    answer = go("quantri").post(of(draft, "sua/"), typed_steps(step))
    assert answer.status_code == 200
    assert says in answer.text
    assert "Đoàn ra đặc thù" in answer.text
    assert route_rules.fingerprint(RouteRule.objects.get(pk=draft.pk)) == before


def test_an_old_page_of_a_draft_gets_409(go, draft, ministry):
    seen = route_rules.fingerprint(RouteRule.objects.get(pk=draft.pk))
    route_rules.save_draft(draft, {"title": "Người khác sửa"}, [], actor=ministry.vutruong, seen=seen)
    answer = go("quantri").post(of(draft, "sua/"), typed_steps(*STEPS, seen=seen))
    assert answer.status_code == 409
    assert "Người khác sửa" in answer.text
    assert RouteRule.objects.get(pk=draft.pk).title == "Người khác sửa"


def test_what_stands_in_the_way_is_said_on_the_draft_and_when_it_is_put_in_force(go, draft):
    client = go("quantri")
    client.post(of(draft, "sua/"), typed_steps(STEPS[0]))
    assert "chưa có người phê duyệt" in client.get(of(draft)).text
    tomorrow = timezone.localdate() + dt.timedelta(days=1)
    answer = client.post(of(draft, "ban-hanh/"), {"valid_from": f"{tomorrow:%d/%m/%Y}", "reason": "Thử"})
    assert answer.status_code == 200
    assert "chưa có người phê duyệt" in answer.text


def test_a_new_rule_and_switching_and_taking_back_and_throwing_away(go):
    client = go("quantri")
    answer = client.post(f"{LIST}moi/", {"kind": "outbound", "title": "Thêm ý kiến pháp chế", "role": "addition"})
    made = RouteRule.objects.get(title="Thêm ý kiến pháp chế")
    assert answer.url == of(made, "sua/")
    assert made.role == RuleRole.ADDITION
    client.post(of(made, "bo-ban-thao/"))
    assert not RouteRule.objects.filter(pk=made.pk).exists()
    party = RouteRule.objects.get(code="outbound-party-opinion")
    later = timezone.localdate() + dt.timedelta(days=7)
    client.post(of(party, "bat-tat/"), {"valid_from": f"{later:%d/%m/%Y}", "reason": "Đã đối chiếu"})
    on = RouteRule.objects.get(code="outbound-party-opinion", version=2)
    assert on.is_enabled
    client.post(of(on, "rut-lai/"))
    on.refresh_from_db()
    assert on.is_draft


def test_the_list_costs_the_same_for_one_rule_more_and_many(go, django_assert_num_queries):
    client = go("quantri")
    client.get(LIST)  # what a process remembers is asked once
    for count in (1, 3):
        for number in range(count):
            routes.rule(f"them-{count}-{number}", ((2, "opinion", "legal"),), role=RuleRole.ADDITION)
        with django_assert_num_queries(LIST_QUERIES):
            client.get(LIST)


def test_a_rule_costs_the_same_with_one_step_and_many(go, django_assert_num_queries):
    client = go("quantri")
    one, many = routes.rule("it", ((1, "approve", "minister"),)), routes.rule("nhieu")
    client.get(of(one))
    for rule in (one, many):
        with django_assert_num_queries(RULE_QUERIES):
            client.get(of(rule))


LIST_QUERIES = 7
RULE_QUERIES = 11


def test_the_trial_page_is_for_those_who_test(go):
    for name, status in (("quantri", 200), ("htqt", 200), ("kiemtoan", 200), ("chuyenvien", 403), ("thutruong", 403)):
        assert go(name).get(TRIAL).status_code == status, name


def test_a_change_is_shown_side_by_side_and_nothing_stays(go, ministry, draft):
    case = f.submit(f.trip(ministry), ministry)
    rows = list(RouteRule.objects.order_by("pk").values_list())
    draft.steps.filter(kind="approve").update(office="minister")
    data = {"number": "ĐR" + case.number[2:], "on": f"{timezone.localdate():%d/%m/%Y}", "draft": str(draft.pk)}
    page = go("quantri").post(TRIAL, data).text
    assert "Sau khi thay đổi" in page
    assert ">khác<" in page.replace("\n", "") or "khác" in page
    assert list(RouteRule.objects.order_by("pk").values_list()) == rows


def test_a_made_up_file_is_tried_without_a_number(go):
    data = {"number": "", "on": f"{timezone.localdate():%d/%m/%Y}", "gia_dinh_head_rank": "deputy_minister"}
    page = go("htqt").post(TRIAL, data).text
    assert "Xin phép Thủ tướng Chính phủ" in page
    assert "Trước khi" not in page


@pytest.mark.parametrize(
    ("sent", "says"),
    [
        ({"number": "ĐR-1999-0001"}, "Không tìm thấy hồ sơ"),
        ({"on": "31/02/2026"}, "không phải"),
        ({"parameter": "outbound.max_days"}, "Nhập giá trị"),
        ({"parameter": "outbound.max_days", "value": "-1"}, "0"),
        ({"parameter": "khong.co", "value": "1"}, "khong.co"),
        ({"draft": "999999999999"}, ""),
        ({"gia_dinh_mode": "bay"}, "bay"),
    ],
)
def test_bad_input_is_explained(go, sent, says):
    answer = go("quantri").post(TRIAL, {"on": f"{timezone.localdate():%d/%m/%Y}", **sent})
    assert answer.status_code == 200
    assert says in answer.text
    assert "ket-qua" not in answer.text


def test_a_draft_file_shows_the_route_to_come_with_rule_law_and_people(go, ministry):
    made = f.trip(ministry)
    page = go("chuyenvien").get(made.get_absolute_url()).text
    assert "Quy trình dự kiến" in page
    assert "Đoàn ra trong kế hoạch, do người khác làm Trưởng đoàn" in page
    assert "Đoàn ra theo kế hoạch đã được phê duyệt" in page
    assert ministry.botruong.full_name in page


def test_a_draft_file_names_the_office_that_nobody_holds(go, ministry):
    made = f.trip(ministry)
    ministry.vanthu.appointments.all().delete()
    from intlcoop.people.models import Appointment

    Appointment.objects.filter(role="clerk").delete()
    assert "Chưa có người đảm nhiệm “Văn thư”" in go("chuyenvien").get(made.get_absolute_url()).text
