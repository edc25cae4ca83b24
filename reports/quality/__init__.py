"""The quality page: what was delivered, what was stopped, what is wrong with it. Nobody's data, only figures."""
