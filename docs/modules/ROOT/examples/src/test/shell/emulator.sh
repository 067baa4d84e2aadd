# tag::control[]
curl -s -X POST $EMULATOR/emulator/tokens/revoke
curl -s -X PUT $EMULATOR/emulator/token/fault -H 'Content-Type: application/json' -d '{"status": 503, "times": 1}'
# end::control[]
