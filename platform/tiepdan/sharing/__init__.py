"""What superiors may see: summaries and counts, in tables of their own."""
