# The cells show where they are.
unset grid
