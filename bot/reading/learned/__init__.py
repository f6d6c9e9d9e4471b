"""What was learnt from the corpus: the encoder, its heads and thresholds, and weighing them against the rules."""
