from tests.app.homes import home, lived_in

__all__ = ["home", "lived_in"]
