"""Operations of migrations that leave out what Django renders again: the same state, and nothing else allowed."""

from __future__ import annotations

import pytest
from django.db import models
from django.db.migrations.state import ModelState, ProjectState

from intlcoop.schema import AddConstraint, AlterWords, RemoveConstraint

OLD, NEW = [("a", "A")], [("a", "A"), ("b", "B")]


def rendered_state() -> ProjectState:
    state = ProjectState()
    state.add_model(ModelState("box", "Thing", [("kind", models.CharField("kind", max_length=10, choices=OLD))]))
    assert state.apps.get_model("box", "Thing")
    return state


def test_words_of_a_field_change_in_the_state_and_in_the_rendered_model():
    state = rendered_state()
    AlterWords("thing", "kind", models.CharField("sort", max_length=10, choices=NEW)).state_forwards("box", state)

    field = state.apps.get_model("box", "Thing")._meta.get_field("kind")
    assert (list(field.choices), field.verbose_name) == (NEW, "sort")
    assert list(state.models["box", "thing"].fields["kind"].choices) == NEW


@pytest.mark.parametrize("changed", [{"max_length": 20}, {"max_length": 10, "null": True}])
def test_a_column_that_changes_is_no_matter_of_words(changed):
    with pytest.raises(ValueError, match="AlterField"):
        AlterWords("thing", "kind", models.CharField("kind", choices=OLD, **changed)).state_forwards(
            "box", rendered_state()
        )


def test_a_constraint_is_gone_from_the_state_as_it_came():
    state = rendered_state()
    rule = models.CheckConstraint(name="kind_known", condition=models.Q(kind__in=["a"]))
    AddConstraint("thing", rule).state_forwards("box", state)
    RemoveConstraint("thing", "kind_known").state_forwards("box", state)

    assert state.models["box", "thing"].options["constraints"] == []
