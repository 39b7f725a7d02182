"""Transactional tests end with a flush: it must get past the guards, and the guards must be there again after it."""

from __future__ import annotations

import pytest
from django.db import InternalError, connection

from intlcoop.people.models import OfficeTitle
from tests.intlcoop.audit.factories import SecurityEventFactory
from tests.intlcoop.people.factories import UserFactory


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("number", [1, 2])
def test_rows_of_one_test_are_gone_in_the_next_and_the_reference_data_is_back(number):
    assert OfficeTitle.objects.exists()
    UserFactory(username="chi-mot-lan")
    SecurityEventFactory()
    with connection.cursor() as cursor, pytest.raises(InternalError, match="Cannot truncate"):
        cursor.execute("TRUNCATE audit_securityevent")
