"""The pages of this room, by what they show."""

from agreements.views.partners import PartnerDetail, PartnerList, partner_change, partner_create

__all__ = ["PartnerDetail", "PartnerList", "partner_change", "partner_create"]
