"""What a plan is and what it does; knows no standard."""
