package io.quarkiverse.hume.runtime.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Map;
import java.util.Set;

import org.eclipse.microprofile.jwt.JsonWebToken;
import org.junit.jupiter.api.Test;

/** The end of a sign-in, from what the authentication mechanisms of Quarkus state. */
class SignInTest {

    private static final Instant END = Instant.ofEpochSecond(1_900_000_000);

    /** A principal as that of quarkus-smallrye-jwt. */
    private record Token(Map<String, Object> claims) implements JsonWebToken {

        @Override
        public String getName() {
            return "alice";
        }

        @Override
        public Set<String> getClaimNames() {
            return claims.keySet();
        }

        @Override
        @SuppressWarnings("unchecked")
        public <T> T getClaim(String name) {
            return (T) claims.get(name);
        }
    }

    @Test
    void token_statesTheEnd() {
        assertThat(SignIn.ends(null, new Token(Map.of("exp", END.getEpochSecond())))).contains(END);
        assertThat(SignIn.ends(null, new Token(Map.of()))).isEmpty();
        assertThat(SignIn.ends(null, new Token(Map.of("exp", 0L)))).as("what SmallRye JWT returns without the claim").isEmpty();
    }

    @Test
    void attribute_takesPrecedence() {
        Token token = new Token(Map.of("exp", END.plusSeconds(60).getEpochSecond()));
        assertThat(SignIn.ends(END.getEpochSecond(), token)).contains(END);
    }

    /** Form login, for example. */
    @Test
    void otherPrincipal_statesNoEnd() {
        assertThat(SignIn.ends(null, () -> "alice")).isEmpty();
    }
}
