"""The real pages, API and database with a scripted brain, so that every state of the widget can be called up.

The visitor's words choose the answer; what is not in the script is said back unchanged.
"""

import os
import threading
import time

os.environ["DJANGO_SETTINGS_MODULE"] = "bot.web.settings"

import uvicorn

from bot.web import asgi, checks  # isort: skip
from bot.inbox import delivery  # isort: skip
from bot.inbox.messages import Bubble, OfferedChoice, TurnOutcome, Understanding  # isort: skip
from bot.settings import settings  # isort: skip


def choices(*labels):
    return tuple(OfferedChoice(f"c{place}", label, f"/{label}") for place, label in enumerate(labels))


SIGNS = tuple(f"Sign {place}" for place in range(8))
NONE = OfferedChoice("none", "None of these", "/none", alone=True)
THINKING_SECONDS = 20.0

MARKDOWN = """Two things **help most**:
- Stretch the calf
- See [our page](https://example.org/feet) or call [us](tel:+13015153338)

1. first
2. second

Source: https://example.org/a.html.
Not a link: [press](javascript:alert(1)), [open](data:text/html,x), [file](file:///etc/passwd)."""

SCRIPT = {
    "": [Bubble("Hello, I am a **program**."), Bubble("What would you like to do?", choices("Describe", "Book"))],
    "choices": [Bubble("Is it worst in the morning?", choices("Yes", "No", "Not sure")), Bubble("Take your time.")],
    "many": [Bubble("Which of these fit?", choices("Numb toes", "Heavy foot", "Calf pain"), many=True)],
    "long list": [Bubble("Is any of this true?", (*choices(*SIGNS), NONE), many=True)],
    "today": [Bubble("Have the wound seen today, or call (301) 515-3338.", kind="same_day")],
    "number": [Bubble("Call us at (301) 515-FEET (301-515-3338). You gave (301) 555-0148.")],
    "emergency": [
        Bubble("A warm, swollen leg can be a **blood clot**. Get help now.", kind="emergency"),
        Bubble("Did I understand you wrongly?", choices("This is not happening")),
    ],
    "long emergency": [Bubble("Get help now: nerves may be squeezed, and hours matter. " * 8, kind="emergency")],
    "booked": [Bubble("**Monday, 2:30 PM**\nReference: **K7Q4**", kind="booked"), Bubble("Anything else?")],
    "markdown": [Bubble(MARKDOWN)],
}


def think(turn):
    """Take until the visitor says something more, a while at the most: others want their answers too."""
    end = time.monotonic() + THINKING_SECONDS
    while time.monotonic() < end and not delivery.events_after(turn.conversation_id, turn.seq):
        time.sleep(0.02)


def answer_turns():
    while True:
        turn = delivery.claim_turn("script", lease_seconds=30.0)
        if turn is None:
            time.sleep(0.02)
            continue
        if "slow" in turn.text:
            time.sleep(2.5)
        if turn.text == "think":
            think(turn)
        bubbles = SCRIPT.get(turn.text, [Bubble(turn.text)])
        delivery.complete_turn(turn, TurnOutcome(bubbles, [], Understanding("script", 1.0)))


checks.prepare_database()
threading.Thread(target=answer_turns, daemon=True).start()
uvicorn.run(asgi.PageHandler(), host=settings().host, port=settings().port, lifespan="off", ws="none", access_log=False)
