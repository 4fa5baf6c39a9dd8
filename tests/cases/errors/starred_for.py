# for *a in
for *a in x: pass
