"""What if? Named changes to a week, and made-up agencies to try them on. Imports scheduler; never the other way."""
