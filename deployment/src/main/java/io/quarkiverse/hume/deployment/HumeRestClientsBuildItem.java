package io.quarkiverse.hume.deployment;

import org.jboss.jandex.ClassInfo;
import org.jboss.jandex.DotName;

import io.quarkiverse.hume.HumeAccount;
import io.quarkiverse.hume.runtime.rest.ClientAuthentication;
import io.quarkiverse.hume.runtime.rest.ClientAuthentications;
import io.quarkus.builder.item.SimpleBuildItem;

/** The REST clients to authenticate. */
public final class HumeRestClientsBuildItem extends SimpleBuildItem {

    private final ClientAuthentications authentications;

    HumeRestClientsBuildItem(ClientAuthentications authentications) {
        this.authentications = authentications;
    }

    public ClientAuthentications authentications() {
        return authentications;
    }

    /** @return {@code null} if the client is none of ours; with several accounts on its methods, one of them */
    String accountOf(ClassInfo client) {
        String name = client.name().toString();
        if (authentications.masked().contains(name)) {
            return HumeAccount.DEFAULT;
        }
        if (!authentications.clients().contains(name)) {
            return null;
        }
        ClientAuthentication onClient = authentications.interfaces().get(name);
        if (onClient != null) {
            return onClient.account();
        }
        for (DotName parent : client.interfaceNames()) {
            ClientAuthentication inherited = authentications.interfaces().get(parent.toString());
            if (inherited != null) {
                return inherited.account();
            }
        }
        return authentications.methods().entrySet().stream()
                .filter(method -> method.getKey().startsWith(name + "#"))
                .map(method -> method.getValue().account()).sorted().findFirst().orElse(HumeAccount.DEFAULT);
    }
}
