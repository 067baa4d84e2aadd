package io.quarkiverse.hume.runtime.rest;

import jakarta.enterprise.inject.Instance;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import org.eclipse.microprofile.rest.client.RestClientBuilder;

import io.quarkiverse.hume.HumeRequestFilter;
import io.quarkiverse.hume.runtime.account.AccountRegistry;

/** Knows what the build found out about REST clients. */
@Singleton
public class RestClientEquipment {

    private final Instance<AccountRegistry> accounts;
    private volatile ClientAuthentications authentications = ClientAuthentications.NONE;

    public RestClientEquipment(Instance<AccountRegistry> accounts) {
        this.accounts = accounts;
    }

    /** Called once, before any client is built. */
    public void use(ClientAuthentications found) {
        authentications = found;
    }

    /** Clients that have nothing to do with Hume may be built before the accounts are there, so those are asked for late. */
    void onNewClient(Class<?> client, RestClientBuilder builder) {
        if (authentications.clients().contains(client.getName()) || authentications.masked().contains(client.getName())
                || builder.getConfiguration().isRegistered(HumeRequestFilter.class)) {
            new RestClientSupport(authentications, accounts.get()).equip(client, builder);
        }
    }

    @Produces
    @Singleton
    HumeRequestFilter.Factory filterFactory() {
        return new RestClientSupport(authentications, accounts.get());
    }
}
