from tui.server.storage.engine import Store


def sweep(store: Store) -> None:
    raise NotImplementedError
