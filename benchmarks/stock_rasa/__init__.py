"""Stock Rasa and Instep, side by side in one run, on the same domain, training data and messages."""
