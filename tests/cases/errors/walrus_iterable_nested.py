# nested deep
[x for x in f(a[(y := 1)])]
