"""What people type in this room: orders of reports, and the register of other work."""

from reports.forms.year_end import OrderForm

__all__ = ["OrderForm"]
