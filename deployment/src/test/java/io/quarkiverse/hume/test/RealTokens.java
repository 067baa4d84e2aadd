package io.quarkiverse.hume.test;

import java.time.Duration;
import java.time.InstantSource;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.hume.AccessToken;
import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeTokenSource;
import io.smallrye.mutiny.Uni;

/** Tokens from a service of the application. */
@ApplicationScoped
public class RealTokens implements HumeTokenSource {

    @Override
    public Uni<AccessToken> requestToken(String account, HumeCredentials credentials) {
        return Uni.createFrom().item(AccessToken.of("real-token-of-production",
                InstantSource.system().instant().plus(Duration.ofMinutes(30))));
    }
}
