"""What somebody may see is one rule in two shapes: `can_view` and `visible_to` always agree."""

from __future__ import annotations

import pytest
from django.db import transaction

from delegations.models import OutboundDelegation
from intlcoop.people.models import User
from intlcoop.workflow.models import Case
from intlcoop.workflow.rules import can_view
from tests.delegations import factories as f
from tests.ministry import build_ministry

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def files(django_db_setup, django_db_blocker):
    """Files of two units: drafts, one under way, one decided, one with a traveller of another unit. Made once."""
    with django_db_blocker.unblock(), transaction.atomic():
        yield made_files(build_ministry())
        transaction.set_rollback(True)


def made_files(ministry):
    f.trip(ministry)
    under_way = f.submit(f.trip(ministry, country="LA", days_ahead=80), ministry)
    f.agree(f.open_step(under_way), ministry)
    f.walk_to_the_end(f.submit(f.trip(ministry, country="SG", days_ahead=100), ministry), ministry)
    f.trip(ministry, filer="truonghoc", unit="DHPT", head="hieutruong", days_ahead=120)
    members = [f.member(ministry.chuyenvien2, "head"), f.member(ministry.luutru)]
    f.submit(f.trip(ministry, country="JP", days_ahead=140, members=members), ministry)
    return ministry


def test_the_predicate_and_the_queryset_are_the_same_rule_for_everybody(files):
    pairs = 0
    for user in User.objects.all():
        seen = set(Case.objects.visible_to(user).values_list("pk", flat=True))
        for case in Case.objects.all():
            assert can_view(user, case) == (case.pk in seen), (user.username, case.number, case.state)
            pairs += 1
    assert pairs >= 25 * 5


def test_trips_are_seen_exactly_as_their_cases(files):
    for user in User.objects.all():
        trips = set(OutboundDelegation.objects.visible_to(user).values_list("case_id", flat=True))
        assert trips == set(Case.objects.visible_to(user).values_list("pk", flat=True))


@pytest.mark.parametrize(
    ("username", "count"),
    [
        ("chuyenvien", 4),
        ("lanhdaodonvi", 4),
        ("truonghoc", 1),
        ("htqt", 3),
        ("vutruong", 3),
        ("taichinh", 3),
        ("tccb", 3),
        ("vanthu", 3),
        ("phapche", 0),
        ("thutruong", 3),
        ("botruong", 3),
        ("quantri", 3),
        ("kiemtoan", 3),
        ("luutru", 1),
        ("cuctruong", 0),
    ],
)
def test_who_sees_how_many(files, username, count):
    assert Case.objects.visible_to(files.person(username)).count() == count


def test_a_closed_account_sees_nothing(files):
    user = files.htqt
    user.is_active = False
    assert Case.objects.visible_to(user).count() == 0
