"""What is kept, for how long, about whom, and how it is deleted."""
