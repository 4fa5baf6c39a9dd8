# [3.11+] and the body
for x in y:
    try: break
    except* A: pass
