// The first file of the room; what it holds comes with its first member.
