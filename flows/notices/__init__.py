"""Telling people what happened at night: by mail and by webhook, each thing once, never anything about a person."""
