"""How the values are drawn: a file for each kind, under the name of what it draws."""
