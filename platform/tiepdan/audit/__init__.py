"""The append-only journal, per tenant and for the platform."""
