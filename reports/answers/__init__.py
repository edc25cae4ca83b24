"""Answers coming back: returned workbooks read row by row, each answer applied exactly once or handed back."""
