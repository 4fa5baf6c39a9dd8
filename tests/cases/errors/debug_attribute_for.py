# attribute as a loop target
for x.__debug__ in y: pass
