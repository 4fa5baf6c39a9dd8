# [3.11+] a loop inside is fine
try: pass
except* A:
    for x in y:
        break
        continue
