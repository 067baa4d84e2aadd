package org.acme.voice;

import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkiverse.hume.HumeCredentials;
import io.quarkiverse.hume.HumeCredentialsProvider;
import io.smallrye.mutiny.Uni;

@Alternative // selected by its test, since the other examples want the configured keys
// tag::provider[]
@Singleton
public class SecretServiceKeys implements HumeCredentialsProvider {

    private final SecretService secrets;

    SecretServiceKeys(@RestClient SecretService secrets) {
        this.secrets = secrets;
    }

    @Override
    public Uni<HumeCredentials> getCredentials(String account) {
        return secrets.read("hume-" + account)
                .map(secret -> HumeCredentials.of(secret.get("api-key"), secret.get("secret-key")));
    }
}
// end::provider[]
