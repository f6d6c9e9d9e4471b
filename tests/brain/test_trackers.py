def fresh_agent(agent):
    """The same agent with an empty memory, as after a restart or in another process."""
    agent._store._live.clear()
    return agent


def test_a_conversation_goes_on_after_a_restart(chat):
    chat.say("make an appointment")
    fresh_agent(chat.agent)

    assert [bubble.text for bubble in chat.say("Anna")] == ["Which day?"]


def test_a_stale_tracker_is_not_used(chat, tiny_model):
    from bot.brain.agent import Agent

    other = Agent(tiny_model, package="tiny_actions")
    chat.say("make an appointment")
    chat.say("Anna", agent=other)
    other.close()

    assert [bubble.text for bubble in chat.say("Monday")] == ["Booked: Anna, Monday."]


def test_slots_survive_however_long_the_conversation_is(chat):
    for _ in range(30):
        chat.say("hello there")

    # The opening, thirty greetings and this message; one more in each form activation.
    assert [bubble.text for bubble in chat.say("count the turns")] == ["32"]


def test_an_open_form_survives_the_shortening(chat):
    chat.say("make an appointment")
    for _ in range(20):
        assert [bubble.text for bubble in chat.say("Al")] == ["That is too short.", "Your name?"]

    assert [bubble.text for bubble in chat.say("Anna")] == ["Which day?"]


def test_a_live_tracker_stays_short_and_the_record_complete(chat):
    for _ in range(40):
        chat.say("hello there")

    live = chat.agent._store._live[chat.id]
    record = chat.inbox.rasa_events(chat.id)
    assert len(live.tracker.events) < 120
    assert sum(event["event"] == "user" for event in record) == 41
    assert live.version == len(record) == chat.inbox.rasa_version(chat.id)


def test_a_reloaded_tracker_has_the_state_of_the_live_one(chat):
    for line in ["hello there"] * 15 + ["make an appointment", "Anna"]:
        chat.say(line)
    live = chat.agent._store._live[chat.id].tracker

    reloaded = chat.agent._store._load(chat.id).tracker

    assert reloaded.current_slot_values() == live.current_slot_values()
    assert reloaded.active_loop_name == live.active_loop_name == "booking_form"
    assert reloaded.latest_action_name == live.latest_action_name == "action_listen"


def test_only_so_many_trackers_stay_in_memory(tiny_agent, db, monkeypatch):
    from bot.brain.turns import take_turn
    from bot.inbox import delivery

    monkeypatch.setattr(tiny_agent._store, "_size", 3)
    for _ in range(5):
        delivery.start_conversation()
    while take_turn(tiny_agent, "tests:0:0"):
        pass

    assert len(tiny_agent._store._live) == 3
