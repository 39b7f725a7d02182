"""The guided merger by its pages: said, previewed, recorded, read, taken back; and what passes on (U002-03)."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import transaction
from django.urls import reverse
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from agreements.models import AgreementDuty, DutyRule
from agreements.services import create_partner
from delegations.choices import Mode, Purpose
from delegations.queries.planning_people import units_asked
from delegations.services.importing import PastMember, PastTrip, add_past_trips
from intlcoop.catalogues.models import Country
from intlcoop.documents.registry import file_url
from intlcoop.notifications.models import Notice
from intlcoop.operations.demo import university
from intlcoop.people.choices import Rank, Role
from intlcoop.people.heirs import holdings_of
from intlcoop.people.models import OrgUnit, UnitChange, User
from intlcoop.people.reorganising import Decision, merge_units
from intlcoop.workflow.choices import Outcome
from intlcoop.workflow.deciding import decide
from intlcoop.workflow.models import Case, Step
from reports.choices import Window
from reports.queries.rows import gather
from reports.queries.windows import Period
from reports.services import freeze, order_report
from tests.agreements.conftest import go as go
from tests.agreements.signing import in_force
from tests.delegations.factories import submit, trip
from tests.intlcoop.people.factories import AppointmentFactory, OrgUnitFactory, UserFactory
from tests.intlcoop.workflow.steps import upload

pytestmark = pytest.mark.django_db

TODAY = timezone.localdate()
SOON = TODAY + dt.timedelta(days=20)


def day(value):
    return value.strftime("%d/%m/%Y")


def said(into, on=TODAY, **more):
    return {
        "into": into.pk if into else "", "on": day(on), "number": "15/QĐ-BDP", "decided_on": day(TODAY), "issuer": "", "note": "",
    } | more  # fmt: skip


@pytest.fixture
def academy(ministry):
    return OrgUnitFactory(code="HV", name_vi="Học viện Hành chính", parent=ministry.unit("BDP"))


def merge(client, unit, into, **more):
    url = reverse("operations:unit_merge", args=[unit.pk])
    return client.post(url, said(into, **more) | {"ghi_nhan": "1"})


def counts(unit, user, on=TODAY):
    return {estate.key: count for estate, count in holdings_of(unit, user, on)}


def test_after_the_merger_the_academy_shows_53_partners_and_23_memoranda(go, ministry, academy):
    university.build(ministry.people)
    school, icd = ministry.unit("DHPT"), ministry.htqt
    assert counts(academy, icd)["partners"] == counts(academy, icd)["agreements"] == 0
    client = go("quantri")
    seen = client.post(reverse("operations:unit_merge", args=[school.pk]), said(academy))
    assert "<strong>53</strong>" in seen.content.decode()
    assert "<strong>23</strong>" in seen.content.decode()
    assert not UnitChange.objects.exists()
    assert ministry.unit("DHPT").merged_into is None
    done = merge(client, school, academy)
    change = UnitChange.objects.get()
    assert done.url == change.get_absolute_url()
    assert {key: counts(academy, icd)[key] for key in ("partners", "agreements")} == {"partners": 53, "agreements": 23}
    page = client.get(academy.get_absolute_url()).content.decode()
    assert "53" in page
    assert "Học viện Hành chính" in page
    listed = client.get(reverse("agreements:agreements"), {"don_vi": academy.pk}).content.decode()
    assert "của Trường (minh họa)" in listed
    agreement = Case.objects.filter(kind="agreement", unit=school).first()
    paper = client.get(reverse("agreements:agreement", args=[agreement.number])).content.decode()
    assert "Kế thừa" in paper
    assert "15/QĐ-BDP" in paper
    heads = {row.recipient.username for row in Notice.objects.filter(event_key=f"unit-change-{change.pk}-done")}
    assert heads == {"hieutruong", "vutruong"}


def test_the_agreements_under_the_law_get_their_duties_by_the_rules_of_the_day(go, ministry, academy):
    made = in_force(ministry)
    unit = made.case.unit
    client = go("quantri")
    merge(client, unit, academy, on=SOON)
    rules = DutyRule.objects.on(SOON).filter(cause="reorganised")
    owed = AgreementDuty.objects.filter(case=made.case, counted_from=SOON)
    assert set(owed.values_list("code", flat=True)) == set(rules.values_list("code", flat=True))
    assert all("177/2025" in duty.citation for duty in owed)
    assert owed
    change = UnitChange.objects.get()
    assert made.case.number in client.get(change.get_absolute_url()).content.decode()
    answer = client.post(reverse("operations:unit_change_undo", args=[change.pk]), follow=True).content.decode()
    assert "mọi thứ trở lại như trước" in answer
    assert not owed.all().exists()
    assert OrgUnit.objects.get(pk=unit.pk).merged_into is None
    assert "đã hoàn tác" in client.get(change.get_absolute_url()).content.decode()


def test_before_the_decree_no_duty_is_written_and_it_is_not_cited(ministry, academy):
    from intlcoop.operations.reorganising import acts

    assert acts.basis_on(dt.date(2025, 6, 30)) == []
    assert [found.symbol for found in acts.basis_on(dt.date(2025, 7, 1))] == ["177/2025/NĐ-CP"]


def test_an_open_file_waits_for_the_head_of_the_successor(go, ministry, academy):
    made = trip(ministry)
    case = submit(made, ministry)
    step = Step.objects.open().get(case=case)
    assert step.office == "unit_head"
    head = ministry.lanhdaodonvi.appointments.get()
    form = said(academy) | {"ghi_nhan": "1", f"vai_tro_{head.pk}": Role.HEAD}
    go("quantri").post(reverse("operations:unit_merge", args=[case.unit_id]), form)
    assert ministry.lanhdaodonvi.appointments.get(unit=academy).role == Role.HEAD
    decide(Step.objects.get(pk=step.pk), Outcome.AGREE, actor=ministry.lanhdaodonvi)
    assert Step.objects.get(pk=step.pk).state != "open"


def test_last_year_still_names_the_university(go, ministry, academy):
    """A report on the year before, made before or after the merger, names the unit of its days; the lists of today find it."""
    school, last = ministry.unit("DHPT"), TODAY.year - 1
    row = PastTrip(
        line=1, title="Trao đổi học thuật", unit=school, departs_on=dt.date(last, 5, 4), returns_on=dt.date(last, 5, 8),
        mode=Mode.LED, purpose=Purpose.STUDY, purpose_text="Trao đổi học thuật.",
        members=(PastMember(full_name="Lê Thu Cúc", post="Chuyên viên", rank=Rank.OFFICIAL),),
        places=((Country.objects.get(iso2="LA"), ""),),
    )  # fmt: skip
    add_past_trips([row], source="sổ theo dõi", actor=ministry.quantri)
    period = Period(last, Window.CALENDAR, dt.date(last, 1, 1), dt.date(last, 12, 31))
    report = order_report(last, actor=ministry.htqt)
    frozen = freeze(report).rows
    client = go("quantri")
    merge(client, school, academy)
    names = [line["unit"]["name"] for line in gather(period, TODAY)]
    assert names == [school.name_vi]
    assert school.name_vi in str(frozen)
    assert freeze(report).rows == frozen
    listed = client.get(reverse("delegations:trips"), {"don_vi": academy.pk}).content.decode()
    assert "Trao đổi học thuật" in listed


@settings(max_examples=5, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.tuples(st.integers(0, 3), st.integers(0, 3)), min_size=1, max_size=4))
def test_after_any_mergers_a_file_is_seen_by_the_unit_that_carries_on_and_by_no_other(pairs):
    """Whatever is merged into what, in whatever order: exactly the people of the last heir read the draft of a unit."""
    with transaction.atomic():
        root = OrgUnitFactory(unit_type="ministry")
        units = [OrgUnitFactory(parent=root) for _number in range(4)]
        staff = [AppointmentFactory(unit=unit, role=Role.OFFICER).person for unit in units]
        filer = UserFactory()
        cases = [
            Case.objects.create(
                kind="outbound", number=f"DR-1999-{n:04d}", title="x", unit=unit, created_by=filer, state="planned"
            )
            for n, unit in enumerate(units)
        ]  # fmt: skip
        # Nobody is carried over by hand, so that only who already works in the last heir may read on.
        heir = list(range(4))
        for gone, into in pairs:
            decision = Decision(on=TODAY, number="1", decided_on=TODAY)
            roles = dict.fromkeys(staff[gone].appointments.values_list("pk", flat=True), "")
            try:
                merge_units([units[gone]], units[into], decision=decision, roles=roles, actor=None)
            except ValidationError:
                continue
            units = [OrgUnit.objects.get(pk=unit.pk) for unit in units]
            heir = [into if last == gone else last for last in heir]
        for number, case in enumerate(cases):
            seen = {
                reader for reader, person in enumerate(staff)
                if Case.objects.visible_to(User.objects.get(pk=person.pk)).filter(pk=case.pk).exists()
            }  # fmt: skip
            assert seen == {heir[number]}
        transaction.set_rollback(True)


@pytest.mark.parametrize(
    ("more", "sentence"),
    [
        ({"into": ""}, "Hãy chọn đơn vị kế thừa"),
        ({"name_vi": "Học viện khác"}, "để trống một trong hai"),
        ({"on": ""}, "bắt buộc"),
        ({"decided_on": day(TODAY + dt.timedelta(days=3))}, "trong tương lai"),
        ({"on": day(TODAY - dt.timedelta(days=9))}, "trước khi"),
        ({"into": "", "name_vi": "Học viện khác"}, "phải có tên và mã"),
    ],
)
def test_what_is_missing_or_wrong_is_said_beside_the_field(go, ministry, academy, more, sentence):
    answer = go("quantri").post(reverse("operations:unit_merge", args=[ministry.unit("DHPT").pk]), said(academy) | more)
    assert answer.status_code == 200
    assert sentence in answer.content.decode()
    assert not UnitChange.objects.exists()


def test_an_ended_unit_is_refused_on_its_page(go, ministry, academy):
    client, school = go("quantri"), ministry.unit("DHPT")
    merge(client, school, academy)
    again = merge(client, school, ministry.unit("CSDP"), on=SOON)
    assert "đang tồn tại" in again.content.decode()
    assert UnitChange.objects.count() == 1


def test_a_unit_gets_a_new_name_by_the_page(go, ministry):
    unit = ministry.unit("CSDP")
    form = said(None) | {"name_vi": "Vụ Chính quyền địa phương", "code": "CQDP"}
    url = reverse("operations:unit_rename", args=[unit.pk])
    client = go("quantri")
    assert "Vụ Chính quyền địa phương" in client.post(url, form).content.decode()
    assert not OrgUnit.objects.filter(code="CQDP").exists()
    client.post(url, form | {"ghi_nhan": "1"})
    assert OrgUnit.objects.get(code="CQDP").merged_from.get() == unit


def test_a_division_asks_for_every_partner_and_every_open_file(go, ministry, academy):
    made = trip(ministry)
    case = submit(made, ministry)
    unit, archives = case.unit, ministry.unit("VTLT")
    partners = [
        create_partner(name_vi=f"Viện {name}", kind="university", actor=ministry.htqt, units=[{"unit": unit}])
        for name in ("Một", "Hai")
    ]
    one, two = (partner.units.get() for partner in partners)
    url = reverse("operations:unit_split", args=[unit.pk])
    form = said(None) | {"first": academy.pk, "heirs": [archives.pk]}
    seen = go("quantri").post(url, form).content.decode()
    assert all(text in seen for text in ("Viện Một", "Viện Hai", case.title, ministry.chuyenvien.full_name))
    assert Case.objects.get(pk=case.pk).unit == unit
    staff = ministry.chuyenvien.appointments.get()
    chosen = {f"f{case.pk}": archives.pk, f"p{two.pk}": archives.pk, f"vai_tro_{staff.pk}": f"{archives.pk}:officer"}
    go("quantri").post(url, form | chosen | {"ghi_nhan": "1"})
    change = UnitChange.objects.get()
    assert Case.objects.get(pk=case.pk).unit == archives
    assert set(Step.objects.current().filter(case=case).values_list("unit", flat=True)) == {archives.pk}
    assert (partners[0].units.get().unit, partners[1].units.get().unit) == (unit, archives)
    assert counts(academy, ministry.htqt)["partners"] == counts(archives, ministry.htqt)["partners"] == 1
    assert ministry.chuyenvien.appointments.get(unit=archives).valid_from == TODAY
    assert not ministry.chuyenvien.appointments.filter(unit=academy).exists()
    assert one.unit == unit
    assert change.kind == "split"


def test_what_a_division_lacks_is_said(go, ministry, academy):
    url = reverse("operations:unit_split", args=[ministry.unit("CSDP").pk])
    client = go("quantri")
    same = client.post(url, said(None) | {"first": academy.pk, "heirs": [academy.pk]}).content.decode()
    assert "Không chọn lại" in same
    heirs = {"first": academy.pk, "heirs": [ministry.unit("VTLT").pk]}
    assert "từ ngày có hiệu lực trở đi" in client.post(url, said(None, on=SOON) | heirs).content.decode()
    assert not UnitChange.objects.exists()


def test_the_scan_of_the_decision_is_kept_with_the_change(go, ministry, academy, settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path
    client, url = go("quantri"), reverse("operations:unit_merge", args=[ministry.unit("DHPT").pk])
    form = said(academy) | {"ghi_nhan": "1"}
    paper = {"scan": SimpleUploadedFile("quyet-dinh.txt", b"khong phai quyet dinh")}
    refusal = client.post(url, form | paper)
    assert refusal.status_code == 200
    assert not UnitChange.objects.exists()
    paper = {"scan": upload(name="quyet-dinh.pdf"), "no_secret_declared": "on"}
    client.post(url, form | paper)
    change = UnitChange.objects.get()
    assert "quyet-dinh.pdf" in client.get(change.get_absolute_url()).content.decode()
    scan = change.scans.get()
    assert go("truonghoc").get(file_url("sap-xep", scan)).status_code == 200


def test_who_is_no_administrator_reorganises_nothing_but_reads_what_became_of_it(go, ministry, academy):
    school = ministry.unit("DHPT")
    assert merge(go("vutruong"), school, academy).status_code == 403
    merge(go("quantri"), school, academy, on=SOON)
    change = UnitChange.objects.get()
    assert school in units_asked()
    client = go("truonghoc")
    assert "chưa có hiệu lực" in client.get(change.get_absolute_url()).content.decode()
    assert client.post(reverse("operations:unit_change_undo", args=[change.pk])).status_code == 403
    assert client.get(reverse("operations:unit_changes")).status_code == 403


@pytest.mark.parametrize("number", [1, 3])
def test_the_pages_cost_the_same_however_many_there_are(go, ministry, academy, number, django_assert_num_queries):
    client = go("quantri")
    for unit in ("DHPT", "VTLT", "CSDP")[:number]:
        create_partner(
            name_vi=f"Viện {unit}", kind="university", actor=ministry.htqt, units=[{"unit": ministry.unit(unit)}]
        )
        merge(client, ministry.unit(unit), academy)
    client.get(reverse("operations:unit_changes"))
    with django_assert_num_queries(LIST_QUERIES):
        client.get(reverse("operations:unit_changes"))
    with django_assert_num_queries(UNIT_QUERIES):
        client.get(academy.get_absolute_url())


LIST_QUERIES, UNIT_QUERIES = 7, 16
