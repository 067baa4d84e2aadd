# tag::speech[]
curl -s localhost:8080/speech -H 'Content-Type: text/plain' -d 'Good morning' -o morning.wav -w '%{http_code} %{content_type}\n'
# end::speech[]
