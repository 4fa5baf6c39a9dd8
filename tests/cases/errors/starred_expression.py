# a starred expression statement
*a
