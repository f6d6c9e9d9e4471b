from hypothesis import given, settings
from hypothesis import strategies as st

STATEMENTS = st.sampled_from(
    [
        "my left heel hurts",
        "No numbness or tingling.",
        "I can't lift my foot",
        "burning in the arch, not swollen",
        "not sure if it is swollen",
        "pain in both heels with the first steps in the morning",
        "what if it's a blood clot?",
    ]
)
UNRELATED = st.sampled_from(
    ["Thank you for your help.", "Do you open on Sunday?", "The weather is nice.", "\U0001f600!"]
)


@settings(max_examples=150, deadline=None)
@given(text=st.text(max_size=1000))
def test_any_text_is_read_with_offsets_inside_it(reader, yes_no, text):
    reading = reader.read(text, yes_no)
    assert all(0 <= finding.start <= finding.end <= len(text) for finding in reading.findings)
    assert reading.age_years is None or 0 <= reading.age_years <= 120
    assert reading.duration_days is None or reading.duration_days > 0
    assert reading.severity_0_10 is None or 0 <= reading.severity_0_10 <= 10
    reader.sites(text)


@settings(max_examples=150, deadline=None)
@given(
    words=st.lists(
        st.sampled_from(
            ["no", "not", "my", "left", "heel", "hurts", ",", ".", "but", "is", "numb", "and", "8/10", "\n"]
        )
    )
)
def test_any_order_of_known_words_is_read(reader, tick_many, words):
    text = " ".join(words)
    assert all(finding.end <= len(text) for finding in reader.read(text, tick_many).findings)


@given(statement=STATEMENTS, before=st.lists(UNRELATED, max_size=2), after=st.lists(UNRELATED, max_size=2))
def test_unrelated_sentences_change_no_finding(reader, statement, before, after):
    alone = reader.read(statement + ".").findings
    among = reader.read(" ".join([*before, statement + ".", *after])).findings
    assert [(finding.id, finding.status, finding.side, finding.tense) for finding in alone] == [
        (finding.id, finding.status, finding.side, finding.tense) for finding in among
    ]


@given(statement=STATEMENTS)
def test_offsets_point_at_the_words_that_were_read(reader, statement):
    for finding in reader.read(statement.upper()).findings:
        assert statement[finding.start : finding.end].strip() == statement[finding.start : finding.end] != ""


@given(statement=STATEMENTS)
def test_case_and_typographic_apostrophes_do_not_matter(reader, statement):
    assert reader.read(statement.upper().replace("'", "\u2019")) == reader.read(statement)
