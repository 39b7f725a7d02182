"""Rules bind everybody, so everybody with an account may read them."""

from __future__ import annotations

import pytest
import rules
from django.contrib.auth.models import AnonymousUser

from intlcoop.people.models import User
from intlcoop.regulations.models import Holiday, Instrument, Parameter

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize(
    ("user", "sees"), [(User(is_active=True), True), (User(is_active=False), False), (AnonymousUser(), False)]
)
@pytest.mark.parametrize("model", [Holiday, Instrument, Parameter])
def test_the_right_and_the_list_say_the_same(model, user, sees):
    assert rules.has_perm("regulations.view", user) is sees
    assert model.objects.visible_to(user).exists() is sees
