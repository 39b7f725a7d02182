"""The catcher speaks SMTP with an honest client, and stays polite with the others."""

from __future__ import annotations

import asyncio
import smtplib
import threading

import pytest

from intlcoop.notifications import smtp_sink


@pytest.fixture
def caught():
    return []


@pytest.fixture
def port(caught):
    """The sink on a free port, served by a thread of its own."""
    loop = asyncio.new_event_loop()
    server = loop.run_until_complete(smtp_sink.serve("127.0.0.1", 0, caught.append))
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield server.sockets[0].getsockname()[1]
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    server.close()
    loop.run_until_complete(asyncio.sleep(0))
    loop.close()


@pytest.fixture
def client(port):
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as session:
        yield session


def test_mails_arrive_as_they_were_sent(client, caught):
    text = "Subject: Chao\r\n\r\n.dot\r\n..two\r\n.\r\nend\r\n"
    client.sendmail("a@b.vn", ["c@d.vn", "e@f.vn"], text)
    client.sendmail("a@b.vn", ["c@d.vn"], "Subject: 2\r\n\r\nx\r\n")
    assert caught == [text.encode(), b"Subject: 2\r\n\r\nx\r\n"]


def test_the_null_sender_of_a_bounce_is_a_sender(client, caught):
    client.sendmail("", ["c@d.vn"], "x\r\n")
    assert caught == [b"x\r\n"]


def test_vietnamese_arrives_in_eight_bits(client, caught):
    client.sendmail(
        "a@b.vn", ["c@d.vn"], "Subject: Đoàn\r\n\r\nờ\r\n".encode(), mail_options=["BODY=8BITMIME", "SMTPUTF8"]
    )
    assert caught[0].decode() == "Subject: Đoàn\r\n\r\nờ\r\n"


@pytest.mark.parametrize(
    ("commands", "codes"),
    [
        (["MAIL FROM:<a@b.vn>"], [503]),
        (["EHLO x", "RCPT TO:<a@b.vn>"], [250, 503]),
        (["EHLO x", "DATA"], [250, 503]),
        (["EHLO x", "MAIL FROM:<a@b.vn>", "DATA"], [250, 250, 503]),
        (["EHLO x", "MAIL FROM:<a@b.vn>", "MAIL FROM:<a@b.vn>"], [250, 250, 503]),
        (["EHLO x", "MAIL FROM:<a@b.vn>", "RSET", "RCPT TO:<a@b.vn>"], [250, 250, 250, 503]),
        (["EHLO x", "MAIL FROM: a@b.vn"], [250, 501]),
        (["EHLO x", "MAIL TO:<a@b.vn>"], [250, 501]),
        (["EHLO x", "MAIL FROM:<a@b.vn>", "RCPT TO:<>"], [250, 250, 501]),
        (["EHLO x", "MAIL FROM:<a@b.vn> SIZE=999999999"], [250, 552]),
        (["EHLO"], [501]),
        (["HELO x", "NOOP", "VRFY a", "ETRN x"], [250, 250, 252, 500]),
    ],
)
def test_commands_out_of_order_or_shape_are_refused(client, caught, commands, codes):
    assert [client.docmd(command)[0] for command in commands] == codes
    assert caught == []


def test_too_many_recipients_are_refused(client):
    client.ehlo()
    client.docmd("MAIL FROM:<a@b.vn>")
    codes = [client.docmd(f"RCPT TO:<a{n}@b.vn>")[0] for n in range(smtp_sink.MOST_RECIPIENTS + 1)]
    assert codes == [250] * smtp_sink.MOST_RECIPIENTS + [452]


def test_a_mail_that_is_too_large_is_refused_and_the_next_one_taken(client, caught, monkeypatch):
    monkeypatch.setattr(smtp_sink, "LARGEST_MAIL", 1000)
    client.ehlo()
    client.esmtp_features.pop("size")
    with pytest.raises(smtplib.SMTPDataError) as refusal:
        client.sendmail("a@b.vn", ["c@d.vn"], "x" * 70 + "\r\n" + ("y" * 70 + "\r\n") * 20)
    assert refusal.value.smtp_code == 552
    client.sendmail("a@b.vn", ["c@d.vn"], "x\r\n")
    assert caught == [b"x\r\n"]


def test_a_client_that_hangs_up_in_the_middle_leaves_no_mail(client, port, caught):
    client.ehlo()
    client.docmd("MAIL FROM:<a@b.vn>")
    client.docmd("RCPT TO:<a@b.vn>")
    client.docmd("DATA")
    client.send("half a mail\r\n")
    client.close()
    with smtplib.SMTP("127.0.0.1", port, timeout=5) as another:
        another.sendmail("a@b.vn", ["c@d.vn"], "x\r\n")
    assert caught == [b"x\r\n"]
