"""The widget that records an inspection in a notebook: its words, the checks of what it sends, and its page."""
