"""Who is what, as predicates; upper rooms put them together. Asked by `rules.has_perm`, never by `user.has_perm`."""

from __future__ import annotations

from typing import Any

import rules

from intlcoop.people.choices import Role
from intlcoop.people.principals import principal_of

is_administrator = rules.Predicate(lambda user: principal_of(user).is_administrator, name="is_administrator")
is_auditor = rules.Predicate(lambda user: principal_of(user).is_auditor, name="is_auditor")
is_minister = rules.Predicate(lambda user: principal_of(user).is_minister, name="is_minister")
is_leadership = rules.Predicate(lambda user: principal_of(user).is_leadership, name="is_leadership")
is_icd = rules.Predicate(lambda user: principal_of(user).is_icd, name="is_icd")
is_icd_head = rules.Predicate(lambda user: principal_of(user).is_icd_head, name="is_icd_head")
is_clerk = rules.Predicate(lambda user: principal_of(user).is_clerk, name="is_clerk")
is_personnel = rules.Predicate(lambda user: principal_of(user).is_personnel, name="is_personnel")
is_finance = rules.Predicate(lambda user: principal_of(user).is_finance, name="is_finance")
is_legal = rules.Predicate(lambda user: principal_of(user).is_legal, name="is_legal")


@rules.predicate
def leads_something(user: Any) -> bool:
    """Minister, deputy minister, head of a unit or deputy in charge: somebody who can be stood in for."""
    principal = principal_of(user)
    return principal.is_leadership or any(held.in_charge for held in principal.appointments)


@rules.predicate
def is_the_same_person(user: Any, person: Any = None) -> bool:
    return person is not None and user.pk == person.pk


def holds(role: Role) -> Any:
    """A predicate: the person holds this role somewhere today."""
    return rules.Predicate(lambda user: principal_of(user).has(role), name=f"holds:{role}")


# Whoever looks for an interpreter or plans training; each person keeps their own.
rules.add_perm("people.view_languages", is_administrator | is_auditor | is_icd | is_personnel | is_leadership)
rules.add_perm("people.keep_languages", is_administrator | is_icd | is_personnel)
rules.add_perm("people.keep_language", is_administrator | is_icd | is_personnel | is_the_same_person)
rules.add_perm("people.manage", is_administrator)
rules.add_perm("people.enter_administration", is_administrator | is_auditor)
rules.add_perm("people.view_register", is_administrator | is_auditor | is_icd | is_personnel)
rules.add_perm("people.be_substituted", leads_something)
rules.add_perm("people.record_substitution", is_administrator | (leads_something & is_the_same_person))
rules.add_perm("people.keep_substitutions", is_administrator | is_clerk)
rules.add_perm("people.read_substitutions", is_administrator | is_auditor | is_clerk)
