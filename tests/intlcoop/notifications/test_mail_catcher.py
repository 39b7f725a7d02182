"""`manage.py mail_catcher` as it runs in the demo: takes Django's mails on this machine and stops when told."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time

from django.core.mail import EmailMessage, get_connection

from intlcoop.embedded.places import BASE_DIR
from intlcoop.notifications import mailbox


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def wait_for(port, process):
    for _turn in range(200):
        assert process.poll() is None
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.1)
    raise AssertionError("the catcher does not listen")


def test_a_mail_of_the_portal_is_caught_and_shown(settings, tmp_path):
    settings.VAR_DIR = tmp_path
    port = free_port()
    process = subprocess.Popen(
        [sys.executable, "manage.py", "mail_catcher", "--port", str(port)],
        cwd=BASE_DIR,
        env=os.environ | {"VAR_DIR": str(tmp_path)},
    )
    try:
        wait_for(port, process)
        line = get_connection("django.core.mail.backends.smtp.EmailBackend", host="127.0.0.1", port=port)
        EmailMessage("ĐR-2026-0012: Thái Lan", "Hạn xử lý: Thứ Tư.\n.\n", "a@b.vn", ["c@d.vn"], connection=line).send()
        found = mailbox.read(mailbox.names()[0])
        assert (found.subject, found.text) == ("ĐR-2026-0012: Thái Lan", "Hạn xử lý: Thứ Tư.\n.\n")
        process.send_signal(signal.SIGTERM)
        assert process.wait(10) == 0
    finally:
        process.kill()
