# [3.11+] continue in except*
for x in y:
    try: pass
    except* A:
        continue
