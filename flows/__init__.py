"""Order, retries, schedule and names of the work. No thinking happens here."""
