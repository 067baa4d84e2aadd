package org.acme.voice;

import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Named;

import org.eclipse.microprofile.rest.client.inject.RestClient;

import io.quarkus.credentials.CredentialsProvider;
import io.smallrye.mutiny.Uni;

@Alternative // selected by its test, since the other examples want the configured keys
// tag::store[]
@ApplicationScoped
@Named("company-store")
public class CompanyStore implements CredentialsProvider {

    private final SecretService secrets;

    CompanyStore(@RestClient SecretService secrets) {
        this.secrets = secrets;
    }

    @Override
    public Uni<Map<String, String>> getCredentialsAsync(String name) {
        return secrets.read(name);
    }
}
// end::store[]
