import pytest

from bot.evaluation.judging import Judge


@pytest.fixture(scope="session")
def judge():
    """The practice's knowledge and its reader, made once."""
    return Judge()
