"""The language of a text: words, phrases, clauses, sides, names. Knows no finding."""
