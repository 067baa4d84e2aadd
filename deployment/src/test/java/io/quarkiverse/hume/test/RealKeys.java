package io.quarkiverse.hume.test;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.smallrye.mutiny.Uni;

/** Keys from a service of the application. */
@ApplicationScoped
public class RealKeys implements HumeCredentialsProvider {

    @Override
    public Uni<HumeCredentials> getCredentials(String account) {
        return Uni.createFrom().item(HumeCredentials.ofApiKey("real-key-of-production"));
    }
}
