"""The guide: load, chunk, embed, index, search; and Gemini, which writes from what was found."""
