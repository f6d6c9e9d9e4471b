"""Whole conversations with visitors who type freely: what the bot mishears, asks again, repeats and ignores."""
