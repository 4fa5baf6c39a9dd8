# [3.11+] else and finally are fine
for x in y:
    try: pass
    except* A: pass
    else: break
    finally: continue
