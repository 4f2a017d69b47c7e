"""Language: where paragraphs, sentences, quotations and page residue lie in a text."""
