"""The forms of this room, by what they take in."""

from agreements.forms.contact import ContactForm
from agreements.forms.group import GroupForm
from agreements.forms.partner import PartnerForm

__all__ = ["ContactForm", "GroupForm", "PartnerForm"]
