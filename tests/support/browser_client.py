class SignedInClients:
    """Makes test clients with an account signed in, without paying for a password hash."""

    def __init__(self, app) -> None:
        self.app = app

    def __call__(self, account):
        client = self.app.test_client()
        with client.session_transaction() as session:
            session["_user_id"] = account.fs_uniquifier
            session["_fresh"] = True
        return client
