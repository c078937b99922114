"""What the standards say: editions, code letters, lookup and arrows."""
