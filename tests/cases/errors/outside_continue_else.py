# in a while's else
while x: pass
else:
    continue
