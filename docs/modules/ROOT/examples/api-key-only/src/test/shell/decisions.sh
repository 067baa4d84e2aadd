# tag::recording[]
{ printf 'RIFF\044\175\0\0WAVEfmt \020\0\0\0\001\0\001\0\100\037\0\0\200\076\0\0\002\0\020\0data\0\175\0\0'; head -c 32000 /dev/zero; } > recording.wav
# end::recording[]
# tag::ask[]
curl -s localhost:8080/decisions -F question='Does the speaker sound calm?' -F recording=@recording.wav
# end::ask[]
