"""Accounts, memberships, roles, sign-in; and the vault of personal identities."""
