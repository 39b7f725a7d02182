"""Verify the digital signatures of all stored PDF files again: after a root certificate was added or taken away."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from intlcoop.documents.signatures import check_signatures, stored_pdfs


class Command(BaseCommand):
    help = "Verify the digital signatures of all stored PDF files again, against the roots that are trusted now."

    def handle(self, *args: Any, **options: Any) -> None:
        signed = missing = 0
        for row in stored_pdfs():
            try:
                with row.file.open("rb") as stored:
                    signed += check_signatures(stored.read()) is not None
            except FileNotFoundError:
                missing += 1
        self.stdout.write(f"{signed} signed files verified, {missing} files missing")
