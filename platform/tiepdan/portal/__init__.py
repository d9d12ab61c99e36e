"""What belongs to no single slice: directory, a body's front page, tracking, the staff's first page, permissions."""
