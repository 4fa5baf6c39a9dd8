# continue in finally is fine from 3.8
for x in y:
    try: pass
    finally:
        continue
