"""`manage.py seed_demo`: the demo ministry, or one of the real cases, marked "minh họa"."""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand, CommandError

from intlcoop.operations.demo import loading
from intlcoop.operations.demo.cases import CASES
from intlcoop.operations.demo.ministry import PASSWORD


class Command(BaseCommand):
    help = "Nạp dữ liệu minh họa. Chạy lại không thay đổi gì."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--case", choices=sorted(CASES), help="nạp trường hợp thực tế thay cho bộ minh họa")

    def handle(self, *args: Any, **options: Any) -> None:
        if not (settings.DEMO or settings.DEBUG):
            raise CommandError("Tài khoản minh họa chỉ được tạo khi DEMO=1 hoặc DEBUG=1.")
        if options["case"]:
            self._load_case(options["case"])
            return
        made = loading.load_demo()
        text = f"Đã tạo {made} đoàn ra minh họa." if made else "Dữ liệu đã có sẵn, không tạo thêm."
        self.stdout.write(self.style.SUCCESS(text))

    def _load_case(self, name: str) -> None:
        try:
            made = loading.load_case(name, password=PASSWORD)
        except loading.AlreadyLoaded as error:
            raise CommandError("Đã có hồ sơ trong hệ thống; trường hợp này chỉ nạp vào hệ thống trống.") from error
        self.stdout.write(self.style.SUCCESS(f"Đã nạp {made} hồ sơ của trường hợp {name}."))
