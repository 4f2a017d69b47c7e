"""What the pages of the claim desk tell, one module a page: each reads, none writes."""
