"""Wishes of several conditions: what fits them and what does not (`wishes.yml`)."""

import datetime as dt
import pathlib
from zoneinfo import ZoneInfo

import pytest
import yaml

from bot.dates.fitting import fits
from bot.dates.when import read_when

NOW = dt.datetime(2026, 11, 30, 10, 0, tzinfo=ZoneInfo("America/New_York"))
KNOWN = yaml.safe_load((pathlib.Path(__file__).parent / "wishes.yml").read_text())


def moment(text):
    year = 2026 if text >= "11-30" else 2027
    return dt.datetime.fromisoformat(f"{year}-{text}")


def wrong(wish):
    """Return the times at which the wish is read wrongly."""
    when = read_when(wish["text"], NOW)
    missed = [text for text in wish["fits"] if not fits(moment(text), when)]
    return missed + [f"not {text}" for text in wish["not"] if fits(moment(text), when)]


@pytest.mark.parametrize("wish", KNOWN["listed"] + KNOWN["own"], ids=lambda wish: wish["text"])
def test_wish_fits_the_times_that_are_meant_and_no_others(wish):
    assert wrong(wish) == []
