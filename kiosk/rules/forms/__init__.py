"""What is asked at a screen, page by page, and what the answers are: data for every service, one way to fill it in."""
