"""Workbooks on their way by e-mail: who gets which, what was handed to the mail server, what came back."""
