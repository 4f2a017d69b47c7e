"""Making the model that `claims` runs: corpus, augmentation, network, training, export."""
