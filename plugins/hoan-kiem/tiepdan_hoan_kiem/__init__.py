"""Hoàn Kiếm's plan 120-KH/QU, written as data: plugin.toml and the schemas beside it."""
