"""A process of its own that answers turns slowly, so that a test can kill it in the middle of one."""

# ruff: noqa: E402 - Django has to be set up before the rooms are imported.
import os
import sys
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "bot.web.settings"

import django

django.setup()

from django.db import transaction

from bot.inbox import delivery
from bot.inbox.messages import Bubble, TurnOutcome, Understanding

owner, seconds_a_turn = sys.argv[1], float(sys.argv[2])
while True:
    turn = delivery.claim_turn(owner, lease_seconds=1.0)
    if turn is None:
        time.sleep(0.01)
        continue
    with transaction.atomic():
        outcome = TurnOutcome([Bubble(f"answer to {turn.seq}")], [{"event": "turn"}], Understanding("greet", 1.0))
        delivery.complete_turn(turn, outcome)
        # Sleeps before the commit: a kill here must leave nothing of the turn.
        time.sleep(seconds_a_turn)
