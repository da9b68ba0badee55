"""What links an expertise to hazards and measures: evidence in the words, nearness in meaning."""
