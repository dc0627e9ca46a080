"""One review, start to end: its folder is loaded and checked, the stages run, answers explained, pages written."""
