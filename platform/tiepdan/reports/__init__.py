"""Periodic reports: dated definitions, frozen figures with their evidence, submission and consolidation."""
