"""How a transcript shows what was said and understood, as people read it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from django import template
from django.utils.html import escape, format_html
from django.utils.safestring import SafeString, mark_safe

from bot.knowledge import load_knowledge
from bot.settings import settings

register = template.Library()

_BOLD = re.compile(r"\*\*([^*]+)\*\*")
_TARGET = r"[^\s()<>]*(?:\([^\s()<>]*\)[^\s()<>]*)*"
_LINK = re.compile(rf"\[([^\]\n]+)\]\(((?:https?|mailto|tel):{_TARGET})\)")
_ITEM = re.compile(r"^\s*[-*•]\s+(.*)$")
_OTHER_LINK = re.compile(rf"\[([^\]\n]+)\]\({_TARGET}\)")


@register.filter
def chat_text(text: str) -> SafeString:
    """Return a text of the bot as HTML: paragraphs, lists, bold and links, as the widget shows it."""
    blocks: list[str] = []
    items: list[str] = []
    for line in [*text.splitlines(), ""]:
        if found := _ITEM.match(line):
            items.append(f"<li>{_inline(found[1])}</li>")
            continue
        if items:
            blocks.append(f"<ul>{''.join(items)}</ul>")
            items = []
        if line.strip():
            blocks.append(f"<p>{_inline(line)}</p>")
    return mark_safe("".join(blocks))


@register.filter
def plain_words(identifier: str) -> str:
    """Return `describe_symptoms` as "describe symptoms"."""
    return identifier.replace("_", " ")


@register.filter
def finding_names(findings: Iterable[Mapping[str, str]]) -> str:
    """Return what was understood of the body: names, what was denied or left open, and sides."""
    return "; ".join(_finding(finding) for finding in findings)


@register.filter
def cause_names(ids: Iterable[str]) -> str:
    """Return the names of causes."""
    causes = load_knowledge(settings().data / "knowledge").causes
    return "; ".join(causes[one].name if one in causes else plain_words(one) for one in ids)


@register.filter
def red_flag_names(ids: Iterable[str]) -> str:
    """Return the names of red flags."""
    flags = load_knowledge(settings().data / "knowledge").red_flags
    return "; ".join(flags[one].name if one in flags else plain_words(one) for one in ids)


def _finding(finding: Mapping[str, str]) -> str:
    known = load_knowledge(settings().data / "knowledge").findings
    name = known[finding["id"]].name if finding["id"] in known else plain_words(finding["id"])
    remarks = [word for word in (finding.get("side"), finding["status"]) if word and word != "present"]
    return f"{name} ({', '.join(remarks)})" if remarks else name


def _inline(line: str) -> str:
    """Return one line as HTML; everything but bold and links is escaped, and other addresses are left out."""
    parts: list[str] = []
    end = 0
    for found in _LINK.finditer(line):
        parts += [_bold(line[end : found.start()]), format_html('<a href="{}">{}</a>', found[2], found[1])]
        end = found.end()
    return "".join([*parts, _bold(line[end:])])


def _bold(text: str) -> str:
    return _BOLD.sub(r"<strong>\1</strong>", escape(_OTHER_LINK.sub(r"\1", text)))
