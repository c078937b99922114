"""What pytest leaves alone here: what the site is built with, since Sphinx is not there, and what is built."""

collect_ignore = ["conf.py", "_build", "_extensions"]
collect_ignore_glob = ["notebooks/*.py"]
