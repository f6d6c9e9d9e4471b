from functools import partial

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.errors import EncoderError
from bot.reading.learned import encoder
from bot.reading.learned.encoder import SentenceEncoder, model_folder, sentence_encoder
from bot.reading.learned.encoder_graph import encoder_graph


def test_likeness_is_what_the_authors_publish():
    # https://sbert.net/docs/quickstart.html shows these three sentences and their likeness under this model.
    texts = ["The weather is lovely today.", "It's so sunny outside!", "He drove to the stadium."]

    vectors = sentence_encoder().encode(texts)

    published = [[1.0, 0.6660, 0.1046], [0.6660, 1.0, 0.1411], [0.1046, 0.1411, 1.0]]
    # Weights of 8 bits change a likeness by a few hundredths.
    assert vectors @ vectors.T == pytest.approx(np.array(published), abs=0.03)


def test_with_the_weights_as_published_likeness_is_exact(monkeypatch):
    monkeypatch.setattr(encoder, "encoder_graph", partial(encoder_graph, eight_bits=False))

    vectors = SentenceEncoder(model_folder()).encode(["The weather is lovely today.", "It's so sunny outside!"])

    assert vectors[0] @ vectors[1] == pytest.approx(0.6660, abs=1e-4)


def test_a_vector_does_not_depend_on_the_texts_beside_it():
    alone = SentenceEncoder(model_folder()).encode(["my heel hurts"])
    among = SentenceEncoder(model_folder()).encode(["what are your hours?", "my heel hurts", "a " * 200])

    assert among[1] == pytest.approx(alone[0], abs=1e-5)


def test_texts_said_again_get_the_same_vectors_in_their_order():
    encoder = sentence_encoder()
    first = encoder.encode(["one toe", "two toes", "one toe"])

    again = encoder.encode(["two toes", "one toe"])

    assert (again == first[[1, 0]]).all()
    assert (first[0] == first[2]).all()


def test_no_text_gives_no_vector():
    assert sentence_encoder().encode([]).shape == (0, 384)


@settings(max_examples=40, deadline=None)
@given(st.text(st.characters(), max_size=1000))
def test_any_text_gets_a_vector_of_length_one(text):
    vector = sentence_encoder().encode([text])

    assert vector.shape == (1, 384)
    assert vector.dtype == np.float32
    assert np.linalg.norm(vector) == pytest.approx(1, abs=1e-4)


def test_other_weights_are_refused(tmp_path):
    (tmp_path / "tokenizer.json").write_text("{}")
    (tmp_path / "model.safetensors").write_bytes(b"other")

    with pytest.raises(EncoderError, match="not the published"):
        SentenceEncoder(tmp_path)


def test_missing_files_are_named(tmp_path):
    with pytest.raises(EncoderError, match="missing"):
        SentenceEncoder(tmp_path)
