"""Operations of migrations that build our tables as Django's and pgtrigger's own do, but in a tenth of the time.

Each operation of Django renders every model that is related to the one it touches, which through the person who did
something are nearly all: a minute of pure Python on a fresh database, for every test database and every newcomer's first
`make run`. What these change needs no second rendering: a trigger, a constraint or an index is not part of a rendered model,
a new model is rendered alone, and a new field joins the model that is there.
"""

from __future__ import annotations

from typing import Any

import pgtrigger.migrations
from django.db import connection, migrations
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import NOT_PROVIDED


def is_rendered(state: ProjectState) -> bool:
    return "apps" in state.__dict__


class AddTrigger(pgtrigger.migrations.AddTrigger):
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        _append(state, app_label, self.model_name, "triggers", self.trigger)


class RemoveTrigger(pgtrigger.migrations.RemoveTrigger):
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        _remove(state, app_label, self.model_name, "triggers", self.name)


class RemoveConstraint(migrations.RemoveConstraint):
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        _remove(state, app_label, self.model_name_lower, "constraints", self.name)


class AddConstraint(migrations.AddConstraint):
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        _append(state, app_label, self.model_name_lower, "constraints", self.constraint)


class AddIndex(migrations.AddIndex):
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        _append(state, app_label, self.model_name_lower, "indexes", self.index)


class CreateModel(migrations.CreateModel):
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """As Django's, but the new model is rendered alone: nothing else can know it yet."""
        # Django fills both in when they are not given; the stubs have what may be given.
        bases = tuple(self.bases)  # type: ignore[arg-type]
        managers = list(self.managers)  # type: ignore[arg-type]
        model = ModelState(app_label, self.name, list(self.fields), dict(self.options), bases, managers)
        rendered = state.__dict__.pop("apps", None)
        state.add_model(model)
        if rendered is not None:
            state.__dict__["apps"] = rendered
            rendered.render_multiple([model])


class AddField(migrations.AddField):
    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """As Django's, but the field joins the rendered model instead of rendering it and all its relations again."""
        rendered = state.__dict__.pop("apps", None)
        state.add_field(app_label, self.model_name_lower, self.name, self.field, self.preserve_default)
        if rendered is not None:
            state.__dict__["apps"] = rendered
            field = self.field.clone()
            if not self.preserve_default:
                field.default = NOT_PROVIDED
            model: Any = rendered.get_model(app_label, self.model_name_lower)
            with rendered.bulk_update():
                field.contribute_to_class(model, self.name)


class AlterWords(migrations.AlterField):
    """Only choices and names of a field change. No column does, so neither the database nor a relation need know of it."""

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        rendered = state.__dict__.pop("apps", None)
        state.alter_field(app_label, self.model_name_lower, self.name, self.field, self.preserve_default)
        if rendered is not None:
            state.__dict__["apps"] = rendered
            field: Any = rendered.get_model(app_label, self.model_name_lower)._meta.get_field(self.name)
            if (field.db_type(connection), field.null) != (self.field.db_type(connection), self.field.null):
                raise ValueError(
                    f"{app_label}.{self.model_name}.{self.name}: the column changes, so this takes an AlterField"
                )
            field.choices, field.verbose_name = self.field.choices, self.field.verbose_name

    def database_forwards(self, *args: Any, **kwargs: Any) -> None:
        """Nothing: see the class."""

    database_backwards = database_forwards


def _append(state: ProjectState, app_label: str, model_name: str, option: str, added: Any) -> None:
    options = state.models[app_label, model_name].options
    options[option] = [*options.get(option, []), added]


def _remove(state: ProjectState, app_label: str, model_name: str, option: str, name: str) -> None:
    options = state.models[app_label, model_name].options
    options[option] = [each for each in options.get(option, []) if each.name != name]
