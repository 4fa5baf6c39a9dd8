# in a try
try:
    break
except E:
    continue
