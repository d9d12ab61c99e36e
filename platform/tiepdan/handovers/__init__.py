"""Handovers: a petition goes to another committee as a sealed copy, with receipt and chain of custody."""
