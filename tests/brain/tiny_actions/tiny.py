from rasa_sdk import Action
from rasa_sdk.events import SlotSet
from rasa_sdk.forms import FormValidationAction


class ReadFindings(Action):
    def name(self):
        return "action_read_findings"

    def run(self, dispatcher, tracker, domain):
        text = (tracker.latest_message.get("text") or "").lower()
        alarm = "red alarm" in text
        turns = (tracker.get_slot("turns") or 0) + 1
        events = [SlotSet("pending_red_flags", ["alarm"] if alarm else []), SlotSet("turns", turns)]
        return [*events, SlotSet("urgency", "emergency"), SlotSet("red_flags", ["alarm"])] if alarm else events


class Warn(Action):
    def name(self):
        return "action_warn_red_flag"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="Call for help.", json_message={"kind": "emergency"})
        return [SlotSet("outcome", "emergency")]


class Repeat(Action):
    def name(self):
        return "action_repeat_emergency"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="Please call for help first.", json_message={"kind": "emergency"})
        return []


class ListChoices(Action):
    def name(self):
        return "action_list_choices"

    def run(self, dispatcher, tracker, domain):
        names = {"one": False, "two": False, "three": True}
        buttons = [
            {"title": name, "payload": f'/inform{{"answer": "{name}"}}', "alone": alone}
            for name, alone in names.items()
        ]
        dispatcher.utter_message(text="Which?", buttons=buttons, json_message={"many": True})
        return []


class TakeChoices(Action):
    def name(self):
        return "action_take_choices"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text="Taken: " + ", ".join(tracker.get_latest_entity_values("answer")))
        return []


class CountTurns(Action):
    def name(self):
        return "action_count_turns"

    def run(self, dispatcher, tracker, domain):
        dispatcher.utter_message(text=str(tracker.get_slot("turns")))
        return []


class Misbehave(Action):
    def name(self):
        return "action_misbehave"

    def run(self, dispatcher, tracker, domain):
        from django.contrib.auth import get_user_model

        get_user_model().objects.create(username="half-done")
        raise ValueError(tracker.latest_message["text"])


class Book(Action):
    def name(self):
        return "action_book"

    def run(self, dispatcher, tracker, domain):
        booked = f"Booked: {tracker.get_slot('visitor_name')}, {tracker.get_slot('visit_day')}."
        dispatcher.utter_message(text=booked, json_message={"kind": "booked"})
        return [SlotSet("outcome", "booked")]


class ValidateBooking(FormValidationAction):
    def name(self):
        return "validate_booking_form"

    def validate_visitor_name(self, value, dispatcher, tracker, domain):
        if len(value) < 3:
            dispatcher.utter_message(text="That is too short.")
            return {"visitor_name": None}
        return {"visitor_name": value}
