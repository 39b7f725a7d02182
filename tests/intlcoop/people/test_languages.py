"""Languages of the staff: who writes them down and reads them, who speaks what a visit needs, how many want training."""

from __future__ import annotations

import datetime as dt

import pytest
from django.core.exceptions import PermissionDenied, ValidationError
from django.utils import timezone

from intlcoop.people.languages import figures, key_of, keys_in, remove_language, save_language, speakers_of
from intlcoop.people.models import Appointment, StaffLanguage
from tests.intlcoop.people.factories import build_ministry

LIST = "/quan-tri/ngoai-ngu/"


@pytest.fixture
def ministry(db):
    return build_ministry()


def speaks(person, name="Tiếng Lào", **fields) -> StaffLanguage:
    return save_language(None, person=person, actor=None, name=name, **fields)


@pytest.mark.parametrize("text", ["Tiếng Lào", "tiếng lào", "  Lào ", "TIENG LAO", "Tiếng Lào (phía Nam)"])
def test_one_language_under_all_its_spellings(text):
    assert key_of(text) == "lao"


@pytest.mark.parametrize(
    ("text", "keys"),
    [
        ("", []),
        ("Tiếng Anh", ["anh"]),
        ("Tiếng Lào, tiếng Anh", ["lao", "anh"]),
        ("tiếng Lào và tiếng Thái; tiếng Thái Lan", ["lao", "thai", "thai lan"]),
        ("Anh/Pháp/Anh", ["anh", "phap"]),
        (", ;", []),
    ],
)
def test_a_line_names_its_languages(text, keys):
    assert keys_in(text) == keys


def test_each_person_keeps_their_own_and_two_departments_keep_all(ministry):
    for actor in (ministry.staff, ministry.icd_officer, ministry.personnel_officer, ministry.administrator):
        row = save_language(None, person=ministry.staff, actor=actor, name="Tiếng Mông")
        assert row.told_on == timezone.localdate()
        remove_language(row, actor=actor)
    for actor in (ministry.unit_head, ministry.auditor, ministry.focal, ministry.minister):
        with pytest.raises(PermissionDenied):
            save_language(None, person=ministry.staff, actor=actor, name="Tiếng Mông")
    row = speaks(ministry.staff)
    with pytest.raises(PermissionDenied):
        remove_language(row, actor=ministry.unit_head)


def test_a_language_stands_once_with_a_person(ministry):
    speaks(ministry.staff)
    with pytest.raises(ValidationError):
        speaks(ministry.staff, "lào")
    speaks(ministry.unit_head, "lào")


def test_who_speaks_it_begins_with_those_who_interpret_and_leaves_out_who_left(ministry, django_assert_num_queries):
    speaks(ministry.staff, level="5")
    speaks(ministry.icd_officer, level="3", interprets=True)
    speaks(ministry.unit_head, "Tiếng Anh", level="2")
    gone = speaks(ministry.focal, interprets=True)
    Appointment.objects.filter(person=gone.person).update(valid_until=timezone.localdate() - dt.timedelta(days=1))
    closed = speaks(ministry.rector, interprets=True).person
    closed.is_active = False
    closed.save()
    today = timezone.localdate()
    with django_assert_num_queries(2):
        found = speakers_of("Tiếng Lào", today)
        assert [row.person for row in found] == [ministry.icd_officer, ministry.staff]
        assert [str(each.unit) for each in found[0].person.held_today] == ["Vụ Hợp tác quốc tế"]
    assert speakers_of("tiếng Anh, tiếng Lào", today)[0].person == ministry.icd_officer
    assert len(speakers_of("tiếng Anh, tiếng Lào", today)) == 3
    with django_assert_num_queries(0):
        assert speakers_of("", today) == []


def test_the_figures_count_speakers_interpreters_and_who_wants_training(ministry):
    speaks(ministry.staff, wants_training=True)
    speaks(ministry.icd_officer, interprets=True, wants_training=True)
    speaks(ministry.icd_officer, "Tiếng Anh")
    found = figures(StaffLanguage.objects.all())
    assert [(each.name, each.speakers, each.interpreters, each.wanting) for each in found] == [
        ("Tiếng Lào", 2, 1, 2), ("Tiếng Anh", 1, 0, 0),
    ]  # fmt: skip


# --- the pages --------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("who", "reads", "writes"),
    [
        ("icd_officer", 200, 200), ("personnel_officer", 200, 200), ("administrator", 200, 200), ("auditor", 200, 403),
        ("minister", 200, 403), ("unit_head", 403, 403), ("staff", 403, 403), ("focal", 403, 403),
    ],
)  # fmt: skip
def test_who_reads_the_list_and_who_writes_down_for_others(client, ministry, who, reads, writes):
    row = speaks(ministry.university and ministry.legal_officer)
    client.force_login(getattr(ministry, who))
    assert client.get(LIST).status_code == reads
    assert client.get(f"{LIST}them/").status_code == writes
    changed = client.get(f"{LIST}{row.pk}/sua/").status_code
    assert changed == (writes if reads == 200 else 404), "who may not read it does not learn that it is there"
    assert client.post(f"{LIST}{row.pk}/xoa/").status_code == (302 if writes == 200 else changed)
    assert StaffLanguage.objects.filter(pk=row.pk).exists() is (writes != 200)


def test_my_own_languages_by_clicking(client, ministry):
    client.force_login(ministry.staff)
    assert "Ghi ngoại ngữ" in client.get("/ho-so-cua-toi/").text
    wrong = client.post("/ho-so-cua-toi/ngoai-ngu/them/", {"name": "()", "level": "9"})
    assert set(wrong.context["form"].errors) == {"name", "level"}
    assert "datalist" in wrong.text
    sent = {"name": "Tiếng Lào", "level": "3", "certificate": "Chứng chỉ 2025", "wants_training": "on"}
    assert client.post("/ho-so-cua-toi/ngoai-ngu/them/", sent).url == "/ho-so-cua-toi/"
    row = StaffLanguage.objects.get()
    assert (row.person, row.key, row.wants_training, row.interprets) == (ministry.staff, "lao", True, False)
    twice = client.post("/ho-so-cua-toi/ngoai-ngu/them/", sent | {"name": "lào"})
    assert "Ngoại ngữ này đã được ghi" in twice.text
    page = client.get("/ho-so-cua-toi/").text
    assert "Tiếng Lào" in page
    assert "Bậc 3 (B1)" in page
    assert client.post(f"{LIST}{row.pk}/sua/", sent | {"level": "4"}).url == "/ho-so-cua-toi/"
    row.refresh_from_db()
    assert row.level == "4"
    assert client.post(f"{LIST}{row.pk}/xoa/").url == "/ho-so-cua-toi/"
    assert not StaffLanguage.objects.exists()


def test_the_department_writes_down_for_another_person(client, ministry):
    client.force_login(ministry.icd_officer)
    page = client.get(f"{LIST}them/", {"nguoi": ministry.staff.pk})
    assert str(page.context["form"].initial["person"]) == str(ministry.staff.pk)
    assert client.get(f"{LIST}them/", {"nguoi": "x"}).status_code == 200
    sent = {"person": ministry.staff.pk, "name": "Tiếng Nga", "level": "", "interprets": "on"}
    assert client.post(f"{LIST}them/", sent).url == LIST
    assert StaffLanguage.objects.get().person == ministry.staff
    assert "person" in client.post(f"{LIST}them/", sent | {"person": "999999"}).context["form"].errors


def test_the_list_is_narrowed_by_language_level_unit_and_need(client, ministry):
    speaks(ministry.staff, level="3", wants_training=True)
    speaks(ministry.icd_officer, level="native", interprets=True)
    speaks(ministry.unit_head, "Tiếng Anh")
    client.force_login(ministry.icd_officer)

    def people(**query):
        return {row.person for row in client.get(LIST, query).context["page_obj"].object_list}

    assert people(ngon_ngu="lao") == {ministry.staff, ministry.icd_officer}
    assert people(trinh_do="4") == {ministry.icd_officer}
    assert people(trinh_do="3") == {ministry.staff, ministry.icd_officer}
    assert people(phien_dich="True") == {ministry.icd_officer}
    assert people(boi_duong="True") == {ministry.staff}
    assert people(don_vi=ministry.icd.pk) == {ministry.icd_officer}
    assert people(q=ministry.unit_head.full_name) == {ministry.unit_head}
    assert people(ngon_ngu="' OR 1=1", trinh_do="x") == {ministry.staff, ministry.icd_officer, ministry.unit_head}
    assert client.get(LIST, {"xuat": "xlsx"}).status_code == 200


def test_the_list_costs_the_same_for_one_and_for_three(client, ministry, django_assert_num_queries):
    client.force_login(ministry.icd_officer)
    client.get(LIST)
    for person in (ministry.staff, ministry.unit_head, ministry.focal):
        speaks(person)
        with django_assert_num_queries(12):
            client.get(LIST)
