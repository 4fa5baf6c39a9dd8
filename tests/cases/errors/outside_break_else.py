# in a loop's else
for x in y: pass
else:
    break
