"""What comes over the network: addresses fetched within bounds, feeds watched politely."""
