"""Who may write in the address book of partners."""

from __future__ import annotations

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from tests.agreements.factories import PartnerFactory
from tests.intlcoop.people.factories import Ministry, UserFactory, build_ministry

pytestmark = pytest.mark.django_db


@pytest.fixture
def ministry() -> Ministry:
    return build_ministry()


def test_whoever_handles_files_adds_partners_and_who_only_reads_does_not(ministry):
    for person in (ministry.staff, ministry.focal, ministry.clerk, ministry.icd_officer, ministry.administrator):
        assert rules.has_perm("agreements.add_partner", person), person
    for person in (ministry.auditor, UserFactory(), UserFactory(is_superuser=True, is_active=False), AnonymousUser()):
        assert not rules.has_perm("agreements.add_partner", person), person


def test_the_department_changes_every_partner_and_others_only_their_own(ministry):
    partner = PartnerFactory(actor=ministry.staff)
    for person in (ministry.icd_officer, ministry.icd_head, ministry.administrator, ministry.staff):
        assert rules.has_perm("agreements.change_partner", person, partner), person
    for person in (ministry.focal, ministry.unit_head, ministry.auditor, UserFactory(), AnonymousUser()):
        assert not rules.has_perm("agreements.change_partner", person, partner), person


def test_an_auditor_does_not_change_even_what_they_once_added(ministry):
    assert not rules.has_perm("agreements.change_partner", ministry.auditor, PartnerFactory(actor=ministry.auditor))
