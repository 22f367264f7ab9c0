# None: these rules are the same in every environment.
