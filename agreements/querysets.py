"""Which partners may somebody see, and which one did they mean?"""

from __future__ import annotations

from typing import Any, Self

import rules

from intlcoop.catalogues.models import Country
from intlcoop.catalogues.querysets import SearchableQuerySet
from intlcoop.vietnamese.folding import fold


class PartnerQuerySet(SearchableQuerySet):
    def visible_to(self, user: Any) -> Self:
        """Partners are the ministry's common address book: everybody with an account sees all of them."""
        return self if rules.has_perm("agreements.view_partner", user) else self.none()

    def same_as(self, name_vi: str, country: Country | None) -> Self:
        """The partner that carries this name in this country, whatever its accents, case and punctuation."""
        return self.filter(folded_name=fold(name_vi), country=country)
