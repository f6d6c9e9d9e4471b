"""Whether a visit is what the visitor wishes."""

from __future__ import annotations

from bot.booking.visits import Visit, Wish
from bot.dates.fitting import fits
from bot.knowledge.model import Practice


def clinicians_wished(practice: Practice, wish: Wish) -> frozenset[str] | None:
    """Return the ids of the clinicians who fit, None where nobody in particular is wished for or nobody fits."""
    if not wishes_somebody(wish):
        return None
    fitting = frozenset(
        who.id
        for who in practice.clinicians
        if wish.clinician_id in ("", who.id)
        and who.id != wish.not_clinician_id
        and wish.gender in ("", who.gender)
        and (not wish.language or wish.language.lower() in (language.lower() for language in who.languages))
    )
    return fitting or None


def wishes_somebody(wish: Wish) -> bool:
    """Tell whether not everybody of the practice would do."""
    return bool(wish.clinician_id or wish.not_clinician_id or wish.gender or wish.language)


def meets(visit: Visit, wish: Wish, practice: Practice) -> bool:
    """Tell whether the visit is on a day, at a time and with somebody that is wished for."""
    start = visit.start.astimezone(practice.time_zone)
    return (
        fits(start, wish.when)
        and (not wish.weekdays or start.weekday() in wish.weekdays)
        and (wish.before is None or start < wish.before)
        and (not wishes_somebody(wish) or visit.clinician_id in (clinicians_wished(practice, wish) or ()))
    )
