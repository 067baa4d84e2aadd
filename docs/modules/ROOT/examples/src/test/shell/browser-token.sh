# tag::token[]
curl -s -i -u alice:alice localhost:8080/hume/token
# end::token[]
