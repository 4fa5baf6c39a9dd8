match x:
    case {**}: pass
