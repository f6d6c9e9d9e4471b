"""How well the parts do on texts with known answers: sets, figures, comparison with the committed result, report."""
