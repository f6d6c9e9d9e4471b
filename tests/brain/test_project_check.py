"""`instep check` names every fault of the Rasa project with its reason, and passes nothing that the server refuses."""

import shutil
from pathlib import Path

import pytest

from bot.brain import training
from bot.brain.agent import Agent
from bot.brain.project_check import validate_project
from bot.errors import ModelError

TINY = Path(__file__).parent / "tiny_project"


@pytest.fixture
def project(tmp_path):
    shutil.copytree(TINY, tmp_path, dirs_exist_ok=True)
    return tmp_path


def rule(steps):
    return f'version: "3.1"\nrules:\n- rule: wrong\n  steps:\n{steps}'


def refusal(project):
    with pytest.raises(ModelError) as refused:
        validate_project(project, project / "data")
    return str(refused.value)


def test_a_project_in_order_is_accepted(project):
    validate_project(project, project / "data")


@pytest.mark.parametrize(
    ("text", "complaint"),
    [
        (rule("  - intent: greet\n  - action: utter_nowhere\n"), "utter_nowhere"),
        (rule("  - intent: greet\n  - active_loop: no_form\n"), "no_form"),
        ('version: "3.1"\nrules:\n- rule: wrong\n  steps: [\n', "wrong.yml"),
        (rule("  - intend: greet\n  - action: utter_greet\n"), "wrong.yml"),
        ('version: "3.1"\nnlu:\n- intent: goodbye\n  examples: |\n    - red alarm\n', "red alarm"),
        ('version: "3.1"\nnlu:\n- intent: unheard_of\n  examples: |\n    - what\n', "unheard_of"),
    ],
)
def test_a_fault_is_named(project, text, complaint):
    (project / "data" / "rules" / "wrong.yml").write_text(text)
    assert complaint in refusal(project)


def test_all_faults_are_named_at_once(project):
    steps = "".join(f"  - action: utter_nowhere_{number}\n" for number in range(30))
    (project / "data" / "rules" / "wrong.yml").write_text(rule("  - intent: greet\n" + steps))
    said = refusal(project)
    assert all(f"'utter_nowhere_{number}'" in said for number in range(30))


def test_stories_that_contradict_each_other_are_named(project):
    stories = "- story: one\n  steps:\n  - intent: greet\n  - action: utter_goodbye\n"
    stories += "- story: two\n  steps:\n  - intent: greet\n  - action: utter_start\n"
    (project / "data" / "stories").mkdir()
    (project / "data" / "stories" / "wrong.yml").write_text(f'version: "3.1"\nstories:\n{stories}')
    said = refusal(project)
    assert "'one'" in said
    assert "'two'" in said


def test_rules_that_contradict_each_other_are_refused_by_training_with_their_names(project):
    (project / "data" / "rules" / "wrong.yml").write_text(rule("  - intent: greet\n  - action: utter_goodbye\n"))
    with pytest.raises(ModelError, match="wrong"):
        training.run_training(project, project / "data", project / "models" / "m.tar.gz", lambda line: None)


def test_an_action_of_the_domain_that_nobody_wrote_is_refused_by_the_server(tiny_model, tmp_path):
    (tmp_path / "no_actions.py").write_text("")
    with pytest.MonkeyPatch.context() as patched:
        patched.syspath_prepend(tmp_path)
        with pytest.raises(ModelError, match="action_book"):
            Agent(tiny_model, package="no_actions")


def test_a_response_that_code_says_is_in_use_and_one_that_nobody_says_is_a_fault(project):
    domain = project / "domain.yml"
    added = "".join(f"  {name}:\n  - text: Something\n" for name in ("utter_turn_failed_twice", "utter_see_soon"))
    domain.write_text(domain.read_text() + added)
    said = refusal(project)
    assert "'utter_turn_failed_twice' is not used" in said
    assert "utter_see_soon" not in said
    assert "utter_ask_visitor_name" not in said
