"""Statutory limits (thời hạn): the law as dated data, the working-day calendar, and the clocks."""
