"""Doors to reports and the home page."""

from reports.views.home import home
from reports.views.orders import cancel, order, retry
from reports.views.pages import ReportList, data, figure, report

__all__ = ["ReportList", "cancel", "data", "figure", "home", "order", "report", "retry"]
