"""Receptions: calendar, visits of citizens, minutes, conclusions, registers and their figures."""
