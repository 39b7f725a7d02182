"""Reports as bytes: the page to print, and the file that is kept."""
