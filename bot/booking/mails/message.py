"""Write a mail from its stored row, the same at every try, and hand it to the mail server."""

from __future__ import annotations

from collections.abc import Mapping
from email.utils import formataddr
from zoneinfo import ZoneInfo

from django.core.mail import EmailMultiAlternatives, get_connection
from django.utils.html import escape, format_html, format_html_join
from django.utils.safestring import SafeString, mark_safe

from bot.booking.announcements import Change, invites_practice
from bot.booking.calendar.invitation import Meeting, calendar_invitation
from bot.booking.links import private_link
from bot.booking.mails.mail_words import MailWords, filled, words, written_when
from bot.booking.outbox_models import MailRow
from bot.knowledge.model import Practice
from bot.settings import MailSettings, settings

# A server that answers nothing must not keep the other mails waiting for long.
PATIENCE_SECONDS = 20
_CALENDAR_CHANGES = (Change.BOOKED, Change.CHANGED, Change.CANCELLED, Change.DECLINED)
_STAFF_PATH = "/staff/bookings/"
# Mail programs know no style sheets; the white ground keeps the text readable where they darken the page.
_PAGE = (
    '<!doctype html><html lang="en"><head><meta name="color-scheme" content="light"><title>{}</title></head>'
    '<body style="margin:0;padding:24px 16px;background:#fff;color:#1d2b2a;font:16px/1.55 system-ui,sans-serif">'
    '<div style="max-width:36em;margin:0 auto;overflow-wrap:anywhere">'
    '<p style="margin:0 0 20px;padding:0 0 12px;border-bottom:2px solid #0b5c5a;font-weight:600">{}</p>{}'
    "</div></body></html>"
)


def send(row: MailRow, practice: Practice, server: MailSettings) -> None:
    """Hand the mail to the server; returning means that the server took it.

    Raises:
        SMTPException: the server refused it.
        OSError: the server was not reached, or the connection broke.
    """
    connection = get_connection(
        "django.core.mail.backends.smtp.EmailBackend",
        host=server.host,
        port=server.port,
        username=server.user,
        password=server.password,
        use_tls=server.security == "starttls",
        use_ssl=server.security == "ssl",
        timeout=PATIENCE_SECONDS,
    )
    connection.send_messages([message(row, practice, server)])


def message(row: MailRow, practice: Practice, server: MailSettings) -> EmailMultiAlternatives:
    """Return the mail: text, HTML, and for a change of the appointment the invitation.

    The practice gets one only where its calendar cannot be written in another way.
    """
    change = Change(row.change)
    said = (words().practice if row.for_practice else words().visitor)[change]
    details = _details(row, practice)
    mail = EmailMultiAlternatives(
        subject=filled(said.subject, details),
        body="\n\n".join(_paragraphs(said, details)) + "\n",
        from_email=formataddr((practice.name, server.sender)),
        to=[practice_address(practice, server) if row.for_practice else row.address],
        # RFC 3834: no out-of-office answers to these.
        headers={"Message-ID": row.message_id, "Auto-Submitted": "auto-generated"},
    )
    mail.attach_alternative(_html(filled(said.subject, details), _paragraphs(said, details), details), "text/html")
    if change in _CALENDAR_CHANGES and (not row.for_practice or invites_practice()):
        mail.attach_alternative(*_calendar_part(row, practice, server, details))
    return mail


def practice_address(practice: Practice, server: MailSettings) -> str:
    """Return where the practice is told; empty where it gave no address."""
    return server.practice or practice.email


def _details(row: MailRow, practice: Practice) -> Mapping[str, str]:
    start = row.start.astimezone(ZoneInfo(row.time_zone))
    return {
        **practice_details(practice),
        "when": written_when(start),
        "clinician": next((one.name for one in practice.clinicians if one.id == row.clinician_id), practice.name),
        "visit_type": next((kind.name for kind in practice.visit_types if kind.id == row.visit_type), row.visit_type),
        "reference": row.reference,
        "code": row.code if row.change == Change.CODE else "",
        "link": private_link(row.uid),
        "console": settings().public_url + _STAFF_PATH,
    }


def practice_details(practice: Practice) -> Mapping[str, str]:
    """Return what stands in braces for the practice."""
    return {
        "practice": practice.name,
        "phone": practice.phone,
        "phone_e164": practice.phone_e164,
        "emergency_number": practice.emergency_number,
        "address": practice.address,
        "bring": practice.answers.get("bring", ""),
    }


def _paragraphs(said: MailWords, details: Mapping[str, str]) -> list[str]:
    return [text for text in (filled(paragraph, details) for paragraph in said.paragraphs) if text]


def _html(subject: str, paragraphs: list[str], details: Mapping[str, str]) -> SafeString:
    links = {details[name]: details[name] for name in ("link", "console")}
    links[details["phone"]] = f"tel:{details['phone_e164']}"
    texts = format_html_join("", "<p>{}</p>", ((_linked(paragraph, links),) for paragraph in paragraphs))
    return format_html(_PAGE, subject, details["practice"], texts)


def _linked(paragraph: str, links: Mapping[str, str]) -> SafeString:
    text = escape(paragraph)
    for shown, address in links.items():
        link = f'<a href="{escape(address)}" style="color:#0b5c5a">{escape(shown)}</a>'
        text = mark_safe(text.replace(escape(shown), link))
    return text


def _calendar_part(
    row: MailRow, practice: Practice, server: MailSettings, details: Mapping[str, str]
) -> tuple[str, str]:
    zone = ZoneInfo(row.time_zone)
    cancelled = row.change in (Change.CANCELLED, Change.DECLINED)
    meeting = Meeting(
        uid=row.uid,
        sequence=row.sequence,
        start=row.start.astimezone(zone),
        end=row.end.astimezone(zone),
        stamp=row.created_at,
        title=filled(words().event["title_for_staff" if row.for_practice else "title"], details),
        note=filled(words().event["note"], details),
        place=practice.address or practice.name,
    )
    text = calendar_invitation(
        meeting,
        organiser=server.sender,
        organiser_name=practice.name,
        attendee=practice_address(practice, server) if row.for_practice else row.address,
        cancelled=cancelled,
    )
    return text.decode(), f"text/calendar; method={'CANCEL' if cancelled else 'REQUEST'}"
