"""The way in for gunicorn: `gunicorn tiepdan.wsgi:application`."""

from tiepdan.app import create_app

application = create_app()
