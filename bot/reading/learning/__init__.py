"""Learning: the corpus of `data/reading/` into the weights that reading serves with. The only import of PyTorch."""
