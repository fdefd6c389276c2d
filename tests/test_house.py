from tests.support.factories import a_run, an_account


def test_the_house_answers(client):
    assert client.get("/healthz").json == {"alive": True}


def test_factories_save(sign_in):
    run = a_run(sessions=2)
    assert [s.minutes for s in run.sessions] == [240, 240]
    assert sign_in(an_account()).get("/healthz").status_code == 200
