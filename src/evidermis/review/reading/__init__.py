"""What the reader proposes for a review's own studies, held against what people wrote down of them."""
