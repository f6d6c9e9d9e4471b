import gzip
import hashlib
import re
from dataclasses import replace

import pytest

from bot.api.wording import practice
from bot.settings import ROOT

WIDGET = (ROOT / "bot" / "widget" / "dist" / "widget.js").read_bytes()
VERSION = hashlib.sha256(WIDGET).hexdigest()[:12]


def content(response):
    return b"".join(response) if response.streaming else response.content


def test_the_page_embeds_the_widget_by_one_script_and_nothing_inline(client):
    page = client.get("/").content.decode()

    assert re.findall(r"<script[^>]*>[^<]*", page) == ['<script type="module" src="/widget/widget.js">']
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=|javascript:", page)
    assert not re.search(r'(src|href)="(https?:)?//', page)


def test_the_page_forbids_what_it_does_not_need(client):
    policy = client.get("/").headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_every_file_of_the_page_is_served(client):
    for address in re.findall(r'(?:src|href)="(/[^"#]*)"', client.get("/").content.decode()):
        assert client.get(address, follow=address.startswith("/staff")).status_code == 200, address


def test_the_widget_is_served_packed_and_plain(client):
    packed = client.get("/widget/widget.js", headers={"Accept-Encoding": "gzip, br"})
    plain = client.get("/widget/widget.js")

    assert packed.headers["Content-Encoding"] == "gzip"
    assert gzip.decompress(packed.content) == plain.content == WIDGET
    assert plain.headers["Content-Type"] == "text/javascript; charset=utf-8"
    assert plain.headers["Access-Control-Allow-Origin"] == "*"
    assert "Accept-Encoding" in plain.headers["Vary"]


@pytest.mark.parametrize("encoding", ["", "gzip"])
def test_an_unchanged_widget_is_not_sent_again(client, encoding):
    first = client.get("/widget/widget.js", headers={"Accept-Encoding": encoding})
    headers = {"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]}
    again = client.get("/widget/widget.js", headers=headers)

    assert (again.status_code, again.content) == (304, b"")
    other = client.get("/widget/widget.js", headers={"If-None-Match": '"other"'})
    assert other.status_code == 200


def test_a_version_of_the_widget_may_be_kept_for_ever_and_never_changes(client):
    versioned = client.get(f"/widget/{VERSION}/widget.js")
    assert versioned.content == WIDGET
    assert "immutable" in versioned.headers["Cache-Control"]
    assert "immutable" not in client.get("/widget/widget.js").headers["Cache-Control"]
    assert client.get("/widget/000000000000/widget.js").status_code == 404


@pytest.mark.parametrize(
    ("phone", "spellings"),
    [
        ("(301) 515-FEET (301-515-3338)", ("(301) 515-FEET", "(301-515-3338)")),
        ("(301) 515-3338", ("(301) 515-3338",)),
        ("+44 20 7946 0018", ("+44 20 7946 0018",)),
    ],
)
def test_a_number_in_brackets_is_a_second_spelling(phone, spellings):
    assert replace(practice(), phone=phone).phone_spellings == spellings


def test_the_practices_number_can_be_pressed_wherever_the_page_says_it(client):
    page = client.get("/").content.decode()
    told = page[page.index("<dl>") : page.index("</dl>")]
    assert told.count(">(301) 515-3338</a>") == told.count("(301) 515-3338") >= 3
    assert f'href="tel:{practice().phone_e164}"' in told
