"""Partners for tests, written by the service as everywhere."""

from __future__ import annotations

from typing import Any

import factory

from agreements.choices import PartnerKind
from agreements.models import Partner
from agreements.services import create_partner
from tests.intlcoop.catalogues.factories import country
from tests.intlcoop.people.factories import UserFactory


class PartnerFactory(factory.django.DjangoModelFactory):
    """Belongs to Laos unless said otherwise; `country=None` makes it international, `actor` is who added it."""

    class Meta:
        model = Partner

    name_vi = factory.Sequence(lambda n: f"Bộ Nội vụ số {n}")
    kind = PartnerKind.FOREIGN_MINISTRY
    country = factory.LazyFunction(lambda: country("LA"))
    actor = factory.SubFactory(UserFactory)

    @classmethod
    def _create(cls, model_class: type[Partner], *args: Any, **kwargs: Any) -> Partner:
        return create_partner(**kwargs)
