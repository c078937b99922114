"""Tests of the built site, in Debian's Chromium; `.ci/run` builds it and runs them."""
