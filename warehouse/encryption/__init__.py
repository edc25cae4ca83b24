"""Encryption at rest: one key file per installation, a key of its own derived for each purpose."""
