import yaml

from bot.settings import ROOT

MADE_BY_COMPONENTS = ("finding", "site", "named_cause", "feared", "tried", "second_goal")


def test_each_entity_that_the_components_make_stands_once_in_the_domain():
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    names = [next(iter(entity)) for entity in domain["entities"]]

    assert len(names) == len(set(names))
    assert set(MADE_BY_COMPONENTS) <= set(names)
