"""What screens are made of; the reading pane is `pane.ArticlePane`."""
