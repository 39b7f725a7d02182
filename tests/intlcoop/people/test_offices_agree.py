"""Three ways to ask who may act must never disagree: `holders_of`, `can_act` and the inverse `offices_of`."""

from __future__ import annotations

import datetime as dt

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from intlcoop.people import offices
from intlcoop.people.choices import Role, SignatureForm, UnitFunction, UnitType
from intlcoop.people.models import Appointment, OrgUnit, Substitution, Supervision, User

TODAY = dt.date(2026, 11, 22)
DAYS = st.sampled_from([TODAY - dt.timedelta(days=1), TODAY, TODAY + dt.timedelta(days=1)])
PEOPLE, UNITS = range(5), range(4)

appointments = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(UNITS), st.sampled_from(Role.values), st.booleans(), DAYS),
    max_size=10,
    unique_by=lambda row: row[:3],
)
supervisions = st.dictionaries(st.sampled_from(UNITS), st.sampled_from(PEOPLE), max_size=2)
substitutions = st.lists(
    st.tuples(st.sampled_from(PEOPLE), st.sampled_from(PEOPLE), st.sampled_from(SignatureForm.values[1:])), max_size=3
)
functions = st.lists(st.sampled_from(UnitFunction.values), min_size=4, max_size=4)


class OfficesAgree(TestCase):
    @settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(appointments, supervisions, substitutions, functions, st.sampled_from(PEOPLE), st.booleans())
    def test_all_ways_of_asking_agree(self, appointments, supervisions, substitutions, functions, closed, merged):
        units, people = self.build(functions, closed)
        for person, unit, role, acting, until in appointments:
            self.appoint(people[person], units[unit], role, acting, until)
        for unit, person in supervisions.items():
            Supervision.objects.create(unit=units[unit], deputy_minister=people[person], valid_from=dt.date(2020, 1, 1))
        for away, present, form in substitutions:
            self.substitute(people[away], people[present], form)
        if merged:
            OrgUnit.objects.filter(pk=units[3].pk).update(
                merged_into=units[2], valid_until=TODAY - dt.timedelta(days=1)
            )
            units[3].refresh_from_db()

        offered = {person.pk: offices.offices_of(person, TODAY) for person in people}
        for code in offices.ALL:
            for unit in units:
                holders = offices.holders_of(code, unit, TODAY)
                ids = [holder.user.pk for holder in holders]
                assert len(ids) == len(set(ids))
                for person in people:
                    capacity = offices.can_act(person, code, unit, TODAY)
                    assert (capacity is not None) == (person.pk in ids)
                    assert capacity is None or capacity in holders
                    in_queue = unit.pk in offered[person.pk].get(code, ()) or (
                        code in offered[person.pk] and code not in offices.OF_UNIT
                    )
                    assert in_queue == (person.pk in ids)
                    if capacity is not None:
                        assert person.is_active
                        assert offices.signature_lines(capacity)

    def build(self, functions, closed):
        root = OrgUnit.objects.create(
            code="goc", name_vi="Bộ", unit_type=UnitType.MINISTRY, function=functions[0], valid_from=dt.date(2020, 1, 1)
        )
        units = [root]
        for number in (1, 2, 3):
            units.append(
                OrgUnit.objects.create(
                    code=f"u{number}",
                    name_vi=f"Vụ {number}",
                    unit_type=UnitType.DEPARTMENT,
                    function=functions[number],
                    parent=units[number // 2],
                    valid_from=dt.date(2020, 1, 1),
                )
            )
        people = [User.objects.create(username=f"p{n}", full_name=f"P {n}", is_active=n != closed) for n in PEOPLE]
        return units, people

    def appoint(self, person, unit, role, acting, until):
        single = role in (Role.HEAD, Role.MINISTER)
        if single and Appointment.objects.filter(unit=unit, role__in=(Role.HEAD, Role.MINISTER)).exists():
            return
        deputy = role in (Role.DEPUTY_HEAD, Role.DEPUTY_MINISTER)
        Appointment.objects.create(
            person=person,
            unit=unit,
            role=role,
            acting=acting and deputy,
            valid_from=dt.date(2020, 1, 1),
            valid_until=until,
        )

    def substitute(self, away, present, form):
        if away != present:
            Substitution.objects.create(
                person=away,
                substitute=present,
                form=form,
                document="01/GUQ",
                valid_from=TODAY - dt.timedelta(days=1),
                valid_until=TODAY,
                recorded_by=away,
            )
