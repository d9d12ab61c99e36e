"""The letter that orders all of this."""

SOURCE = "Công văn 446/UBND-TTr ngày 20/4/2020 của UBND quận Hai Bà Trưng"
