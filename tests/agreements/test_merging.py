"""Two rows of one partner become one, and can be taken apart again: every link comes back."""

from __future__ import annotations

import datetime as dt
import itertools

import pghistory.models
import pytest
from django.apps import apps
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from agreements.choices import LinkOutcome, NameKind
from agreements.models import Dealing, GroupMembership, MovedLink, Partner, PartnerMerge, PartnerName
from agreements.queries import partner_links
from agreements.queries.bound_partners import compare_parties
from agreements.queries.tree import ancestors, survivor
from agreements.services import delete_partner, foretell, merge_partners, told_of, undo_merge, update_partner
from delegations.models import OutboundDelegation
from intlcoop.workflow.choices import Change
from intlcoop.workflow.refusals import NotAllowed, Refused
from tests.agreements.links import LINKS, World, build_world, state, tie
from tests.ministry import build_ministry

pytestmark = pytest.mark.django_db


@pytest.fixture(scope="module")
def world(django_db_setup, django_db_blocker):
    with django_db_blocker.unblock(), transaction.atomic():
        ministry = build_ministry()
        yield build_world(ministry.vutruong, ministry.chuyenvien)
        transaction.set_rollback(True)


def fresh(world: World, number: int) -> Partner:
    return Partner.objects.get(pk=world.partners[number].pk)


def merge(world: World, merged: int, kept: int) -> PartnerMerge:
    return merge_partners(fresh(world, merged), fresh(world, kept), actor=world.actor)


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(ties=LINKS, undone=st.permutations([0, 1]))
@example(ties=[("parent", 0, 0), ("parent", 2, 1)], undone=[0, 1])
def test_whatever_refers_to_them_comes_back_when_mergers_are_undone_in_any_order(world, ties, undone):
    with transaction.atomic():
        for each in ties:
            tie(world, *each)
        before = state(world)
        alone = []
        for number in (0, 1):
            with transaction.atomic():
                merge(world, number, 2)
                alone.append(state(world))
                transaction.set_rollback(True)
        mergers = [merge(world, 0, 2), merge(world, 1, 2)]
        for number in (0, 1, 3):
            assert len(ancestors(fresh(world, number))) < 4
        assert undo_merge(mergers[undone[0]], actor=world.actor) == 0
        if not any(kind == "parent" for kind, _who, _what in ties):
            assert state(world) == alone[undone[1]]
        assert undo_merge(mergers[undone[1]], actor=world.actor) == 0
        assert state(world) == before
        transaction.set_rollback(True)


@pytest.mark.parametrize("undone", list(itertools.permutations(range(3))))
def test_the_tree_comes_back_when_all_that_stood_above_a_partner_was_merged_into_it(world, undone):
    """2 belongs to 0, 0 to 1, 1 to 3; each of them turns out to be 2, and is taken apart again in any order."""
    for child, above in ((2, 0), (0, 1), (1, 3)):
        Partner.objects.filter(pk=world.partners[child].pk).update(parent=world.partners[above])
    before = state(world)
    mergers = [merge(world, number, 2) for number in (0, 1, 3)]
    for number in undone:
        assert undo_merge(mergers[number], actor=world.actor) == 0
    assert state(world) == before


def test_everything_points_to_the_partner_that_stays_and_what_it_had_already_stands_aside(world):
    for kind in ("group", "unit", "field", "party", "dealing"):
        tie(world, kind, 0, 0)
    tie(world, "group", 2, 0)
    tie(world, "trip", 0, 1)
    done = merge(world, 0, 2)
    kept = fresh(world, 2)
    assert OutboundDelegation.everything.get(pk=world.trips[1].pk).host_partner == kept
    assert Dealing.objects.get().partner == kept
    assert {name.name: name.kind for name in kept.names.all()} == {"Cơ quan thứ nhất": NameKind.MERGED}
    assert kept in Partner.objects.living().search("thứ nhất")
    assert fresh(world, 0) not in Partner.objects.living()
    assert survivor(fresh(world, 0)) == kept
    assert GroupMembership.objects.filter(group=world.groups[0]).count() == 2
    assert MovedLink.objects.get(merge=done, outcome=LinkOutcome.ASIDE).model == "agreements.groupmembership"
    told = {kind: (moved, aside) for kind, moved, aside in told_of(done)}
    assert told["Đoàn ra"] == (1, 0)
    assert (0, 1) in told.values()


def test_what_a_merger_would_do_is_told_without_doing_it(world):
    tie(world, "trip", 0, 0)
    before = state(world)
    told, names = foretell(fresh(world, 0), fresh(world, 2), actor=world.actor)
    assert ("Đoàn ra", 1, 0) in told
    assert names == ["Cơ quan thứ nhất"]
    assert state(world) == before
    assert not PartnerMerge.objects.exists()


def refusal(world: World, merged: int, kept: int) -> str:
    with pytest.raises(Refused) as refused:
        merge(world, merged, kept)
    return str(refused.value)


def test_a_partner_is_not_merged_into_itself_twice_or_in_a_circle(world):
    assert "chính nó" in refusal(world, 0, 0)
    merge(world, 0, 2)
    assert "Cơ quan giữ lại" in refusal(world, 0, 1)
    assert "vòng" in refusal(world, 2, 0)
    assert "Cơ quan giữ lại" in refusal(world, 1, 0)


def test_the_tree_stays_a_tree_when_the_partner_that_stays_stood_below_the_other(world):
    update_partner(fresh(world, 3), parent=fresh(world, 0), actor=world.actor)
    update_partner(fresh(world, 2), parent=fresh(world, 3), actor=world.actor)
    done = merge(world, 0, 2)
    assert fresh(world, 2).parent is None
    assert fresh(world, 3).parent == fresh(world, 2)
    undo_merge(done, actor=world.actor)
    assert [each.pk for each in ancestors(fresh(world, 2))] == [world.partners[3].pk, world.partners[0].pk]


def test_a_partner_cannot_belong_to_what_belongs_to_it(world):
    update_partner(fresh(world, 1), parent=fresh(world, 0), actor=world.actor)
    for parent in (0, 1):
        with pytest.raises(Refused):
            update_partner(fresh(world, 0), parent=fresh(world, parent), actor=world.actor)


def test_a_link_of_a_kind_that_cannot_be_moved_stops_the_merger(world, monkeypatch):
    tie(world, "trip", 0, 0)
    monkeypatch.setattr(partner_links.Link, "is_covered", property(lambda link: link.model is not OutboundDelegation))
    assert "Đoàn ra" in refusal(world, 0, 2)
    assert not PartnerMerge.objects.exists()


def test_every_link_of_every_room_is_covered_today():
    found = list(partner_links.links())
    assert all(link.is_covered for link in found)
    assert partner_links.other_links() == []
    tables = {link.model._meta.label_lower for link in found}
    assert {"delegations.outbounddelegation", "delegations.planline", "agreements.partner_fields"} <= tables
    assert not any(issubclass(link.model, pghistory.models.Event) for link in found)


def test_no_table_that_points_to_a_partner_is_forgotten():
    """Asked the other way round, of every field of every model: a new link in any room is met here or fails."""
    named = {
        (model._meta.label_lower, field.name)
        for model in apps.get_models(include_auto_created=True)
        for field in model._meta.concrete_fields
        if field.related_model is Partner and not issubclass(model, pghistory.models.Event)
    }
    books = {("agreements.partner", "merged_into"), ("agreements.movedlink", "was"), ("agreements.movedlink", "became")}
    books |= {("agreements.partnermerge", "merged"), ("agreements.partnermerge", "kept")}
    assert named - books == {(link.model._meta.label_lower, link.field.name) for link in partner_links.links()}
    assert books <= named


def test_an_append_only_table_is_not_covered():
    link = partner_links.Link(MovedLink, MovedLink._meta.get_field("was"))
    assert not link.is_covered


def test_it_can_be_undone_for_thirty_days_and_by_the_department_alone(world):
    done = merge(world, 0, 2)
    assert done.undo_until == timezone.localdate() + dt.timedelta(days=30)
    stranger = world.trips[0].case.created_by
    with pytest.raises(NotAllowed):
        undo_merge(done, actor=stranger)
    with pytest.raises(NotAllowed):
        merge_partners(fresh(world, 1), fresh(world, 2), actor=stranger)
    PartnerMerge.objects.filter(pk=done.pk).update(undo_until=timezone.localdate() - dt.timedelta(days=1))
    with pytest.raises(Refused, match="gộp"):
        undo_merge(done, actor=world.actor)


def test_a_later_merger_is_undone_first(world):
    first = merge(world, 0, 1)
    second = merge(world, 1, 2)
    assert survivor(fresh(world, 0)) == fresh(world, 2)
    with pytest.raises(Refused, match="Cơ quan giữ lại"):
        undo_merge(first, actor=world.actor)
    undo_merge(second, actor=world.actor)
    undo_merge(first, actor=world.actor)
    with pytest.raises(Refused):
        undo_merge(first, actor=world.actor)


def test_what_somebody_pointed_elsewhere_meanwhile_stays_there(world):
    tie(world, "trip", 0, 0)
    tie(world, "trip", 0, 1)
    done = merge(world, 0, 2)
    tie(world, "trip", 1, 0)
    assert undo_merge(done, actor=world.actor) == 1
    hosts = [OutboundDelegation.everything.get(pk=trip.pk).host_partner_id for trip in world.trips]
    assert hosts == [world.partners[1].pk, world.partners[0].pk]


def test_only_a_partner_that_nothing_refers_to_is_deleted(world):
    tie(world, "trip", 0, 0)
    with pytest.raises(Refused, match="Đoàn ra: 1"):
        delete_partner(fresh(world, 0), actor=world.actor)
    tie(world, "group", 1, 0)
    tie(world, "name", 1, 0)
    delete_partner(fresh(world, 1), actor=world.actor)
    assert not Partner.objects.filter(pk=world.partners[1].pk).exists()
    assert not PartnerName.objects.filter(partner=world.partners[1].pk).exists()


def test_an_agreement_whose_party_was_merged_asks_for_no_new_decision(world):
    one, kept, third = (world.partners[number].pk for number in (0, 2, 3))
    merge(world, 0, 2)
    decided, now = {"title": "a", "parties": [one, third]}, {"title": "a", "parties": sorted([kept, third])}
    assert compare_parties(decided, now) == Change.SAME
    assert compare_parties(decided, now | {"title": "b"}) == Change.MORE
    assert compare_parties(decided, now | {"parties": [kept]}) == Change.MORE


def test_what_gave_way_to_the_first_merger_takes_its_place_when_that_is_undone(world):
    for number in (0, 1):
        tie(world, "group", number, 0)
        tie(world, "short", number, 0)
    first, _second = merge(world, 0, 2), merge(world, 1, 2)
    undo_merge(first, actor=world.actor)
    members = set(GroupMembership.objects.filter(group=world.groups[0]).values_list("partner", flat=True))
    assert members == {world.partners[0].pk, world.partners[2].pk}
    assert "TC" in {name.name for name in fresh(world, 2).names.all()}
