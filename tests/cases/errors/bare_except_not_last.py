# bare except is not last
try: pass
except: pass
except E: pass
