"""The floor everyone stands on: databases, models, publishing. Imports no other room."""
