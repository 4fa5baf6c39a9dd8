# Identifiers are normalised (NFKC): both lines name one variable.
def größe():
    ﬁx = 1
    名前 = [fix for ﬁx in "äöü"]
    def ª(): return fix, 名前
    return a
