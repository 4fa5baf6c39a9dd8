"""except … as e binds e, and unbinds it at the end."""


def handlers():
    try:
        e = 0
    except ValueError as e:
        kept = lambda: e
    except (TypeError, KeyError) as error:
        raise RuntimeError(error) from error
    else:
        def otherwise():
            return e
    finally:
        def at_last():
            return kept
    return kept


def global_handler():
    global failure
    try:
        pass
    except Exception as failure:
        pass
