"""Attribution: which words say who said what, found by a learned tagger and mended by rules."""
