import datetime as dt
import subprocess
import sys
import time
import urllib.request
from base64 import b64encode
from urllib.error import HTTPError, URLError

from tests.servers.ports import free_port

USER, PASSWORD = "practice", "secret"


class CalendarServer:
    """A Radicale server in a process of its own; `do` sends what a clinician's own calendar program would send."""

    def __init__(self, folder):
        self.folder = folder
        folder.mkdir(parents=True, exist_ok=True)
        self.port = free_port()
        self.process = None
        (folder / "users").write_text(f"{USER}:{PASSWORD}\n")
        (folder / "config").write_text(
            f"[server]\nhosts = 127.0.0.1:{self.port}\n"
            f"[auth]\ntype = htpasswd\nhtpasswd_filename = {folder / 'users'}\nhtpasswd_encryption = plain\ndelay = 0\n"
            f"[storage]\nfilesystem_folder = {folder / 'data'}\n"
            "[logging]\nlevel = error\n"
        )

    def address(self, name="visits"):
        return f"http://127.0.0.1:{self.port}/{USER}/{name}/"

    def start(self):
        self.process = subprocess.Popen([sys.executable, "-m", "radicale", "--config", str(self.folder / "config")])
        end = time.monotonic() + 60
        while time.monotonic() < end:
            try:
                return self.do("GET", f"http://127.0.0.1:{self.port}/.web/")
            except URLError:
                time.sleep(0.05)
        raise AssertionError("Radicale did not start")

    def stop(self):
        if self.process:
            self.process.terminate()
            self.process.wait()
            self.process = None

    def make(self, name="visits"):
        body = (
            '<?xml version="1.0"?><C:mkcalendar xmlns:D="DAV:" xmlns:C="urn:ietf:params:xml:ns:caldav"><D:set><D:prop>'
            f"<D:displayname>{name}</D:displayname></D:prop></D:set></C:mkcalendar>"
        )
        assert self.do("MKCALENDAR", self.address(name), body)[0] == 201
        return self.address(name)

    def do(self, method, address, body=None, headers=()):
        login = b64encode(f"{USER}:{PASSWORD}".encode()).decode()
        request = urllib.request.Request(
            address,
            data=body.encode() if body else None,
            method=method,
            headers={"Authorization": f"Basic {login}", "Content-Type": "text/calendar", **dict(headers)},
        )
        try:
            with urllib.request.urlopen(request, timeout=10) as answer:
                return answer.status, answer.read().decode()
        except HTTPError as error:
            return error.code, error.read().decode()

    def events(self, name="visits"):
        """Return the iCalendar text of each event by its file name."""
        status, text = self.do("PROPFIND", self.address(name), headers={"Depth": "1"}.items())
        assert status == 207, text
        names = [part.partition("</")[0].rpartition("/")[2] for part in text.split("href>")[1:]]
        return {one: self.do("GET", self.address(name) + one)[1] for one in names if one.endswith(".ics")}

    def put(self, name, text, calendar="visits"):
        assert self.do("PUT", self.address(calendar) + name, text)[0] in (201, 204)

    def delete(self, name, calendar="visits"):
        assert self.do("DELETE", self.address(calendar) + name)[0] in (200, 204)

    def move(self, name, start, end, calendar="visits"):
        """Move an event like a clinician who drags it in the calendar."""
        text = self.events(calendar)[name]
        rows = []
        for row in text.splitlines():
            if row.startswith("DTSTART"):
                row = f"DTSTART:{_utc(start)}" if "BEGIN:VEVENT" in rows else row
            elif row.startswith("DTEND"):
                row = f"DTEND:{_utc(end)}"
            rows.append(row)
        self.put(name, "\r\n".join(rows) + "\r\n", calendar)


def event(uid, *lines):
    """Return the text of somebody's own event."""
    head = ("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//somebody//EN", "BEGIN:VEVENT", f"UID:{uid}")
    return "\r\n".join((*head, f"DTSTAMP:{_utc(dt.datetime.now(dt.UTC))}", *lines, "END:VEVENT", "END:VCALENDAR", ""))


def _utc(moment):
    return f"{moment.astimezone(dt.UTC):%Y%m%dT%H%M%SZ}"
