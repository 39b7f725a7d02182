"""The pages of administration and the profile, as their readers use them."""

from __future__ import annotations

import datetime as dt

import pytest
from django.urls import get_resolver, reverse
from django.utils import timezone

from intlcoop.people.choices import Role, SignatureForm, UnitType
from intlcoop.people.languages import save_language
from intlcoop.people.models import Appointment, OfficeTitle, OrgUnit, Substitution, Supervision, User
from tests.intlcoop.people.factories import PASSWORD, SubstitutionFactory, UserFactory, build_ministry

pytestmark = pytest.mark.django_db

NAMES = [pattern.name for pattern in get_resolver("intlcoop.people.urls").url_patterns]
POST_ONLY = {"person_account", "substitution_revoke", "own_substitution", "own_substitution_revoke", "language_remove"}
#: Read by others too: test_languages.
OPEN = {"profile"} | {name for name in NAMES if "language" in name}
WRITING = {name for name in NAMES if name.endswith(("_create", "_change", "_password"))}


@pytest.fixture
def ministry():
    return build_ministry()


@pytest.fixture
def admin(client, ministry):
    client.force_login(ministry.administrator)
    return ministry.administrator


def address(name, ministry):
    row = {
        "person": ministry.staff,
        "appointment_create": ministry.staff,
        "appointment_change": ministry.staff.appointments.get(),
        "unit": ministry.unit,
        "supervision": ministry.unit.supervisions.get(),
        "title": OfficeTitle.objects.first(),
        "language": save_language(None, person=ministry.staff, actor=None, name="Tiếng Lào"),
    }
    if "<int:pk>" not in str(
        next(p.pattern for p in get_resolver("intlcoop.people.urls").url_patterns if p.name == name)
    ):
        return reverse(f"people:{name}")
    if "substitution" in name:
        found = SubstitutionFactory(person=ministry.unit_head, substitute=ministry.unit_deputy_head)
    else:
        found = row.get(name) or row[name.partition("_")[0]]
    return reverse(f"people:{name}", args=[found.pk])


@pytest.mark.parametrize("name", NAMES)
def test_a_stranger_is_sent_to_the_login_page(client, ministry, name):
    response = client.get(address(name, ministry))
    assert response.status_code == 302
    assert response.url.startswith(reverse("account_login"))


@pytest.mark.parametrize("name", [name for name in NAMES if name not in POST_ONLY])
def test_an_administrator_opens_every_page(client, ministry, admin, name):
    response = client.get(address(name, ministry))
    assert response.status_code == 200
    assert response.text.count("<h1") == 1


@pytest.mark.parametrize("name", [name for name in NAMES if name not in POST_ONLY | OPEN])
@pytest.mark.parametrize("who", ["staff", "icd_officer", "minister", "personnel_officer"])
def test_administration_is_refused_to_others(client, ministry, who, name):
    client.force_login(getattr(ministry, who))
    assert client.get(address(name, ministry)).status_code == 403


@pytest.mark.parametrize("name", [name for name in NAMES if name not in POST_ONLY | OPEN])
def test_an_auditor_reads_everything_and_changes_nothing(client, ministry, name):
    client.force_login(ministry.auditor)
    assert client.get(address(name, ministry)).status_code == (403 if name in WRITING else 200)


@pytest.mark.parametrize("name", ["person_account", "substitution_revoke"])
@pytest.mark.parametrize("who", ["staff", "auditor", "minister"])
def test_acts_are_refused_to_others(client, ministry, who, name):
    client.force_login(getattr(ministry, who))
    assert client.post(address(name, ministry), {"mo": "0"}).status_code == 403


def test_a_person_is_added_and_then_appointed(client, ministry, admin):
    response = client.post(
        reverse("people:person_create"),
        {
            "full_name": "Lê Thị  Mới",
            "username": "moi.lt",
            "email": "moi@vi-du.vn",
            "language": "",
            "password": PASSWORD,
        },
    )
    person = User.objects.get(username="moi.lt")
    assert response.url == person.get_absolute_url()
    assert person.full_name == "Lê Thị Mới"
    client.post(
        reverse("people:appointment_create", args=[person.pk]),
        {"unit": ministry.unit.pk, "role": Role.OFFICER, "valid_from": "01/12/2026", "valid_until": ""},
    )
    assert Appointment.objects.get(person=person).valid_from == dt.date(2026, 12, 1)
    client.logout()
    assert client.login(username="moi.lt", password=PASSWORD)


@pytest.mark.parametrize(
    ("fields", "field"),
    [
        ({"full_name": ""}, "full_name"),
        ({"full_name": "A" * 300}, "full_name"),
        ({"username": "lê"}, "username"),
        ({"username": "chuyenvien"}, "username"),
        ({"email": "khong"}, "email"),
        ({"password": "ngan"}, None),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_nothing_typed_is_lost(client, ministry, admin, fields, field):
    typed = {"full_name": "Lê Thị Mới", "username": "moi.lt", "email": "moi@vi-du.vn", "password": PASSWORD}
    response = client.post(reverse("people:person_create"), typed | fields)
    form = response.context["form"]
    assert form.errors
    assert field is None or field in form.errors
    assert form.data["email"] == (typed | fields)["email"]
    assert not User.objects.filter(username="moi.lt").exists()


def test_a_refusal_of_the_service_stands_in_the_form(client, ministry, admin):
    response = client.post(
        reverse("people:appointment_create", args=[ministry.staff.pk]),
        {"unit": ministry.unit.pk, "role": Role.ADMINISTRATOR, "valid_from": "01/12/2026"},
    )
    assert "role" in response.context["form"].errors
    assert Appointment.objects.filter(person=ministry.staff).count() == 1


def test_an_appointment_ends_with_its_last_day(client, ministry, admin):
    row = ministry.staff.appointments.get()
    client.post(
        reverse("people:appointment_change", args=[row.pk]), {"valid_from": "01/01/2020", "valid_until": "30/11/2026"}
    )
    row.refresh_from_db()
    assert row.valid_until == dt.date(2026, 11, 30)
    wrong = {"valid_from": "01/01/2020", "valid_until": "30/11/2019"}
    response = client.post(reverse("people:appointment_change", args=[row.pk]), wrong)
    assert "valid_until" in response.context["form"].errors


def test_an_account_is_closed_and_opened_again_but_not_ones_own(client, ministry, admin):
    closing = reverse("people:person_account", args=[ministry.staff.pk])
    client.post(closing, {"mo": "0"})
    assert not User.objects.get(pk=ministry.staff.pk).is_active
    client.post(closing, {"mo": "1"})
    assert User.objects.get(pk=ministry.staff.pk).is_active
    client.post(reverse("people:person_account", args=[admin.pk]), {"mo": "0"})
    assert User.objects.get(pk=admin.pk).is_active


def test_a_new_password_is_set(client, ministry, admin):
    client.post(reverse("people:person_password", args=[ministry.staff.pk]), {"password": "mat-khau-moi-2026"})
    assert User.objects.get(pk=ministry.staff.pk).check_password("mat-khau-moi-2026")


def test_a_unit_is_added_and_changed(client, ministry, admin):
    fields = {
        "name_vi": "Vụ Mới", "code": "vm", "unit_type": UnitType.DEPARTMENT, "unit_class": "internal", "function": "",
        "parent": ministry.root.pk, "position": "5", "valid_from": "01/01/2026",
    }  # fmt: skip
    client.post(reverse("people:unit_create"), fields)
    unit = OrgUnit.objects.get(code="vm")
    client.post(reverse("people:unit_change", args=[unit.pk]), fields | {"name_vi": "Vụ Rất Mới"})
    unit.refresh_from_db()
    assert (unit.name_vi, unit.merged_into) == ("Vụ Rất Mới", None)


def test_a_leader_is_put_in_charge_in_place_of_the_former(client, ministry, admin):
    client.post(
        reverse("people:supervision_create"),
        {"unit": ministry.unit.pk, "deputy_minister": ministry.other_deputy.pk, "valid_from": "01/12/2026"},
    )
    rows = Supervision.objects.filter(unit=ministry.unit).order_by("valid_from")
    assert [(row.deputy_minister, row.valid_until) for row in rows] == [
        (ministry.deputy, dt.date(2026, 11, 30)),
        (ministry.other_deputy, None),
    ]


def substitution(ministry, **fields):
    today = timezone.localdate()
    return {
        "substitute": ministry.unit_deputy_head.pk,
        "form": SignatureForm.KT,
        "valid_from": today.strftime("%d/%m/%Y"),
        "valid_until": (today + dt.timedelta(days=3)).strftime("%d/%m/%Y"),
    } | fields


def test_an_administrator_records_and_revokes_a_substitution(client, ministry, admin):
    client.post(
        reverse("people:substitution_create"),
        substitution(ministry, document="12/QĐ-BMH") | {"person": ministry.unit_head.pk, "unit": ""},
    )
    row = Substitution.objects.get()
    assert (row.person, row.recorded_by) == (ministry.unit_head, admin)
    client.post(reverse("people:substitution_revoke", args=[row.pk]))
    row.refresh_from_db()
    assert row.revoked_at is not None


def test_a_head_lets_the_deputy_stand_in_and_takes_it_back(client, ministry):
    client.force_login(ministry.unit_head)
    response = client.post(reverse("people:own_substitution"), substitution(ministry))
    assert response.status_code == 302
    row = Substitution.objects.get()
    assert (row.person, row.recorded_by) == (ministry.unit_head, ministry.unit_head)
    assert ministry.unit_deputy_head.full_name in client.get(reverse("people:profile")).text
    client.post(reverse("people:own_substitution_revoke", args=[row.pk]))
    row.refresh_from_db()
    assert row.revoked_at is not None


def test_the_form_of_a_head_says_what_is_wrong(client, ministry):
    client.force_login(ministry.unit_head)
    response = client.post(reverse("people:own_substitution"), substitution(ministry, substitute=ministry.icd_head.pk))
    assert response.status_code == 422
    assert "substitute" in response.context["form"].errors
    assert not Substitution.objects.exists()


@pytest.mark.parametrize("who", ["staff", "icd_officer", "administrator", "auditor", "unit_deputy_head"])
def test_who_leads_nothing_needs_no_substitute(client, ministry, who):
    client.force_login(getattr(ministry, who))
    assert reverse("people:own_substitution") not in client.get(reverse("people:profile")).text
    assert client.post(reverse("people:own_substitution"), substitution(ministry)).status_code == 403


def test_nobody_revokes_the_substitution_of_somebody_else(client, ministry):
    row = SubstitutionFactory(person=ministry.minister, substitute=ministry.deputy)
    client.force_login(ministry.unit_head)
    assert client.post(reverse("people:own_substitution_revoke", args=[row.pk])).status_code == 404
    row.refresh_from_db()
    assert row.revoked_at is None


def test_the_profile_shows_what_i_am_and_remembers_my_language(client, ministry):
    client.force_login(ministry.icd_head)
    assert "Vụ trưởng" in client.get(reverse("people:profile")).text
    client.post(reverse("web:language"), {"language": "en", "next": reverse("people:profile")})
    assert User.objects.get(pk=ministry.icd_head.pk).language == "en"
    assert "Director General" in client.get(reverse("people:profile")).text


def test_people_are_found_and_filtered(client, ministry, admin):
    def shown(**query):
        return {row.username for row in client.get(reverse("people:person_list"), query).context["page_obj"]}

    UserFactory(username="do.anh", full_name="Đỗ Ánh", is_active=False)
    assert shown(q="do anh") == {"do.anh"}
    assert shown(tai_khoan="False") == {"do.anh"}
    assert shown(don_vi=ministry.unit.pk) == {"lanhdaodonvi", "phodonvi", "chuyenvien"}


@pytest.mark.parametrize("name", [name for name in NAMES if name.endswith("_list")])
@pytest.mark.parametrize("extension", ["xlsx", "csv"])
def test_every_list_is_exported(client, ministry, admin, name, extension):
    response = client.get(reverse(f"people:{name}"), {"xuat": extension})
    assert response.status_code == 200
    assert "attachment" in response.headers["Content-Disposition"]


@pytest.mark.parametrize(
    ("name", "queries"),
    [
        ("person_list", 10),
        ("unit_list", 9),
        ("appointment_list", 9),
        ("supervision_list", 7),
        ("substitution_list", 9),
        ("title_list", 7),
    ],
)
@pytest.mark.parametrize("more", [0, 3])
def test_lists_cost_the_same_for_few_and_many(client, ministry, admin, name, queries, more, django_assert_num_queries):
    SubstitutionFactory(person=ministry.unit_head, substitute=ministry.unit_deputy_head)
    for number in range(more):
        unit = OrgUnit.objects.create(
            code=f"v{number}", name_vi=f"Vụ {number}", unit_type=UnitType.DEPARTMENT, valid_from=dt.date(2020, 1, 1)
        )
        head = UserFactory()
        Appointment.objects.create(person=head, unit=unit, role=Role.HEAD, valid_from=dt.date(2020, 1, 1))
        Supervision.objects.create(unit=unit, deputy_minister=ministry.deputy, valid_from=dt.date(2020, 1, 1))
        SubstitutionFactory(person=head, substitute=ministry.unit_deputy_head)
        OfficeTitle.objects.create(role=Role.OFFICER, unit_type=list(UnitType)[number], title_vi="Viên chức")
    client.get(reverse(f"people:{name}"))
    with django_assert_num_queries(queries):
        client.get(reverse(f"people:{name}"))
