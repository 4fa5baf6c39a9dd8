# nested is fine
*a, (*b, c) = x
