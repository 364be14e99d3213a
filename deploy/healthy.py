"""Ends with 0 when the web process answers that it and its database work."""

import http.client
import os
import sys

connection = http.client.HTTPConnection("127.0.0.1", 8000, timeout=8)
host = os.environ["ALLOWED_HOSTS"].split(",")[0]
connection.request("GET", "/suc-khoe/", headers={"Host": host, "X-Forwarded-Proto": "https"})
sys.exit(connection.getresponse().status != http.HTTPStatus.OK)
