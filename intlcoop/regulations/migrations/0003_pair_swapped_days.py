"""Say of the days that were loaded before which two belong together (reference.swapped_day reads the same words)."""

from __future__ import annotations

import datetime as dt
import re

from django.db import migrations

OFF_FOR = re.compile(r"thay cho ngày (\d{2})/(\d{2})/(\d{4})")


def pair(apps, schema_editor):
    Holiday = apps.get_model("regulations", "Holiday")
    known = {holiday.day: holiday for holiday in Holiday.objects.filter(swapped_with__isnull=True)}
    for off in list(known.values()):
        found = OFF_FOR.search(off.name_vi)
        worked = known.get(dt.date(int(found[3]), int(found[2]), int(found[1]))) if found else None
        if worked is not None and off.kind == "day_off" and worked.kind == "working_weekend":
            Holiday.objects.filter(pk=off.pk).update(swapped_with=worked.day)
            Holiday.objects.filter(pk=worked.pk).update(swapped_with=off.day)


class Migration(migrations.Migration):
    dependencies = [("regulations", "0002_plan_first")]
    operations = [migrations.RunPython(pair, migrations.RunPython.noop)]
