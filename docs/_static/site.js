// The search shows the sentences around a word by reading the page it found, which a browser refuses for files on disk.
if (location.protocol === "file:") DOCUMENTATION_OPTIONS.SHOW_SEARCH_SUMMARY = false;
