"""Tell which things of different articles are one: what each article tells goes in, groups with reasons come out."""
