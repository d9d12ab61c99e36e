"""Registers of plugins (sổ theo dõi): record types of their own, drawn, kept, counted and exported by the platform."""
