"""Actions of the tiny project that the brain is tested with."""
