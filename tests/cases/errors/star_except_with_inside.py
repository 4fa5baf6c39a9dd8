# [3.11+] with inside except*
for x in y:
    try: pass
    except* A:
        with z: continue
