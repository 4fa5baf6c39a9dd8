# [3.11+] try inside except*
for x in y:
    try: pass
    except* A:
        try: break
        finally: pass
