import pytest

from bot.api import visit_door


@pytest.fixture(autouse=True)
def _no_limit_is_used_up():
    # The process counts them for an address, and all tests have the same one.
    visit_door.WRONG_LINKS.forget()
    visit_door.CHANGES.forget()
