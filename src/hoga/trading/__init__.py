"""What happens between a person's decision and the broker."""
