"""The demo ministry as test people: `ministry.vutruong`, `ministry.unit("CSDP")`."""

from __future__ import annotations

from dataclasses import dataclass

from intlcoop.operations.demo import ministry as demo
from intlcoop.people.models import OrgUnit, User

ACCOUNTS = tuple(row.username for row in demo.ACCOUNTS)


@dataclass
class Ministry:
    people: dict[str, User]

    def __getattr__(self, username: str) -> User:
        """A fresh copy each time, so that nothing remembered of a person survives a change of office."""
        try:
            return User.objects.get(pk=self.people[username].pk)
        except KeyError as error:
            raise AttributeError(username) from error

    def person(self, username: str) -> User:
        return getattr(self, username)

    def unit(self, code: str) -> OrgUnit:
        return OrgUnit.objects.get(code=code)


def build_ministry() -> Ministry:
    return Ministry(demo.build(password=None))
