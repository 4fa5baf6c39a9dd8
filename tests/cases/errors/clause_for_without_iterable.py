for a in: pass
