def is_palindrome(s):
    return s == s[::-1]
assert "level"[::-1] == "level"
