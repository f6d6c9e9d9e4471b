"""What else it could be is named with what would speak for it."""

from bot.case import Case
from bot.conversation import other_causes


def test_the_causes_told_beside_the_first_are_named_with_a_sign(knowledge):
    told = other_causes("plantar_fasciitis", ["plantar_fasciitis", "tarsal_tunnel"], Case(), knowledge)
    assert [other.id for other in told.others] == ["tarsal_tunnel"]
    assert told.others[0].sign
    assert told.sign


def test_a_cause_told_alone_is_told_from_what_it_is_mixed_up_with(knowledge):
    told = other_causes("plantar_fasciitis", ["plantar_fasciitis"], Case(), knowledge)
    mixed_up = {item.cause for item in knowledge.causes["plantar_fasciitis"].confused_with}
    assert 0 < len(told.others) <= 2
    assert {other.id for other in told.others} <= mixed_up


def test_a_sign_that_is_known_already_is_not_named_again(knowledge, case_with):
    first = other_causes("plantar_fasciitis", ["plantar_fasciitis", "tarsal_tunnel"], Case(), knowledge)
    sign = next(item.id for item in knowledge.findings.values() if item.said == first.others[0].sign)
    again = other_causes("plantar_fasciitis", ["plantar_fasciitis", "tarsal_tunnel"], case_with(sign), knowledge)
    assert again.others[0].sign != first.others[0].sign
